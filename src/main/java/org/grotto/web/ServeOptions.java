package org.grotto.web;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.grotto.base.GrottoException;
import org.grotto.base.Help;
import org.jspecify.annotations.Nullable;

/** What to serve, and where. */
public record ServeOptions(
        @Help("a cave package, or a folder of cave packages")
        Path folder,

        @Help("the address to listen at; 127.0.0.1 is this machine alone")
        String host,

        @Help("the port; 0 takes any free one") int port,

        @Help("pages of this origin may read the packages, as https://viewer.example.org; * means all; null none")
        @Nullable
        String cors,

        @Help("a name under which visitors reach the server, behind a proxy say; null none but its address and its own")
        @Nullable
        String name) {

    private static final Pattern NAME = Pattern.compile("[\\p{Alnum}._-]+");
    private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/\\s?#@]+");

    public ServeOptions {
        if (port < 0 || port > 65535) {
            throw GrottoException.badRequest("--port " + port + ": a port is a number from 0 (any free one) to 65535.");
        }
        if (host.isBlank()) {
            throw GrottoException.badRequest("--host: name an address, 127.0.0.1 for this machine alone.");
        }
        if (cors != null && !ORIGIN.matcher(cors).matches()) {
            throw GrottoException.badRequest(
                    "--cors " + cors + ": name an origin without a path, as https://viewer.example.org, or *.");
        }
        if (name != null && !NAME.matcher(name).matches()) {
            throw GrottoException.badRequest("--name " + name
                    + ": give the bare name of a host, as caves.example.org, without http:// or a port.");
        }
    }

    /** {@code folder} on this machine alone. */
    public static ServeOptions local(Path folder, int port) {
        return new ServeOptions(folder, "127.0.0.1", port, null, null);
    }
}

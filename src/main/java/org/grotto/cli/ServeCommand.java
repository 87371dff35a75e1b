package org.grotto.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.grotto.web.ServeOptions;
import org.grotto.web.Server;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Opens a package, or a folder of packages, for the web viewer; ends with Ctrl-C.")
final class ServeCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Mixin
    LogOption log = new LogOption();

    @Parameters(paramLabel = "DIR", description = "cave package, or a folder of them")
    Path dir = Path.of("");

    @Option(names = "--port", paramLabel = "N", description = "port (default: 8080; 0 takes any free one)")
    int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "address to listen at (default: this machine alone)")
    String host = "127.0.0.1";

    @Option(
            names = "--cors",
            paramLabel = "ORIGIN",
            description = "let pages of this origin read the packages, for example https://viewer.example.org;"
                    + " * lets all (default: none)")
    @Nullable
    String cors;

    @Option(
            names = "--name",
            paramLabel = "HOST",
            description = "a name under which visitors reach the server, behind a proxy for example, as"
                    + " caves.example.org; requests for other names than this, localhost, the machine's own and"
                    + " addresses are refused")
    @Nullable
    String name;

    record Result(String url) {}

    @Override
    public Integer call() throws InterruptedException {
        log.open("serve");
        try (Server server = Server.start(new ServeOptions(dir, host, port, cors, name))) {
            common.say("Open " + server.url() + " in a browser; Ctrl-C ends.");
            common.result(new Result(String.valueOf(server.url())));
            Thread.currentThread().join();
        }
        return 0;
    }
}

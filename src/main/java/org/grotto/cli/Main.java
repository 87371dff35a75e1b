package org.grotto.cli;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.grotto.base.GrottoException;
import org.grotto.base.Job;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: the only room that prints or exits. */
@Command(
        name = "grotto",
        mixinStandardHelpOptions = true,
        version = "grotto " + Main.VERSION,
        description = {
            "Turns scans of cave temples into models to walk through, measure and archive.",
            "",
            "Start with:  grotto demo",
            "Your scans:  grotto build scans/*.e57 -o cave12/",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 done; 2 wrong options or arguments; 3 bad input data; 4 not supported;",
            "  5 reading or writing failed (missing file, full disk); 6 a program or library is missing;",
            "  70 a fault of Grotto's own; 130 stopped by Ctrl-C, 143 by kill."
        },
        subcommands = {
            DemoCommand.class,
            BuildCommand.class,
            AttachCommand.class,
            ValidateCommand.class,
            InfoCommand.class,
            ConvertCommand.class,
            SurfaceCommand.class,
            TilesCommand.class,
            CopcCommand.class,
            SimulateCommand.class,
            KioskCommand.class,
            ServeCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {
    static final String VERSION = "0.1.0";

    private Main() {}

    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        Logger.getLogger("").setLevel(Level.WARNING);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        AtomicBoolean done = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!done.get()) {
                err.println("\rgrotto: " + GrottoException.cancelled().getMessage());
            }
        }));
        int code = run(args, out, err);
        done.set(!Job.processEnds());
        System.exit(code);
    }

    /** Runs one command; returns the exit code. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        CommandLine line = commands();
        line.setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setUsageHelpWidth(100);
        line.setExecutionStrategy(new CommandLine.RunLast());
        line.setExecutionExceptionHandler((e, command, parsed) -> fail(e, err));
        line.setParameterExceptionHandler((e, a) -> {
            err.println("grotto: " + e.getMessage());
            err.println("Try \"" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help\".");
            return 2;
        });
        try {
            return new Job().call(() -> line.execute(args));
        } catch (OutOfMemoryError e) {
            return fail(GrottoException.outOfMemory("", e), err);
        }
    }

    /** All commands with all their options. */
    static CommandLine commands() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        RecordOptions.install(line);
        return line;
    }

    private static int fail(Exception e, PrintStream err) {
        if (Job.processEnds()) {
            return code(GrottoException.Kind.CANCELLED); // said by the hook; what broke on the way out is no fault
        }
        err.print("\r");
        switch (e) {
            case GrottoException g -> {
                err.println("grotto: " + g.getMessage());
                trace(e, err);
                return code(g.kind());
            }
            case UncheckedIOException u -> {
                err.println("grotto: reading or writing failed: " + u.getMessage());
                trace(e, err);
                return code(GrottoException.Kind.IO);
            }
            default -> {
                err.println("grotto: a fault of Grotto's own: " + e);
                err.println("Please report it with the lines that GROTTO_TRACE=1 adds.");
                trace(e, err);
                return 70;
            }
        }
    }

    private static void trace(Exception e, PrintStream err) {
        if ("1".equals(System.getenv("GROTTO_TRACE"))) {
            e.printStackTrace(err);
        }
    }

    private static int code(GrottoException.Kind kind) {
        return switch (kind) {
            case BAD_REQUEST -> 2;
            case BAD_INPUT -> 3;
            case UNSUPPORTED -> 4;
            case IO -> 5;
            case MISSING -> 6;
            case CANCELLED -> 130;
        };
    }
}

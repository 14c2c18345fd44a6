package io.sitemonitor.examples.plain;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Watches sites; see {@code --help}. */
public final class WatchSitesMain {

    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;
    private static final long LONGEST_STOP_MILLIS = 4_500;

    private WatchSitesMain() {}

    /**
     * Runs the program.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    static int run(PrintStream out, PrintStream err, String... args) {
        try {
            Options options = Options.parse(args);
            if (options.help) {
                out.print(Options.HELP);
                return 0;
            }
            if (options.version) {
                out.println("sitemonitor-demo " + version());
                return 0;
            }
            return watch(options, out);
        } catch (UsageException e) {
            err.println(e.getMessage());
            return WRONG_USE;
        } catch (WatchSites.BrokerUnusableException | IOException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            return FAILED;
        } catch (Exception e) {
            err.println("unexpected: " + e);
            return FAILED;
        }
    }

    private static int watch(Options options, PrintStream out) throws Exception {
        boolean live = !options.plain && Terminal.isPresent();
        Screen screen = live ? new LiveScreen(out, Terminal.height()) : new PlainScreen(out);
        if (live) {
            System.setErr(new PrintStream(new ScreenLog(screen), true, StandardCharsets.UTF_8));
        }
        WatchSites program = new WatchSites(options, screen);
        try (program) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(program), "stop"));
            program.start();
            program.await();
        }
        return program.undelivered() == 0 ? 0 : FAILED;
    }

    /** What Ctrl-C and a TERM signal do: end in order, but not for ever. */
    private static void stop(WatchSites program) {
        Thread closing = new Thread(program::close, "stopping");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(LONGEST_STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String version() {
        String version = WatchSitesMain.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}

package io.sitemonitor.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** Serves targets until its standard input ends; {@code --help} tells how. */
public final class Targets {

    static final String USAGE = """
            Serves targets on the loopback network until standard input ends. Prints a comment with the control address,
            then a line of a name and a URL for each target, then an empty line.

            usage: Targets [options]

              --port N            the port (default 0: a free one)
              --count N           how many targets (default 1000)
              --hosts N           on how many addresses of the loopback network (default: one a target, at most 2000)
              --hanging PERCENT   so many of them take the question and never answer (default 0)
              --flipping N        so many of them work and fail by turns (default 0)
              --flip-every-ms N   for so long each time (default 5000)
            """;

    private static final Set<String> OPTIONS =
            Set.of("--port", "--count", "--hosts", "--hanging", "--flipping", "--flip-every-ms");
    private static final int MOST_HOSTS = 2_000;

    private Targets() {}

    /**
     * Serves the targets that the command line asks for. The exit status is 2 if it asks for what cannot be.
     *
     * @param args the command line
     * @throws Exception if it cannot listen
     */
    public static void main(String[] args) throws Exception {
        CommandLine.run(USAGE, args, line -> {
            try (TargetServer server = open(line, System.out)) {
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        });
    }

    static TargetServer open(List<String> line, PrintStream out) throws IOException, UsageException {
        Arguments given = Arguments.parse(line, OPTIONS, Set.of());
        int count = (int) given.number("--count", 1_000, 1, 1_000_000);
        int hosts = (int) given.number("--hosts", Math.min(count, MOST_HOSTS), 1, 10_000);
        long hanging = given.number("--hanging", 0, 0, 100);
        long flipping = given.number("--flipping", 0, 0, count);
        long flipNanos = given.number("--flip-every-ms", 5_000, 1, 86_400_000) * 1_000_000;
        TargetServer server =
                new TargetServer((int) given.number("--port", 0, 0, 65_535), hosts, flipNanos, System::nanoTime);
        server.start();
        out.println("# control " + server.control());
        for (int i = 0; i < count; i++) {
            // those that hang lie evenly among the others, and those that flip come first among the rest
            boolean hangs = (i + 1L) * hanging / 100 > i * hanging / 100;
            String kind = hangs ? "hang" : flipping > 0 ? "flip" : "ok";
            flipping -= kind.equals("flip") ? 1 : 0;
            out.println(kind + "-" + i + " http://" + TargetServer.address(i % hosts) + ":" + server.port() + "/" + kind
                    + "/" + i);
        }
        out.println();
        out.flush();
        return server;
    }
}

package io.sitemonitor.benchmarks;

import java.util.List;

/** How every program here treats its command line. */
final class CommandLine {

    private static final int WRONG_USE = 2;

    private CommandLine() {}

    /** What a program does with its command line. */
    @FunctionalInterface
    interface Program {

        /**
         * Runs it.
         *
         * @throws UsageException if the command line asks for what cannot be
         * @throws Exception if it fails
         */
        void run(List<String> line) throws Exception;
    }

    /** Runs a program, or shows how it is used; ends the process with status 2 if the command line is wrong. */
    static void run(String usage, String[] args, Program program) throws Exception {
        List<String> line = List.of(args);
        if (line.contains("--help")) {
            System.out.print(usage);
            return;
        }
        try {
            program.run(line);
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USE);
        }
    }
}

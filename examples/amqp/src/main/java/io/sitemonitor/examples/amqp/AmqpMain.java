package io.sitemonitor.examples.amqp;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs one of the two halves; see {@code --help}. */
public final class AmqpMain {

    private static final int WRONG_USE = 2;

    private AmqpMain() {}

    /**
     * Runs the program until it is stopped by a signal.
     *
     * @param args {@code produce} or {@code consume}, and options
     * @throws InterruptedException if somebody interrupts the main thread
     */
    public static void main(String[] args) throws InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.print(Arguments.HELP);
            return;
        }
        try {
            AutoCloseable half = open(Arguments.parse(args));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(half), "stop"));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USE);
        }
        new CountDownLatch(1).await();
    }

    private static AutoCloseable open(Arguments arguments) {
        return switch (arguments.command()) {
            case PRODUCE -> new Producer(arguments.broker(), arguments.sites());
            case CONSUME -> new Consumer(arguments.broker(), arguments.incidentLog());
        };
    }

    private static void close(AutoCloseable half) {
        try {
            half.close();
        } catch (Exception e) {
            System.err.println("did not close: " + e);
        }
    }
}

package io.sitemonitor.benchmarks;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.store.file.FileStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Measures what alerts cost that wait: who hands them over, the memory they hold, and the next start; {@code --help} tells how. */
public final class WaitingAlerts {

    static final String USAGE = """
            Lets alerts wait for listeners that are blocked, slow or away, ends the process as a kill would, and starts another
            one that finds them.

            usage: WaitingAlerts [options]

              --alerts N   so many (default 10000)
              --checks N   of so many checks, each goes down and up (default 100)
              --in DIR     where they are kept (default a new temporary directory)
              --role R     'leave', 'start', or 'both' in processes of their own (default both)
            """;

    private static final Set<String> OPTIONS = Set.of("--alerts", "--checks", "--in", "--role");

    private final int alerts;
    private final int checks;
    private final Path folder;

    private WaitingAlerts(int alerts, int checks, Path folder) {
        this.alerts = alerts;
        this.checks = checks;
        this.folder = folder;
    }

    /**
     * Measures. The exit status is 2 if the command line asks for what cannot be.
     *
     * @param args the command line
     * @throws Exception if it fails
     */
    public static void main(String[] args) throws Exception {
        CommandLine.run(USAGE, args, line -> measure(line, System.out));
    }

    private static void measure(List<String> line, PrintStream out) throws Exception {
        Arguments arguments = Arguments.parse(line, OPTIONS, Set.of());
        String role = arguments.oneOf("--role", "both", List.of("both", "leave", "start"));
        String in = arguments.text("--in");
        WaitingAlerts measured = new WaitingAlerts(
                (int) arguments.number("--alerts", 10_000, 1, 1_000_000),
                (int) arguments.number("--checks", 100, 1, 1_000_000),
                in == null ? Files.createTempDirectory("waiting-alerts") : Path.of(in));
        switch (role) {
            case "leave" -> measured.leave(out);
            case "start" -> measured.start(out);
            default -> measured.inProcesses();
        }
    }

    private void inProcesses() throws IOException, InterruptedException {
        try {
            for (String role : List.of("leave", "start")) {
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx512m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                WaitingAlerts.class.getName(),
                                "--role",
                                role,
                                "--alerts",
                                String.valueOf(alerts),
                                "--checks",
                                String.valueOf(checks),
                                "--in",
                                folder.toString())
                        .inheritIO()
                        .start()
                        .waitFor();
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((one, other) -> other.compareTo(one))
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private MonitorBuilder monitor() {
        MonitorBuilder monitor =
                Monitor.named("waiting").warmUp(Duration.ofHours(1)).store(FileStore.in(folder));
        for (int i = 0; i < checks; i++) {
            Check never = context -> CheckResult.inconclusive("only told from outside");
            monitor.check(
                    "c" + i,
                    never,
                    c -> c.every(Duration.ofDays(1)).downAfter(1).upAfter(1).flapAfter(0, Duration.ofMinutes(1)));
        }
        return monitor;
    }

    /** Hands over, to a listener that is blocked, one that takes a millisecond, and one that is away; then ends without a word. */
    private void leave(PrintStream out) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Order order = new Order();
        AtomicInteger slow = new AtomicInteger();
        Monitor monitor = monitor()
                .alert(
                        alert -> never.await(),
                        p -> p.named("blocked").timeout(Duration.ofHours(1)).capacity(alerts))
                .alert(
                        alert -> {
                            Thread.sleep(1);
                            order.note(alert);
                            slow.incrementAndGet();
                        },
                        p -> p.named("slow").capacity(alerts))
                .alert(
                        alert -> {
                            throw new IOException("away");
                        },
                        p -> p.named("away").capacity(alerts))
                .start();
        long before = live();
        double[] micros = new double[alerts];
        CheckResult down = CheckResult.fail("not real");
        for (int i = 0; i < alerts; i++) {
            CheckResult next = i / checks % 2 == 0 ? down : CheckResult.pass();
            long begun = System.nanoTime();
            monitor.report("c" + i % checks, next, Duration.ZERO);
            micros[i] = (System.nanoTime() - begun) / 1e3;
        }
        while (slow.get() < alerts) {
            Thread.onSpinWait();
        }
        long after = live();
        double first = micros[0];
        Arrays.sort(micros);
        out.printf(
                Locale.ROOT,
                "handing over %,d alerts: the first %.2f ms, median %.1f µs, p99 %.1f µs, longest %.2f ms%n",
                alerts,
                first / 1e3,
                micros[alerts / 2],
                micros[alerts * 99 / 100],
                micros[alerts - 1] / 1e3);
        out.printf(
                Locale.ROOT,
                "a slow listener got %,d, %d of them out of order; %,d wait for others and hold %,d bytes each%n",
                slow.get(),
                order.wrong.get(),
                monitor.snapshot().waitingAlerts(),
                (after - before) / Math.max(1, monitor.snapshot().waitingAlerts()));
        out.flush();
        Runtime.getRuntime().halt(0);
    }

    private void start(PrintStream out) throws InterruptedException {
        AtomicLong told = new AtomicLong();
        Order order = new Order();
        MonitorBuilder builder = monitor()
                .alert(
                        alert -> {
                            order.note(alert);
                            told.incrementAndGet();
                        },
                        p -> p.named("blocked").capacity(alerts))
                .alert(alert -> {}, p -> p.named("slow").capacity(alerts))
                .alert(alert -> {}, p -> p.named("away").capacity(alerts));
        Monitor monitor = builder.build();
        long begun = System.nanoTime();
        monitor.start();
        double started = (System.nanoTime() - begun) / 1e6;
        while (told.get() < alerts) {
            Thread.sleep(1);
        }
        double all = (System.nanoTime() - begun) / 1e6;
        out.printf(
                Locale.ROOT,
                "starting with %,d alerts that wait, of %,d checks: %.0f ms; all of them told after %.0f ms, %d out of order%n",
                alerts,
                checks,
                started,
                all,
                order.wrong.get());
        monitor.close();
    }

    private static long live() {
        List<Long> looks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            System.gc();
            looks.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return looks.stream().mapToLong(Long::longValue).min().orElse(0);
    }

    /** Counts what is told out of order. */
    private static final class Order {

        private final Map<String, Boolean> down = new ConcurrentHashMap<>();
        private final AtomicInteger wrong = new AtomicInteger();

        void note(Alert alert) {
            Boolean before = down.put(alert.check(), alert.kind().isOpening());
            if ((before != null && before) == alert.kind().isOpening()) {
                wrong.incrementAndGet();
            }
        }
    }
}

package io.sitemonitor.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Runs checks for a while and prints what they cost; {@code --help} tells how. */
public final class Load {

    /** Starts are written down one by one up to so many; beyond that, lateness is not what a load is about. */
    private static final long MOST_STARTS = 2_000_000;

    private final LoadOptions options;
    private final List<Target> targets;
    private final Recorder recorder;
    private final @Nullable Control server;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private Load(LoadOptions options, List<Target> targets) {
        this.options = options;
        this.targets = targets;
        this.recorder = new Recorder(targets.size(), expectedStarts());
        this.server = options.server() == null ? null : new Control(options.server());
    }

    /**
     * Runs the load that the command line asks for. The exit status is 2 if it asks for what cannot be.
     *
     * @param args the command line
     * @throws Exception if it fails
     */
    public static void main(String[] args) throws Exception {
        int status = run(List.of(args), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(List<String> args, PrintStream out, PrintStream err) throws Exception {
        if (args.contains("--help")) {
            out.print(LoadOptions.USAGE);
            return 0;
        }
        Figures figures;
        try {
            figures = measure(LoadOptions.parse(args));
        } catch (UsageException e) {
            err.println(e.getMessage());
            return 2;
        }
        byte[] line = (new JsonMapper().writeValueAsString(figures) + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(line);
        out.flush();
        return 0;
    }

    static Figures measure(LoadOptions options) throws IOException, InterruptedException, UsageException {
        List<Target> targets = options.targets() == null
                ? Target.none(options.empty())
                : Target.read(options.targets(), options.first());
        return new Load(options, targets).measure();
    }

    private Figures measure() throws IOException, InterruptedException {
        try (Control hook = options.webhook() == null ? null : new Control(options.webhook());
                Control control = server) {
            return measure(new AlertTimes(targets, recorder, hook), control);
        }
    }

    private Figures measure(AlertTimes alerts, @Nullable Control control) throws IOException, InterruptedException {
        if (!options.compile().isZero()) {
            compile();
        }
        Heap heap = new Heap();
        long bare = Heap.live();
        long defining = System.nanoTime();
        Subject subject = subject(options, alerts);
        try (subject) {
            long starting = System.nanoTime();
            subject.start();
            long started = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(options.warmUp().toNanos());

            long allocated = heap.allocated();
            threads.resetPeakThreadCount();
            recorder.record(true);
            Reading before = Reading.now(recorder, control);
            act(control, before.nanos());
            Reading after = Reading.now(recorder, control);
            int peak = threads.getPeakThreadCount();
            TimeUnit.NANOSECONDS.sleep(grace().toNanos());
            recorder.record(false);
            long allRuns = recorder.completed() - before.completed();
            allocated = heap.allocated() - allocated;

            Punctuality punctuality = punctuality(subject, before.nanos(), after.nanos());
            Held held = new Held(
                    Reading.perOne(allocated, allRuns),
                    (double) (Heap.live() - bare) / targets.size(),
                    peak,
                    (starting - defining) / 1e6,
                    (started - starting) / 1e6);
            return figures(before, after, punctuality, held, alerts);
        }
    }

    /** A monitor runs for months; what its first minutes leave to the compiler is not what it costs. */
    private void compile() throws InterruptedException {
        try (Subject before = subject(options.faster(), new AlertTimes(targets, recorder, null))) {
            before.start();
            TimeUnit.NANOSECONDS.sleep(options.compile().toNanos());
        }
    }

    private Subject subject(LoadOptions asked, AlertTimes alerts) {
        return switch (asked.engine()) {
            case LoadOptions.SITEMONITOR -> new MonitorSubject(asked, targets, recorder, alerts);
            case LoadOptions.FULL -> new ClosedLoop(asked, targets, recorder);
            default -> new PacedLoop(asked, targets, recorder);
        };
    }

    /** Sleeps for as long as is measured, and asks of the target server what is to be asked meanwhile. */
    private void act(@Nullable Control control, long from) throws IOException, InterruptedException {
        if (control != null) {
            for (LoadOptions.Action action : options.actions()) {
                sleepUntil(from
                        + Math.min(action.after().toNanos(), options.length().toNanos()));
                control.get(action.path());
            }
        }
        sleepUntil(from + options.length().toNanos());
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }

    /** So long starts are still written down that belong to lines before the end. */
    private Duration grace() {
        Duration most = Duration.ofSeconds(1);
        return options.interval().compareTo(most) < 0 ? options.interval() : most;
    }

    private int expectedStarts() {
        double intervals = (double) options.length().plus(grace()).toNanos()
                / options.interval().toNanos();
        double starts = (intervals + 1) * targets.size() * 1.2;
        return options.engine().equals(LoadOptions.FULL) || starts > MOST_STARTS ? 0 : (int) starts;
    }

    private @Nullable Punctuality punctuality(Subject subject, long from, long until) {
        long[] phases = recorder.isComplete() ? subject.phases() : new long[0];
        if (phases.length == 0) {
            return null;
        }
        boolean[] healthy = new boolean[targets.size()];
        for (int i = 0; i < healthy.length; i++) {
            healthy[i] = targets.get(i).isHealthy();
        }
        return Punctuality.of(
                recorder.startsByCheck(), phases, healthy, options.interval().toNanos(), from, until);
    }

    /** What a load holds and needs beside time on a processor. */
    private record Held(@Nullable Double allocated, double live, int threads, double defineMs, double startMs) {}

    private Figures figures(
            Reading before, Reading after, @Nullable Punctuality punctuality, Held held, AlertTimes alerts) {
        long runs = after.completed() - before.completed();
        double seconds = (after.nanos() - before.nanos()) / 1e9;
        double[] lateness = punctuality == null ? new double[0] : punctuality.lateness();
        double[] told = alerts.answerToListener();
        return new Figures(
                options.engine(),
                System.getProperty("java.version"),
                targets.size(),
                options.interval().toMillis(),
                seconds,
                runs,
                runs / seconds,
                after.failed() - before.failed(),
                punctuality == null ? null : punctuality.lost(),
                Reading.perOne((after.cpuNanos() - before.cpuNanos()) / 1e3, runs),
                (after.cpuNanos() - before.cpuNanos()) / 1e7 / seconds,
                held.allocated(),
                Statistics.percentile(lateness, 50),
                Statistics.percentile(lateness, 99),
                Statistics.percentile(lateness, 100),
                punctuality == null ? null : punctuality.drift(),
                held.live(),
                held.threads(),
                held.defineMs(),
                held.startMs(),
                told.length,
                Statistics.percentile(told, 50),
                Statistics.percentile(told, 99),
                Statistics.percentile(told, 100),
                told.length == 0 ? null : told[0],
                told.length == 0 ? null : alerts.slowest(),
                alerts.outOfOrder(),
                Reading.perOne(
                        (after.serverCpuNanos() - before.serverCpuNanos()) / 1e3,
                        after.serverRequests() - before.serverRequests()),
                after.stolen().percentSince(before.stolen()));
    }
}

package io.sitemonitor.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a load consists of.
 *
 * @param engine who makes the runs
 * @param targets the file of targets; null if nobody is asked
 * @param first how many of them to take; zero for all
 * @param empty how many checks ask nobody; zero if there are targets
 * @param interval from one run of a check to its next
 * @param spread over which the first runs are spread
 * @param compile how long the same is done faster before, by another engine of the same kind
 * @param warmUp how long nothing is measured
 * @param length how long it is measured
 * @param timeout the longest a run may take
 * @param inFlight how many runs may go on at once; zero for what the engine usually allows
 * @param batch how long a bare loop lets due runs gather
 * @param downAfter failed runs in a row that make a check down
 * @param keep whether connections are kept
 * @param listener {@code none}, {@code one} for alerts, {@code events} for every run as well
 * @param meters whether there are meters
 * @param webhook where alerts are sent; null for nowhere
 * @param server where the target server is controlled; null if it cannot be
 * @param actions what to ask of the target server while it is measured
 */
record LoadOptions(
        String engine,
        @Nullable Path targets,
        int first,
        int empty,
        Duration interval,
        Duration spread,
        Duration compile,
        Duration warmUp,
        Duration length,
        Duration timeout,
        int inFlight,
        Duration batch,
        int downAfter,
        boolean keep,
        String listener,
        boolean meters,
        @Nullable String webhook,
        @Nullable String server,
        List<Action> actions) {

    static final String SITEMONITOR = "sitemonitor";
    static final String EACH = "okhttp-each";
    static final String BATCH = "okhttp-batch";
    static final String FULL = "okhttp-full";

    static final String USAGE = """
            Runs checks for a while and prints what they cost as one line of JSON.

            usage: Load --targets FILE [options]      lines of a name and a URL
                   Load --empty N [options]           N checks that ask nobody

              --engine NAME       sitemonitor (default), or a bare loop over OkHttp: okhttp-each starts each check
                                  on its own, okhttp-batch those together that are due within --batch-ms,
                                  okhttp-full has --in-flight runs under way at any time
              --first N           take only so many of the targets
              --interval-ms N     from one run of a check to its next (default 1000)
              --spread-ms N       over which the first runs are spread (default: the interval)
              --compile-seconds N before anything else, let another engine do the same four times as fast for so long,
                                  so that the compiler has done its work (default 0)
              --warmup-seconds N  run so long before measuring (default 15)
              --seconds N         measure so long (default 20)
              --timeout-ms N      the longest a run may take (default 10000)
              --in-flight N       the most runs at once (default: that of sitemonitor; okhttp-full: 64)
              --batch-ms N        see okhttp-batch (default 10)
              --down-after N      failed runs in a row that make a check down (default 3)
              --connections HOW   close (default), or keep, for the bare loops only
              --listener WHICH    one (default) for alerts, events for every run as well, none
              --meters HOW        on (default) or off
              --webhook URL       POST each alert there, as a line of JSON
              --server URL        the control address that Targets prints, for the figures of the server
              --at MS=PATH        GET this of --server so long after measuring began, such as 0=/-/down; repeatable
            """;

    private static final Set<String> OPTIONS = Set.of(
            "--engine",
            "--targets",
            "--first",
            "--empty",
            "--interval-ms",
            "--spread-ms",
            "--compile-seconds",
            "--warmup-seconds",
            "--seconds",
            "--timeout-ms",
            "--in-flight",
            "--batch-ms",
            "--down-after",
            "--connections",
            "--listener",
            "--meters",
            "--webhook",
            "--server",
            "--at");

    private static final int DAY = 86_400;
    private static final int HOUR = 3_600;
    private static final long MILLIS = 1_000;
    private static final int FASTER = 4;

    /** Something to ask of the target server, so long after measuring began. */
    record Action(Duration after, String path) {}

    LoadOptions {
        actions = List.copyOf(actions);
    }

    static LoadOptions parse(List<String> line) throws UsageException {
        Arguments given = Arguments.parse(line, OPTIONS, Set.of());
        if (given.has("--targets") == given.has("--empty")) {
            throw new UsageException("give either --targets FILE or --empty N");
        }
        String engine = given.oneOf("--engine", SITEMONITOR, List.of(SITEMONITOR, EACH, BATCH, FULL));
        boolean ours = engine.equals(SITEMONITOR);
        boolean keep =
                given.oneOf("--connections", "close", List.of("close", "keep")).equals("keep");
        if (keep && ours) {
            throw new UsageException("--connections keep is for the bare loops: sitemonitor connects anew each time");
        }
        if (given.has("--empty") && !ours) {
            throw new UsageException("--empty is for sitemonitor: a bare loop has nothing to do then");
        }
        if (given.has("--at") && !given.has("--server")) {
            throw new UsageException("--at needs --server");
        }
        String file = given.text("--targets");
        long interval = given.number("--interval-ms", MILLIS, 100, DAY * MILLIS);
        return new LoadOptions(
                engine,
                file == null ? null : Path.of(file),
                (int) given.number("--first", 0, 1, 5_000_000),
                (int) given.number("--empty", 0, 1, 5_000_000),
                Duration.ofMillis(interval),
                Duration.ofMillis(given.number("--spread-ms", Math.min(interval, HOUR * MILLIS), 0, HOUR * MILLIS)),
                Duration.ofSeconds(given.number("--compile-seconds", 0, 0, DAY)),
                Duration.ofSeconds(given.number("--warmup-seconds", 15, 0, DAY)),
                Duration.ofSeconds(given.number("--seconds", 20, 1, DAY)),
                Duration.ofMillis(given.number("--timeout-ms", 10_000, 1, HOUR * MILLIS)),
                (int) given.number("--in-flight", engine.equals(FULL) ? 64 : 0, 1, 100_000),
                Duration.ofMillis(given.number("--batch-ms", 10, 1, MILLIS)),
                (int) given.number("--down-after", 3, 1, 1_000),
                keep,
                given.oneOf("--listener", "one", List.of("none", "one", "events")),
                given.oneOf("--meters", "on", List.of("on", "off")).equals("on"),
                address(given, "--webhook"),
                address(given, "--server"),
                actions(given));
    }

    private static @Nullable String address(Arguments given, String option) throws UsageException {
        String text = given.text(option);
        if (text != null && !text.startsWith("http://") && !text.startsWith("https://")) {
            throw new UsageException(option + " must begin with http:// or https://, but was '" + text + "'");
        }
        return text == null ? null : URI.create(text).toString();
    }

    private static List<Action> actions(Arguments given) throws UsageException {
        List<Action> actions = new ArrayList<>();
        for (String text : given.all("--at")) {
            int equals = text.indexOf('=');
            String millis = text.substring(0, Math.max(0, equals));
            if (millis.isEmpty() || !millis.chars().allMatch(c -> c >= '0' && c <= '9') || millis.length() > 9) {
                throw new UsageException("--at must be milliseconds, = and a path, but was '" + text + "'");
            }
            actions.add(new Action(Duration.ofMillis(Long.parseLong(millis)), text.substring(equals + 1)));
        }
        actions.sort((a, b) -> a.after().compareTo(b.after()));
        return actions;
    }

    /** The same, four times as fast. */
    LoadOptions faster() {
        return new LoadOptions(
                engine,
                targets,
                first,
                empty,
                interval.dividedBy(FASTER),
                spread.dividedBy(FASTER),
                Duration.ZERO,
                warmUp,
                length,
                timeout,
                inFlight,
                batch,
                downAfter,
                keep,
                listener,
                meters,
                webhook,
                server,
                actions);
    }

    boolean isOurs() {
        return engine.equals(SITEMONITOR);
    }
}

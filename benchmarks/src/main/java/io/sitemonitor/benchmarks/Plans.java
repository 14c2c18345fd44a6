package io.sitemonitor.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The loads that are compared; {@code quick} ones are small and short, and only show that everything works. */
final class Plans {

    private static final String OURS = LoadOptions.SITEMONITOR;
    private static final String EACH = LoadOptions.EACH;
    private static final String BATCH = LoadOptions.BATCH;
    private static final String FULL = LoadOptions.FULL;
    private static final int MANY = 1_000;

    private final boolean quick;

    private Plans(boolean quick) {
        this.quick = quick;
    }

    static List<Plan> all(boolean quick) {
        Plans plans = new Plans(quick);
        return List.of(
                plans.steady("steady-1000", 1_000, 1_000, 20, 5),
                plans.steady("steady-10000", 10_000, 10_000, 30, 3),
                plans.fullSpeed(),
                plans.hanging("hanging-10", 10),
                plans.hanging("hanging-50", 50),
                plans.flipping(),
                plans.allDown(),
                plans.empty(),
                plans.idle(),
                plans.million());
    }

    private Plan steady(String name, int checks, int interval, int seconds, int rounds) {
        List<String> targets = targets(checks);
        List<String> paced =
                timed(10, seconds, "--compile-seconds", quick ? "2" : "25", "--interval-ms", pace(interval));
        return new Plan(
                name,
                checks + " HTTP checks every " + interval / 1_000 + " s.",
                rounds,
                512,
                false,
                List.of(ask(OURS, targets, paced), ask(EACH, targets, paced), ask(BATCH, targets, paced)),
                List.of(new Plan.Ratio(OURS, EACH), new Plan.Ratio(OURS, BATCH)));
    }

    private Plan fullSpeed() {
        List<String> targets = targets(40_000);
        List<String> limited = timed(60, 15, "--in-flight", "64", "--interval-ms", "1000");
        Plan.Side engine = new Plan.Side(OURS, targets, with(limited, "--engine", OURS), new Plan.Asks(1.25, FULL));
        Plan.Side twice =
                new Plan.Side("overload", targets, timed(60, 15, "--interval-ms", "1000"), new Plan.Asks(2, OURS));
        return new Plan(
                "full-speed",
                "As much as the machine can do: the bare loop with 64 requests under way at any time; the engine with at most 64,"
                        + " asked for 1.25 times what the bare loop did; and the engine as it is by default, asked for twice"
                        + " what it did.",
                5,
                1_024,
                false,
                List.of(ask(FULL, targets, limited), engine, twice),
                List.of(new Plan.Ratio(OURS, FULL), new Plan.Ratio("overload", OURS)));
    }

    private Plan hanging(String name, int percent) {
        List<String> healthy = targets(1_000);
        List<String> hanging = with(healthy, "--hanging", String.valueOf(percent));
        List<String> load = timed(20, 20, "--timeout-ms", "2000");
        return new Plan(
                name,
                "1,000 HTTP checks every second with a timeout of 2 s; " + percent + " % of the targets never answer.",
                3,
                512,
                false,
                List.of(
                        ask(OURS, hanging, load),
                        new Plan.Side("all-healthy", healthy, with(load, "--engine", OURS), null),
                        ask(EACH, hanging, load)),
                List.of(new Plan.Ratio(OURS, "all-healthy"), new Plan.Ratio(OURS, EACH)));
    }

    private Plan flipping() {
        List<String> targets =
                with(targets(1_000), "--flipping", count(100), "--flip-every-ms", quick ? "1000" : "10000");
        List<String> load = quick ? timed(2, 5, "--down-after", "1") : timed(20, 40);
        return new Plan(
                "flipping-100",
                "1,000 HTTP checks every second, of which 100 go down and come back every 10 s.",
                3,
                512,
                false,
                List.of(ask(OURS, targets, load), ask(EACH, targets, load)),
                List.of(new Plan.Ratio(OURS, EACH)));
    }

    private Plan allDown() {
        String back = quick ? "1500=/-/up" : "12000=/-/up";
        List<String> load = quick
                ? timed(2, 4, "--down-after", "1", "--at", "0=/-/down", "--at", back)
                : timed(25, 40, "--interval-ms", "10000", "--down-after", "1", "--at", "0=/-/down", "--at", back);
        return new Plan(
                "all-down-10000",
                "10,000 HTTP checks every 10 s that all go down within one interval, at the first failure, and come back.",
                3,
                1_024,
                false,
                List.of(ask(OURS, targets(10_000), load)),
                List.of());
    }

    private Plan empty() {
        // on one processor the compiler takes a minute beside such a load
        List<String> load = timed(90, 15, "--empty", count(20_000), "--interval-ms", "100");
        return new Plan(
                "empty",
                "20,000 checks that do nothing every 100 ms, which is 200,000 runs a second, on one processor.",
                3,
                512,
                true,
                List.of(
                        new Plan.Side(OURS, null, with(load, "--engine", OURS), null),
                        new Plan.Side("without-meters", null, with(load, "--meters", "off"), null)),
                List.of(new Plan.Ratio(OURS, "without-meters")));
    }

    private Plan idle() {
        List<String> targets = targets(100_000);
        List<String> load = timed(75, 10, "--interval-ms", "600000", "--spread-ms", quick ? "1000" : "60000");
        List<String> empty = with(load, "--empty", count(100_000));
        return new Plan(
                "idle-100000",
                "100,000 checks that have run once and wait for their next time.",
                2,
                2_048,
                false,
                List.of(
                        ask(OURS, targets, load),
                        ask(EACH, targets, load),
                        new Plan.Side("empty", null, with(empty, "--engine", OURS), null)),
                List.of(new Plan.Ratio(OURS, EACH)));
    }

    private Plan million() {
        List<String> load = timed(
                75,
                10,
                "--empty",
                count(1_000_000),
                "--interval-ms",
                "600000",
                "--spread-ms",
                quick ? "1000" : "60000");
        return new Plan(
                "million",
                "A million checks that have run once and wait for their next time.",
                1,
                4_096,
                false,
                List.of(new Plan.Side(OURS, null, with(load, "--engine", OURS), null)),
                List.of());
    }

    private static Plan.Side ask(String engine, List<String> targets, List<String> load) {
        return new Plan.Side(engine, targets, with(load, "--engine", engine), null);
    }

    private List<String> targets(int checks) {
        return List.of("--count", count(checks));
    }

    private List<String> timed(int warmUp, int seconds, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "--warmup-seconds",
                String.valueOf(quick ? 2 : warmUp),
                "--seconds",
                String.valueOf(quick ? Math.min(seconds, 5) : seconds)));
        Collections.addAll(line, more);
        return line;
    }

    private String pace(int interval) {
        return String.valueOf(quick ? Math.min(interval, MANY) : interval);
    }

    private String count(int checks) {
        return String.valueOf(quick ? Math.max(checks / 10, 10) : checks);
    }

    private static List<String> with(List<String> line, String... more) {
        List<String> longer = new ArrayList<>(line);
        Collections.addAll(longer, more);
        return List.copyOf(longer);
    }
}

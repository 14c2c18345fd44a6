package io.sitemonitor.check.composite;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Passes if enough of several other checks do: all of them, any, some, or some that weigh enough.
 *
 * <pre>{@code
 * CompositeCheck.all()
 *         .part("db", JdbcCheck.of(dataSource))
 *         .part("cache", TcpCheck.connect("cache.internal", 6379))
 * CompositeCheck.atLeast(2, a, b, c)
 * CompositeCheck.weighted(3).part("main", main, 2).part("first spare", one).part("second spare", two)
 * }</pre>
 *
 * <p>A part <em>works</em> if it passes or warns. Enough are all of them, one, or as many as are asked for. What the whole
 * finds follows from that:
 *
 * <ul>
 *   <li>PASS if enough parts pass;
 *   <li>WARN if enough parts work, but not without one that warns;
 *   <li>INCONCLUSIVE if it depends on parts that could not tell;
 *   <li>FAIL otherwise, in the way in which the first failing part fails.
 * </ul>
 *
 * <p>The message names the parts that matter with what they say.
 *
 * <p><b>Time:</b> the parts of a run are run one after the other on its thread, in the order in which they were given. Each
 * gets an equal share of the time that is left, so what a quick one leaves over is for those after it. A part that does not
 * mind the end of its share takes the time of the others; if none is left for them and it depends on them, the run fails
 * with {@code TIMEOUT}. {@link #any} ends with the first part that passes; the others run all their parts, to tell what
 * became of each.
 *
 * <p><b>Failure:</b> that of the first failing part; what a part throws, or null, is {@code CHECK_ERROR} of this part. {@code
 * TIMEOUT} (no time was left for parts on which it depends), {@code CHECK_ERROR} (no parts, or never enough of them).
 * <b>Evidence:</b> for each part a phase and a fact with its name: how long it took and what it found.
 *
 * <p>Immutable: each option returns a copy. Two checks are equal if their parts and their rule are.
 *
 * <p><b>Threads:</b> safe for use by any number of threads, if its parts are.
 */
public final class CompositeCheck implements Check {

    /** The most parts that a check takes. */
    public static final int MOST_PARTS = 32;

    private static final int MAX_TARGET = 200;

    /** How many parts must work. */
    enum Mode {
        ALL("all"),
        ANY("any"),
        AT_LEAST("at least"),
        WEIGHTED("weight");

        final String words;

        Mode(String words) {
            this.words = words;
        }
    }

    private final Mode mode;
    private final int asked;
    private final List<Part> parts;

    private CompositeCheck(Mode mode, int asked, List<Part> parts) {
        this.mode = mode;
        this.asked = asked;
        this.parts = parts;
    }

    /**
     * Works if all parts do.
     *
     * @param parts the first parts, each named after its kind and its target; more can be added by {@link #part(String,
     *     Check)}
     * @return the check
     * @throws IllegalArgumentException if there are more than 32
     */
    public static CompositeCheck all(Check... parts) {
        return new CompositeCheck(Mode.ALL, 0, List.of()).with(parts);
    }

    /**
     * Works if any part does. The parts after the first one that passes are not run.
     *
     * @param parts the first parts, as in {@link #all}
     * @return the check
     * @throws IllegalArgumentException if there are more than 32
     */
    public static CompositeCheck any(Check... parts) {
        return new CompositeCheck(Mode.ANY, 1, List.of()).with(parts);
    }

    /**
     * Works if so many parts do.
     *
     * @param count how many, at least 1
     * @param parts the first parts, as in {@link #all}
     * @return the check
     * @throws IllegalArgumentException if the count is less than 1 or there are more than 32 parts
     */
    public static CompositeCheck atLeast(int count, Check... parts) {
        if (count < 1) {
            throw new IllegalArgumentException("atLeast must be at least 1, but was " + count);
        }
        return new CompositeCheck(Mode.AT_LEAST, count, List.of()).with(parts);
    }

    /**
     * Works if the parts that do have this weight together.
     *
     * @param threshold the least weight, at least 1
     * @return a check without parts, to be given by {@link #part(String, Check, int)}
     * @throws IllegalArgumentException if the threshold is less than 1
     */
    public static CompositeCheck weighted(int threshold) {
        if (threshold < 1) {
            throw new IllegalArgumentException("weighted must be at least 1, but was " + threshold);
        }
        return new CompositeCheck(Mode.WEIGHTED, threshold, List.of());
    }

    /**
     * Adds a part of weight 1.
     *
     * <p>Default: the parts that stand with the factory; 32 at most.
     *
     * @param name its name, one line of 1 to 100 characters, which no other part has
     * @param check what is probed
     * @return a copy with that part at its end
     * @throws IllegalArgumentException if the name is not one, or taken, or there are 32 parts already
     */
    public CompositeCheck part(String name, Check check) {
        return with(new Part(name, check, 1));
    }

    /**
     * Adds a part with a weight.
     *
     * <p>Default: 1, as for {@link #part(String, Check)}; from 1 to 1,000,000. There are 32 parts at most.
     *
     * @param name its name, as in {@link #part(String, Check)}
     * @param check what is probed
     * @param weight how much it counts, from 1 to 1,000,000
     * @return a copy with that part at its end
     * @throws IllegalArgumentException if the name is not one, or taken, the weight is outside its range, or there are 32
     *     parts already
     * @throws IllegalStateException if the check is not {@link #weighted}
     */
    public CompositeCheck part(String name, Check check, int weight) {
        if (mode != Mode.WEIGHTED) {
            throw new IllegalStateException("a part has a weight only in a check that is weighted");
        }
        return with(new Part(name, check, weight));
    }

    private CompositeCheck with(Part part) {
        if (Part.isTaken(part.name(), parts)) {
            throw new IllegalArgumentException("part must have a name of its own, but was '" + part.name() + "' again");
        }
        if (parts.size() == MOST_PARTS) {
            throw new IllegalArgumentException("a check can have at most " + MOST_PARTS + " parts");
        }
        List<Part> longer = new ArrayList<>(parts);
        longer.add(part);
        return new CompositeCheck(mode, asked, List.copyOf(longer));
    }

    private CompositeCheck with(Check... checks) {
        CompositeCheck longer = this;
        for (Check check : checks) {
            longer = longer.with(Part.named(check, longer.parts));
        }
        return longer;
    }

    List<Part> parts() {
        return parts;
    }

    Mode mode() {
        return mode;
    }

    /** The weight that must work. */
    int needed() {
        return mode == Mode.ALL ? parts.size() : asked;
    }

    @Override
    public CheckResult run(CheckContext context) {
        int weight = parts.stream().mapToInt(Part::weight).sum();
        if (weight == 0) {
            return CheckResult.fail(FailureKind.CHECK_ERROR, "the check has no parts");
        }
        if (weight < asked) {
            return CheckResult.fail(
                    FailureKind.CHECK_ERROR,
                    mode == Mode.WEIGHTED
                            ? "the parts weigh " + weight + " together, and " + asked + " is asked for"
                            : "at least " + asked + " parts must work, and there are " + weight);
        }
        return new CompositeRun(this, context).run();
    }

    @Override
    public String kind() {
        return "composite";
    }

    /**
     * Returns the rule and the names of the parts.
     *
     * @return such as {@code all of db, cache}
     */
    @Override
    public String target() {
        String rule = mode == Mode.AT_LEAST || mode == Mode.WEIGHTED ? mode.words + " " + asked : mode.words;
        String names = parts.stream().map(Part::name).collect(Collectors.joining(", "));
        return SafeText.line(rule + " of " + names, MAX_TARGET);
    }

    /**
     * Returns the host that all parts burden.
     *
     * @return the host in lower case; null if the parts burden several, or one of them none
     */
    @Override
    public @Nullable String host() {
        String common = parts.isEmpty() ? null : parts.get(0).check().host();
        for (Part part : parts) {
            if (!Objects.equals(common, part.check().host())) {
                return null;
            }
        }
        return common;
    }

    /**
     * Tells whether one of the parts does without a protection.
     *
     * @return whether one does
     */
    @Override
    public boolean isInsecure() {
        return parts.stream().anyMatch(part -> part.check().isInsecure());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CompositeCheck that
                && mode == that.mode
                && asked == that.asked
                && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode, asked, parts);
    }

    @Override
    public String toString() {
        return target();
    }
}

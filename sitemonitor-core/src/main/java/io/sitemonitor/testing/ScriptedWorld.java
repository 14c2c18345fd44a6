package io.sitemonitor.testing;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A small world of targets to be checked, which fail alone, together, and because of one another.
 *
 * <pre>{@code
 * ScriptedWorld world = ScriptedWorld.on(time)
 *         .group("rack", "shop", "search")             // one power supply
 *         .behind("gateway", "shop", "search");        // reached through it
 * Monitor monitor = Monitor.named("test").runOn(time)
 *         .check("gateway", world.check("gateway"))
 *         .check("shop", world.check("shop"))
 *         .start();
 * time.at(Duration.ofMinutes(5), () -> world.fail("gateway", "no route"));
 * time.at(Duration.ofMinutes(9), () -> world.restore("gateway"));
 * }</pre>
 *
 * <p>A target works while nothing is wrong: with itself, with a group that it belongs to, or with something that it is
 * behind. So if its rack and its gateway fail, it works again when both are restored. Of several faults, a run tells the
 * one nearest to its target; a failure goes before a warning.
 *
 * <p><b>Threads:</b> belongs to the one thread of its {@link ManualTime}.
 */
public final class ScriptedWorld {

    private final ManualTime time;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private Consumer<String> notes = text -> {};

    private ScriptedWorld(ManualTime time) {
        this.time = time;
    }

    /**
     * A world without targets.
     *
     * @param time the time in which it is checked
     * @return a new world
     */
    public static ScriptedWorld on(ManualTime time) {
        return new ScriptedWorld(Objects.requireNonNull(time, "time"));
    }

    /**
     * Tells somebody what happens in this world, in one line each: {@code world.noting(timeline::note)} shows it between
     * the alerts that came of it.
     *
     * @param notes is called with each change
     * @return this world
     */
    public ScriptedWorld noting(Consumer<String> notes) {
        this.notes = Objects.requireNonNull(notes, "notes");
        return this;
    }

    /**
     * Returns the check of a target. A name that is new becomes a target of this world.
     *
     * @param target the name of the target
     * @return its check; equal to any other of the same target
     * @throws IllegalArgumentException if the name is empty
     */
    public Check check(String target) {
        return new TargetCheck(place(target));
    }

    /**
     * Says what has something in common, such as a rack or a line: when the group fails, they all do. A member may be a
     * target or another group, and may belong to several. More members can be added later.
     *
     * @param group the name of the group
     * @param members the names of those who fail with it
     * @return this world
     * @throws IllegalArgumentException if a name is empty, or the group would fail because of itself
     */
    public ScriptedWorld group(String group, String... members) {
        for (String member : members) {
            join(group, member).groups.add(place(group));
        }
        return this;
    }

    /**
     * Says what is reached through something else: when the gateway fails, for whatever cause, nobody gets to those behind
     * it. They fail as {@link FailureKind#CONNECT} and name the gateway.
     *
     * @param gateway the name of the gateway, a target or a group
     * @param targets the names of the targets or groups behind it
     * @return this world
     * @throws IllegalArgumentException if a name is empty, or the gateway would be behind itself
     */
    public ScriptedWorld behind(String gateway, String... targets) {
        for (String target : targets) {
            join(gateway, target).gateways.add(place(gateway));
        }
        return this;
    }

    private Place join(String cause, String name) {
        Place member = place(name);
        if (isBehind(place(cause), member)) {
            throw new IllegalArgumentException("'" + cause + "' cannot bear on '" + name + "', which bears on it");
        }
        return member;
    }

    /** Whether the second bears on the first, or is the same. */
    private static boolean isBehind(Place place, Place cause) {
        Deque<Place> open = new ArrayDeque<>(List.of(place));
        for (Place next = open.poll(); next != null; next = open.poll()) {
            if (next == cause) {
                return true;
            }
            open.addAll(next.groups);
            open.addAll(next.gateways);
        }
        return false;
    }

    /**
     * Lets something fail as {@link FailureKind#CONNECT}, until it is restored.
     *
     * @param name a target or a group
     * @param message what the results say
     * @throws IllegalArgumentException if this world has nothing of this name
     */
    public void fail(String name, String message) {
        fail(name, FailureKind.CONNECT, message);
    }

    /**
     * Lets something fail until it is restored. Failing again replaces how it fails.
     *
     * @param name a target or a group
     * @param failure in which way
     * @param message what the results say
     * @throws IllegalArgumentException if this world has nothing of this name
     */
    public void fail(String name, FailureKind failure, String message) {
        known(name).scripted = CheckResult.fail(failure, message);
        notes.accept(name + " fails: " + message);
    }

    /**
     * Lets something work, but not well, until it is restored.
     *
     * @param name a target or a group
     * @param message what the results say
     * @throws IllegalArgumentException if this world has nothing of this name
     */
    public void warn(String name, String message) {
        known(name).scripted = CheckResult.warn(message);
        notes.accept(name + " warns: " + message);
    }

    /**
     * Lets something be slow until it is restored, and with it its group and what is behind it. Of several reasons to be
     * slow the slowest counts. A run that would take longer than its timeout fails at the timeout, as
     * {@link FailureKind#TIMEOUT}.
     *
     * @param name a target or a group
     * @param takes how long each run takes
     * @throws IllegalArgumentException if this world has nothing of this name, or the time is negative
     */
    public void slow(String name, Duration takes) {
        if (takes.isNegative()) {
            throw new IllegalArgumentException(
                    "the time that '" + name + "' takes must not be negative, but was " + takes);
        }
        known(name).takes = takes;
        notes.accept(name + " takes " + takes);
    }

    /**
     * Ends what {@link #fail}, {@link #warn} and {@link #slow} said of this name. Does nothing if that is nothing.
     *
     * @param name a target or a group
     * @throws IllegalArgumentException if this world has nothing of this name
     */
    public void restore(String name) {
        Place place = known(name);
        place.scripted = null;
        place.takes = Duration.ZERO;
        notes.accept(name + " is restored");
    }

    /**
     * Lets things fail at random, each on its own, until they are {@linkplain #calm calmed} or told anew: how long one works and how long
     * it fails are exponentially distributed. The same seed makes the same faults on every machine, and naming more or
     * fewer makes no difference to the others. Scripted faults come on top.
     *
     * @param seed what decides; print it when a test fails
     * @param meanTimeBetween how long one works on average from one fault to the next; from 1 ms to 3,660 days
     * @param meanDuration how long a fault lasts on average; from 1 ms to 3,660 days
     * @param names the targets and groups that fail; none means all that this world has now
     * @throws IllegalArgumentException if a time is outside its range, or this world has nothing of such a name
     */
    public void randomFaults(long seed, Duration meanTimeBetween, Duration meanDuration, String... names) {
        for (Place place : chosen(names)) {
            RandomFaults faults =
                    new RandomFaults(seed, place.name, meanTimeBetween, meanDuration, time, text -> notes.accept(text));
            place.calm();
            place.random = faults;
        }
    }

    /**
     * Ends random faults, those that go on included.
     *
     * @param names the targets and groups that fail no more; none means all
     * @throws IllegalArgumentException if this world has nothing of such a name
     */
    public void calm(String... names) {
        chosen(names).forEach(Place::calm);
    }

    private List<Place> chosen(String... names) {
        return names.length == 0
                ? List.copyOf(places.values())
                : List.of(names).stream().map(this::known).toList();
    }

    /**
     * Tells whether a target works at this moment, well or not: what a run would find that takes no time.
     *
     * @param name a target or a group
     * @return whether there is no cause for it to fail
     * @throws IllegalArgumentException if this world has nothing of this name
     */
    public boolean works(String name) {
        CheckResult wrong = known(name).wrong();
        return wrong == null || wrong.verdict() != Verdict.FAIL;
    }

    private Place place(String name) {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a target or a group must not be empty");
        }
        return places.computeIfAbsent(name, Place::new);
    }

    private Place known(String name) {
        Place place = places.get(Objects.requireNonNull(name, "name"));
        if (place == null) {
            throw new IllegalArgumentException(
                    "this world has nothing named '" + name + "'; it has " + places.keySet());
        }
        return place;
    }

    @Override
    public String toString() {
        return "ScriptedWorld" + places.keySet();
    }

    private record TargetCheck(Place place) implements Check {

        @Override
        public CheckResult run(CheckContext context) {
            CheckResult late = ScriptedCheck.take(context, place.slowest(), false);
            CheckResult wrong = late == null ? place.wrong() : late;
            return wrong == null ? CheckResult.pass() : wrong;
        }

        @Override
        public String kind() {
            return "scripted";
        }

        @Override
        public String toString() {
            return place.name;
        }
    }
}

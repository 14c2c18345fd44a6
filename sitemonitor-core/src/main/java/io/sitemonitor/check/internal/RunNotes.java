package io.sitemonitor.check.internal;

import io.sitemonitor.check.Evidence;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a run sees on its way, which becomes the evidence of its result. For the thread of the run. */
public final class RunNotes {

    private final TimeSource time;
    private final long startedAt;
    private final Map<String, Duration> phases;
    private final SmallMap.Builder<String> facts = new SmallMap.Builder<>();
    private @Nullable String phase;
    private long phaseBegan;
    private @Nullable String address;
    private @Nullable String excerpt;

    /**
     * Begins a run.
     *
     * @param time its clock
     */
    public RunNotes(TimeSource time) {
        this(time, time.nanos(), new LinkedHashMap<>());
    }

    private RunNotes(TimeSource time, long startedAt, Map<String, Duration> phases) {
        this.time = time;
        this.startedAt = startedAt;
        this.phases = phases;
    }

    /**
     * Begins an attempt within a run: with the phases so far and nothing else.
     *
     * @return notes of their own
     */
    public RunNotes attempt() {
        return new RunNotes(time, startedAt, new LinkedHashMap<>(phases));
    }

    /**
     * Begins a phase; the one before it is over.
     *
     * @param name its name; the durations of phases of one name add up
     */
    public void phase(String name) {
        pause();
        phase = name;
        phaseBegan = time.nanos();
    }

    /** Ends a phase. */
    public void pause() {
        String ended = phase;
        if (ended != null) {
            phases.merge(ended, since(phaseBegan), Duration::plus);
            phase = null;
        }
    }

    /**
     * Notes a fact.
     *
     * @param name its name
     * @param value what it is; the last value of a name counts
     */
    public void fact(String name, String value) {
        facts.put(name, value);
    }

    /**
     * Notes the address that is asked.
     *
     * @param shown the address, with the port if that is part of it; null if nobody is asked any more
     */
    public void address(@Nullable String shown) {
        address = shown;
    }

    /**
     * Notes the beginning of an answer.
     *
     * @param text what may be shown of it
     */
    public void excerpt(String text) {
        excerpt = text;
    }

    /**
     * Returns how long the run has been under way.
     *
     * @return the time since its beginning
     */
    public Duration took() {
        return since(startedAt);
    }

    /**
     * Returns what has been seen so far.
     *
     * @param hide makes facts and excerpt fit to be shown
     * @return the evidence
     */
    public Evidence evidence(UnaryOperator<String> hide) {
        return new Evidence(
                address, phases, SmallMap.copyOf(facts.build(), hide), excerpt == null ? null : hide.apply(excerpt));
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(Math.max(0, time.nanos() - nanos));
    }
}

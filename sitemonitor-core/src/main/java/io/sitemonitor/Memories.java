package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.event.IncidentClosed;
import io.sitemonitor.incident.Incident;
import io.sitemonitor.schedule.Platform.Tick;
import io.sitemonitor.schedule.internal.Timer;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.store.Change;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What checks have left to the next process. What nobody has claimed a minute after the start, and after the sources of checks
 * have been read, belongs to checks that are gone, and is closed. Safe for use by any number of threads.
 */
final class Memories extends Timer {

    static final Duration GRACE = Duration.ofMinutes(1);

    /** Under which name it is kept that the monitor itself was offline; no check has it. */
    static final String OWN_LINE = "";

    private static final String PREFIX = "check/";

    private final Engine engine;
    private final boolean kept;
    private final Map<String, CheckMemo> found = new ConcurrentHashMap<>();
    private volatile BooleanSupplier complete = () -> true;
    private volatile long graceEnds = Tick.NEVER;

    Memories(Engine engine, boolean kept) {
        this.engine = engine;
        this.kept = kept;
    }

    /** Tells whether anything outlives the process. */
    boolean areKept() {
        return kept;
    }

    /** Takes a record of an earlier process, if it is one of these. Before the start. */
    void recall(String key, byte[] bytes) {
        if (key.startsWith(PREFIX)) {
            found.put(key.substring(PREFIX.length()), CheckMemo.of(bytes));
        }
    }

    int size() {
        return found.size();
    }

    /** Hands over what a check of this name has left; null if that is nothing. */
    @Nullable
    CheckMemo take(String check) {
        return found.isEmpty() ? null : found.remove(check);
    }

    static List<Change> changes(Kept kept) {
        CheckMemo memo = kept.memo();
        String key = PREFIX + kept.check();
        return List.of(memo == null ? Change.remove(key) : Change.put(key, memo.toBytes()));
    }

    /** Begins to wait for those who claim what was found; {@code all} says whether all sources of checks have been read. */
    void await(BooleanSupplier all) {
        if (found.isEmpty()) {
            return;
        }
        complete = all;
        graceEnds = engine.time().nanos() + GRACE.toNanos();
        engine.timers().wake(this, graceEnds);
    }

    @Override
    protected long fire(long now) {
        if (found.isEmpty()) {
            return Tick.NEVER;
        }
        if (now - graceEnds < 0) {
            return graceEnds;
        }
        if (!complete.getAsBoolean()) {
            return now + GRACE.toNanos();
        }
        engine.help(() -> List.copyOf(found.keySet()).forEach(this::close));
        return Tick.NEVER;
    }

    /** Closes what is open of a check that is gone. */
    private void close(String check) {
        CheckMemo memo = take(check);
        if (memo == null) {
            return;
        }
        Facts facts = new Facts();
        if (check.equals(OWN_LINE)) {
            endIsolation(memo.told().outage(), facts);
        } else {
            end(check, memo, facts);
        }
        facts.add(new Kept(check, null));
        facts.claim();
        facts.drain(facts, engine::publish, true);
    }

    private void end(String check, CheckMemo memo, Facts facts) {
        Incident open = memo.incident();
        if (open != null) {
            Incident closed = open.close(engine.time().now());
            engine.incidents().closed(closed);
            facts.add(new IncidentClosed(closed, engine.time().now()));
        }
        Announcements announcements = new Announcements(engine.name(), check, engine.time());
        announcements.restore(memo);
        announcements.end(memo.state(), CheckResult.inconclusive("it is no longer there"), facts);
    }

    /** The monitor told that it was offline, and no check proves any more that it is online. */
    private void endIsolation(@Nullable Alert told, Facts facts) {
        if (told == null) {
            return;
        }
        TimeSource time = engine.time();
        facts.add(new AlertForms(engine.name(), engine.name(), time)
                .closing(
                        AlertKind.ISOLATION_ENDED,
                        new Told(told, WallTime.nanosAt(told.since(), time)),
                        HealthState.UNKNOWN,
                        HealthState.UNKNOWN,
                        time.nanos(),
                        Evidence.none(),
                        " has no checks any more that prove that it is online"));
    }
}

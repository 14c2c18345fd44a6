package io.sitemonitor.amqp.internal;

import io.sitemonitor.amqp.message.CheckStatus;
import io.sitemonitor.amqp.message.EventMessage;
import io.sitemonitor.amqp.message.EventOrigin;
import io.sitemonitor.amqp.message.SnapshotMessage;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.IsolationChanged;
import io.sitemonitor.event.MonitorClosed;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one publisher has said since its start. Of each check the news with the highest number counts, so that messages may be
 * lost, doubled or out of order. Written under the lock of its {@link Mirror}; read by anybody, without a lock.
 */
final class Followed {

    /** How many periods may pass without a complete snapshot. */
    private static final int PATIENCE = 3;

    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(100);
    private static final Duration LONGEST_PERIOD = Duration.ofHours(1);

    /**
     * What is known of a check.
     *
     * @param number the number of the message that said so
     * @param status what it said
     */
    record Entry(long number, CheckStatus status) {}

    private final EventOrigin first;
    private final int most;
    private final Map<String, Entry> checks = new ConcurrentHashMap<>();
    private volatile boolean complete;
    private volatile boolean isolated;
    private volatile long snapshotNanos;
    private volatile long patienceNanos = PATIENCE * Duration.ofSeconds(5).toNanos();

    // guarded by the lock of the mirror
    private final Map<String, Long> removed = new HashMap<>();
    private final BitSet parts = new BitSet();
    private long assembling;
    private long assembled;
    private long closedAt;
    private long isolationAt;
    private long heardNanos;

    Followed(EventOrigin first, int most, long now) {
        this.first = first;
        this.most = most;
        heardNanos = now;
    }

    boolean isFrom(EventOrigin origin) {
        return first.epoch().equals(origin.epoch());
    }

    boolean isOlderThan(EventOrigin origin) {
        return first.started().isBefore(origin.started());
    }

    /** Tells whether nothing at all has come for longer than is bearable. */
    boolean isSilent(long now) {
        return now - heardNanos >= patienceNanos;
    }

    @Nullable
    CheckStatus status(String check) {
        Entry entry = checks.get(check);
        return entry == null ? null : entry.status;
    }

    Map<String, Entry> checks() {
        return checks;
    }

    boolean isIsolated() {
        return isolated;
    }

    /** Tells whether all of it is known, and recently enough. */
    boolean isFresh(long now) {
        return complete && now - snapshotNanos < patienceNanos;
    }

    boolean isComplete() {
        return complete;
    }

    long snapshotNanos() {
        return snapshotNanos;
    }

    /** Takes a part of a snapshot; returns what was known of the checks that it changed. */
    List<CheckStatus> take(SnapshotMessage message, long now) {
        heardNanos = now;
        long number = message.origin().number();
        if (number <= assembled || number < assembling || number < closedAt) {
            return List.of();
        }
        if (number > assembling) {
            assembling = number;
            parts.clear();
        }
        List<CheckStatus> before = new ArrayList<>();
        for (CheckStatus status : message.checks()) {
            put(number, status, before);
        }
        parts.set(message.part());
        if (parts.cardinality() >= message.parts()) {
            completed(message, now, before);
        }
        return before;
    }

    private void completed(SnapshotMessage message, long now, List<CheckStatus> before) {
        long number = message.origin().number();
        assembled = number;
        checks.values().removeIf(entry -> {
            boolean gone = entry.number < number;
            if (gone) {
                before.add(entry.status);
            }
            return gone;
        });
        removed.values().removeIf(at -> at <= number);
        if (number > isolationAt) {
            isolated = message.isolated();
        }
        Duration period = message.period();
        patienceNanos = PATIENCE
                * (period.compareTo(SHORTEST_PERIOD) < 0
                                ? SHORTEST_PERIOD
                                : period.compareTo(LONGEST_PERIOD) > 0 ? LONGEST_PERIOD : period)
                        .toNanos();
        snapshotNanos = now;
        complete = true;
    }

    /** Takes an event; returns what was known of the check that it changed. */
    List<CheckStatus> take(EventMessage message, long now) {
        heardNanos = now;
        long number = message.origin().number();
        List<CheckStatus> before = new ArrayList<>();
        if (message.event() instanceof StateChanged change) {
            CheckStatus known = status(change.check());
            put(number, changed(change, known), before);
        } else if (message.event() instanceof ConditionChanged change) {
            CheckStatus known = status(change.check());
            if (known != null) {
                put(number, changed(change, known), before);
            }
        } else if (message.event() instanceof CheckChanged change) {
            take(change, number, before);
        } else if (message.event() instanceof IsolationChanged change && number > isolationAt && number > assembled) {
            isolationAt = number;
            isolated = change.isolated();
        } else if (message.event() instanceof MonitorClosed && number > assembled) {
            closedAt = number;
            complete = false;
        }
        return before;
    }

    private void take(CheckChanged change, long number, List<CheckStatus> before) {
        Entry known = checks.get(change.check());
        if (change.change() == CheckChanged.Change.ADDED && known == null) {
            put(number, unknown(change.check(), change.at()), before);
        } else if (change.change() == CheckChanged.Change.REMOVED
                && number > assembled
                && (known == null || known.number < number)) {
            if (known != null) {
                before.add(known.status);
                checks.remove(change.check());
            }
            if (removed.size() < most) {
                removed.merge(change.check(), number, Math::max);
            }
        }
    }

    private static CheckStatus changed(StateChanged change, @Nullable CheckStatus known) {
        return new CheckStatus(
                change.check(),
                change.to(),
                true,
                change.transition().since(),
                known == null ? List.of() : known.conditions());
    }

    private static CheckStatus changed(ConditionChanged change, CheckStatus known) {
        List<Condition> conditions = new ArrayList<>(known.conditions());
        conditions.removeIf(condition -> condition.kind() == change.condition().kind());
        if (change.holds()) {
            conditions.add(change.condition());
        }
        return new CheckStatus(known.name(), known.state(), true, known.since(), conditions);
    }

    static CheckStatus unknown(String check, Instant since) {
        return new CheckStatus(check, HealthState.UNKNOWN, false, since, List.of());
    }

    private void put(long number, CheckStatus status, List<CheckStatus> before) {
        Entry known = checks.get(status.name());
        Long gone = removed.get(status.name());
        boolean isNews =
                number > assembled && (known == null || known.number < number) && (gone == null || gone < number);
        if (!isNews || (known == null && checks.size() >= most)) {
            return;
        }
        before.add(known == null ? unknown(status.name(), status.since()) : known.status);
        checks.put(status.name(), new Entry(number, status));
    }
}

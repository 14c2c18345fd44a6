package io.sitemonitor;

import io.sitemonitor.state.HealthState;
import java.util.ArrayList;
import java.util.List;

/**
 * How long one check was up and down, summed up anew each time from two lists that know nothing of each other: in which
 * state each time was spent, and from when to when it counted for neither. All times are monotonic.
 */
final class ModelUptime {

    private record Spent(HealthState state, long from, long to) {}

    private final List<Spent> spent = new ArrayList<>();
    private final List<Long> turns = new ArrayList<>();
    private long decided;

    ModelUptime(long now) {
        decided = now;
    }

    /** What was not decided yet was spent in that state, up to a moment. */
    void decide(long until, HealthState state) {
        if (until <= decided) {
            return;
        }
        int last = spent.size() - 1;
        if (last >= 0 && spent.get(last).state() == state) {
            spent.set(last, new Spent(state, spent.get(last).from(), until));
        } else {
            spent.add(new Spent(state, decided, until));
        }
        decided = until;
    }

    /** Whether the time counts from now on; returns whether that is a change. */
    boolean count(boolean counts, long now) {
        boolean changes = counts != (turns.size() % 2 == 0);
        if (changes) {
            turns.add(now);
        }
        return changes;
    }

    /** The time up to now; what is not decided counts as the state is now. */
    String sum(HealthState state, long now) {
        long up = 0;
        long down = 0;
        List<Spent> all = new ArrayList<>(spent);
        all.add(new Spent(state, decided, now));
        for (Spent each : all) {
            long counted = each.to() - each.from() - uncounted(each);
            up += each.state().isUp() ? counted : 0;
            down += each.state() == HealthState.DOWN ? counted : 0;
        }
        return text(up, down);
    }

    static String text(long up, long down) {
        return "up " + Span.text(up) + ", down " + Span.text(down);
    }

    private long uncounted(Spent of) {
        long sum = 0;
        for (int i = 0; i < turns.size(); i += 2) {
            long end = i + 1 < turns.size() ? turns.get(i + 1) : Long.MAX_VALUE;
            sum += Math.max(0, Math.min(of.to(), end) - Math.max(of.from(), turns.get(i)));
        }
        return sum;
    }
}

package io.sitemonitor;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;

/**
 * What is told of a check. Wall times are nanoseconds since the wall time of the beginning; incidents and degradations of
 * a check are numbered as they are told.
 */
sealed interface ModelFact {

    record Change(HealthState from, HealthState to, long since, long at, int runs) implements ModelFact {
        @Override
        public String toString() {
            return Span.text(at) + " " + from + " -> " + to + " since " + Span.text(since) + " after " + runs;
        }
    }

    record Alerted(AlertKind kind, HealthState from, HealthState to, int number, long since, long at, long lasted)
            implements ModelFact {
        @Override
        public String toString() {
            return Span.text(at) + " " + kind + " #" + number + ", " + from + " -> " + to + " since " + Span.text(since)
                    + ", lasted " + Span.text(lasted);
        }
    }

    /** An outage is not told because of something. */
    record Held(long at, ConditionKind kind) implements ModelFact {
        @Override
        public String toString() {
            return Span.text(at) + " held by " + kind;
        }
    }

    /** Something begins to hold, has another reason or end, or ends; {@code until} is {@link ModelCheck#NEVER} if open. */
    record Holds(ConditionKind kind, boolean holds, String reason, long since, long until, long at)
            implements ModelFact {
        @Override
        public String toString() {
            return Span.text(at) + " " + kind + (holds ? " holds" : " ends") + " since " + Span.text(since) + " until "
                    + (until == ModelCheck.NEVER ? "further notice" : Span.text(until)) + ": " + reason;
        }
    }
}

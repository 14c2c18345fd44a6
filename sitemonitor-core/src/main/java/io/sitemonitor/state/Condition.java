package io.sitemonitor.state;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds of a check beside its health state.
 *
 * @param kind what holds
 * @param reason why, in one line for people
 * @param since since when
 * @param until when it ends if nothing else happens; null if that is not known
 */
public record Condition(
        ConditionKind kind,
        String reason,
        Instant since,
        @Nullable Instant until) {

    /** Creates a condition. */
    public Condition {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(since, "since");
    }
}

package io.sitemonitor.spring.endpoint;

import io.sitemonitor.state.Condition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds beside a state, as the endpoint shows it.
 *
 * @param kind what holds, such as {@code MAINTENANCE}
 * @param reason why
 * @param since since when
 * @param until when it ends if nothing else happens; null if that is not known
 */
public record ConditionReport(
        String kind, String reason, String since, @Nullable String until) {

    static ConditionReport of(Condition condition) {
        Instant until = condition.until();
        return new ConditionReport(
                condition.kind().name(),
                condition.reason(),
                condition.since().toString(),
                until == null ? null : until.toString());
    }
}

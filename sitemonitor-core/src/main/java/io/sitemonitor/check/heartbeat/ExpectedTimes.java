package io.sitemonitor.check.heartbeat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a job is expected to give a sign of life, by the wall clock. Any lambda will do, and a cron expression has the
 * method for it:
 *
 * <pre>{@code
 * CronExpression cron = CronExpression.parse("0 2 * * *");
 * HeartbeatCheck backup = HeartbeatCheck.at(moment -> cron.lastUpTo(moment, ZoneId.of("Europe/Paris")));
 * }</pre>
 *
 * <p><b>Threads:</b> called by the thread of the run, possibly by several at once. It should answer at once.
 */
@FunctionalInterface
public interface ExpectedTimes {

    /**
     * Returns the last expected time up to a moment.
     *
     * @param moment any moment
     * @return the last time that is not after {@code moment}; null if nothing was expected until then
     */
    @Nullable
    Instant lastUpTo(Instant moment);
}

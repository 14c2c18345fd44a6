package io.sitemonitor.amqp.internal;

import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Says what is wrong, at most once a minute, and once that it is right again; the rest goes to the debug level. For one
 * thread.
 */
final class Complaints {

    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final String who;
    private final TimeSource time;
    private @Nullable Long saidAt;
    private int suppressed;
    private boolean owesGoodNews;

    Complaints(Logger log, String who, TimeSource time) {
        this.log = log;
        this.who = who;
        this.time = time;
    }

    void trouble(String what, @Nullable Throwable cause) {
        long now = time.nanos();
        Long said = saidAt;
        if (said != null && now - said < PAUSE) {
            suppressed++;
            log.debug("{}: {}", who, what);
            return;
        }
        saidAt = now;
        owesGoodNews = true;
        String more = suppressed == 0 ? "" : " (and " + suppressed + " times not said since the last warning)";
        suppressed = 0;
        if (cause == null) {
            log.warn("{}: {}{}", who, what, more);
        } else {
            log.warn("{}: {}{}", who, what, more, cause);
        }
    }

    void well(String what) {
        if (owesGoodNews || saidAt == null) {
            owesGoodNews = false;
            saidAt = saidAt == null ? time.nanos() - PAUSE : saidAt;
            log.info("{}: {}", who, what);
        } else {
            log.debug("{}: {}", who, what);
        }
    }
}

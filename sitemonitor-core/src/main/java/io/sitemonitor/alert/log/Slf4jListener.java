package io.sitemonitor.alert.log;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.internal.Wording;
import io.sitemonitor.check.SafeText;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each alert to the log of the host, in one line: what opens something, and that it lasts, at {@code WARN}; what
 * closes it, and that somebody has taken it on, at {@code INFO}.
 *
 * <pre>{@code
 * [shop] storefront UP -> DOWN since 2026-11-22T12:00:00Z for 10 s, STATUS: HTTP 503 in 412 ms (DOWN, incident 5b1c…)
 * }</pre>
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class Slf4jListener implements AlertListener {

    private static final int MAX_LINE = 4_000;
    private static final int MAX_NAME = 200;

    private final Logger logger;

    private Slf4jListener(Logger logger) {
        this.logger = logger;
    }

    /**
     * Writes to the logger named after this class.
     *
     * @return the listener
     */
    public static Slf4jListener create() {
        return new Slf4jListener(LoggerFactory.getLogger(Slf4jListener.class));
    }

    /**
     * Writes to another logger.
     *
     * @param loggerName the name of the logger, such as {@code alerts}
     * @return the listener
     * @throws IllegalArgumentException if the name is empty
     */
    public static Slf4jListener named(String loggerName) {
        if (Objects.requireNonNull(loggerName, "loggerName").isBlank()) {
            throw new IllegalArgumentException("the name of a logger must not be empty");
        }
        return new Slf4jListener(LoggerFactory.getLogger(loggerName));
    }

    @Override
    public void onAlert(Alert alert) {
        String line = SafeText.line(
                "[" + SafeText.line(alert.monitor(), MAX_NAME) + "] " + SafeText.line(alert.check(), MAX_NAME) + ' '
                        + alert.from() + " -> " + alert.to() + " since "
                        + Wording.time(alert.since()) + " for " + Wording.duration(alert.duration())
                        + (alert.failure() == null ? "" : ", " + alert.failure()) + ": " + alert.summary() + " ("
                        + alert.kind() + ", incident " + alert.incidentId() + ')',
                MAX_LINE);
        if (alert.kind().isClosing() || alert.kind() == AlertKind.ACKNOWLEDGED) {
            logger.info("{}", line);
        } else {
            logger.warn("{}", line);
        }
    }

    @Override
    public String toString() {
        return "Slf4jListener[" + logger.getName() + ']';
    }
}

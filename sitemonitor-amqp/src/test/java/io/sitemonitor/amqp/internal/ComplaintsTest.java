package io.sitemonitor.amqp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger log = new LoggerContext().getLogger("test");
    private final SetTime time = new SetTime();
    private final Complaints complaints = new Complaints(log, "[shop] amqp publisher", time);

    @BeforeEach
    void listen() {
        appender.start();
        log.setLevel(Level.INFO);
        log.addAppender(appender);
    }

    @Test
    void warnsAtMostOnceAMinuteAndSaysHowOftenItDidNot() {
        complaints.trouble("broker away", null);
        time.nanos += Duration.ofSeconds(59).toNanos();
        complaints.trouble("broker away", null);
        complaints.trouble("queue missing", null);
        time.nanos += Duration.ofSeconds(1).toNanos();
        complaints.trouble("broker away", null);
        assertThat(said())
                .containsExactly(
                        "WARN [shop] amqp publisher: broker away",
                        "WARN [shop] amqp publisher: broker away (and 2 times not said since the last warning)");
    }

    @Test
    void saysThatItIsWellAtFirstAndOnceAfterAWarning() {
        complaints.well("connected");
        complaints.well("connected");
        complaints.trouble("away", null);
        complaints.well("connected");
        complaints.trouble("away", null);
        complaints.well("connected");
        assertThat(said())
                .containsExactly(
                        "INFO [shop] amqp publisher: connected",
                        "WARN [shop] amqp publisher: away",
                        "INFO [shop] amqp publisher: connected");
    }

    private List<String> said() {
        return appender.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private static final class SetTime implements TimeSource {
        long nanos = -5;

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return nanos;
        }
    }
}

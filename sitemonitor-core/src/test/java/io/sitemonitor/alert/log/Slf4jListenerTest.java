package io.sitemonitor.alert.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertListenerContract;
import io.sitemonitor.alert.Alerts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class Slf4jListenerTest extends AlertListenerContract {

    private final Logger logger = (Logger) LoggerFactory.getLogger("test.alerts");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(appender);
        appender.start();
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
    }

    @Override
    protected AlertListener listener() {
        return Slf4jListener.named("test.alerts");
    }

    @Override
    protected List<Delivery> deliveries() {
        return appender.list.stream()
                .map(event -> new Delivery(null, event.getFormattedMessage()))
                .toList();
    }

    @Override
    protected Optional<AlertListener> failingListener() {
        return Optional.empty();
    }

    @Override
    protected Optional<AlertListener> hangingListener() {
        return Optional.empty();
    }

    @ParameterizedTest
    @CsvSource({"DOWN,WARN", "DEGRADED,WARN", "RECOVERED,INFO", "ENDED,INFO", "DEGRADATION_ENDED,INFO"})
    void whatOpensWarnsAndWhatClosesInforms(AlertKind kind, String level) throws Exception {
        listener().onAlert(Alerts.of(kind).build());

        assertThat(appender.list)
                .singleElement()
                .extracting(ILoggingEvent::getLevel)
                .hasToString(level);
    }

    @Test
    void saysEverythingInOneLine() throws Exception {
        listener()
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .incident("i1")
                        .summary("a {} b")
                        .build());
        listener()
                .onAlert(Alerts.of(AlertKind.RECOVERED)
                        .incident("i1")
                        .failure(null)
                        .build());

        assertThat(deliveries())
                .extracting(Delivery::text)
                .containsExactly(
                        "[shop] storefront UP -> DOWN since 2026-11-22T12:00:00Z for 10 s, STATUS: a {} b (DOWN, incident i1)",
                        "[shop] storefront DOWN -> UP since 2026-11-22T12:00:00Z for 4 min 12 s: HTTP 503 in 412 ms"
                                + " (RECOVERED, incident i1)");
    }

    @Test
    void usesTheLoggerOfItsClassUnlessNamed() {
        assertThat(Slf4jListener.create()).hasToString("Slf4jListener[io.sitemonitor.alert.log.Slf4jListener]");
        assertThat(listener()).hasToString("Slf4jListener[test.alerts]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Slf4jListener.named(" "))
                .withMessage("the name of a logger must not be empty");
    }
}

package io.sitemonitor.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.SafeText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * What every destination of alerts keeps to. Extend it, give it a listener and a look at what arrived, and the tests of
 * {@link AlertListener}'s contract run against a real destination.
 */
@Timeout(60)
public abstract class AlertListenerContract {

    private static final String INJECTION =
            "\r\nBcc: evil@x.example\n{\"x\":1}\r\n.\r\n\u0000\u001B[31m\u202E\u2028&to=+1";

    /** What would do harm in one markup language or another. */
    protected static final String MARKUP =
            "<!channel> <@U1> <users/all> @everyone @here @all @room @channel [ok](https://evil.example)"
                    + " <https://evil.example|ok> **b** `c` ||d|| ](https://evil.example) </b><script>x</script> \"quoted\" \\ &amp;";

    private static final int LONG = 10_000;

    /**
     * What arrived at the destination.
     *
     * @param id the id of the alert as it arrived; null if the destination has no place for it
     * @param incident what the destination tells an outage from others by; null if it has no place for it
     * @param text everything else of it that somebody or something reads
     */
    public record Delivery(@Nullable String id, @Nullable String incident, String text) {

        /** A delivery to a destination that knows no incidents. */
        public Delivery(@Nullable String id, String text) {
            this(id, null, text);
        }
    }

    /** A listener whose destination works and reaches somebody for every alert of {@link Alerts}. */
    protected abstract AlertListener listener() throws Exception;

    /** What has arrived so far, in order. */
    protected abstract List<Delivery> deliveries() throws Exception;

    /** A listener like {@link #listener()}, whose destination refuses it or is not there. */
    protected abstract Optional<AlertListener> failingListener() throws Exception;

    /** A listener whose destination takes the connection and then says nothing, with a timeout of a second or less. */
    protected abstract Optional<AlertListener> hangingListener() throws Exception;

    /** One like {@link #hangingListener()}, whose timeout is longer than anybody waits, if its timeout is not what ends it. */
    protected Optional<AlertListener> waitingListener() throws Exception {
        return hangingListener();
    }

    /** What must not reach the destination from {@link #MARKUP} as it is. */
    protected List<String> harmfulMarkup() {
        return List.of();
    }

    /** Waits until the hanging destination has taken a connection. */
    protected void awaitHanging() throws Exception {}

    /** Waits until the hanging destination has taken a connection, and the caller waits for its answer if that can be seen. */
    protected void awaitHanging(Thread caller) throws Exception {
        awaitHanging();
    }

    /** Everything that must be shown nowhere. */
    protected List<String> secrets() {
        return List.of();
    }

    @Test
    void oneAlertIsOneDelivery() throws Exception {
        listener().onAlert(Alerts.down("storefront"));

        assertThat(deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.text()).contains("storefront");
            assertThat(delivery.id()).isIn(null, Alerts.down("storefront").id());
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyKindIsDelivered(AlertKind kind) throws Exception {
        listener().onAlert(Alerts.of(kind).build());

        assertThat(deliveries()).hasSize(1);
    }

    @Test
    @DisplayName("P6: what opens and what closes arrive in this order")
    void openingAndClosingArriveInOrder() throws Exception {
        AlertListener listener = listener();
        listener.onAlert(Alerts.of(AlertKind.DOWN).check("one").build());
        listener.onAlert(Alerts.of(AlertKind.RECOVERED).check("two").build());

        assertThat(deliveries()).hasSize(2);
        assertThat(deliveries().get(0).text()).contains("one");
        assertThat(deliveries().get(1).text()).contains("two");
    }

    @Test
    @DisplayName("P7: an alert that is offered again has the same id")
    void sameAlertHasSameId() throws Exception {
        AlertListener listener = listener();
        listener.onAlert(Alerts.down("storefront"));
        listener.onAlert(Alerts.down("storefront"));

        assertThat(deliveries().stream().map(Delivery::id).distinct()).hasSize(1);
    }

    @Test
    @DisplayName("P7: what closes names the incident that was opened")
    void closingNamesTheIncidentThatWasOpened() throws Exception {
        AlertListener listener = listener();
        listener.onAlert(Alerts.down("storefront"));
        listener.onAlert(Alerts.recovered("storefront"));
        listener.onAlert(
                Alerts.of(AlertKind.DOWN).check("other").incident("another").build());

        List<@Nullable String> incidents =
                deliveries().stream().map(Delivery::incident).toList();
        assertThat(incidents).hasSize(3);
        assertThat(incidents.get(1)).isEqualTo(incidents.get(0));
        if (incidents.get(0) != null) {
            assertThat(incidents.get(2)).isNotEqualTo(incidents.get(0));
        }
    }

    @Test
    void veryLongValuesAreHarmless() throws Exception {
        listener().onAlert(filled("\uD83D\uDD25x".repeat(LONG / 3)));

        assertThat(deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.text()).contains("storefront");
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(delivery.text()))
                    .as("no half of a character")
                    .isTrue();
        });
    }

    @Test
    @DisplayName("Security: markup in texts is text at the destination")
    void markupIsHarmless() throws Exception {
        listener().onAlert(filled(MARKUP));

        assertThat(deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.text()).contains("storefront");
            harmfulMarkup().forEach(harmful -> assertThat(delivery.text()).doesNotContain(harmful));
        });
    }

    @Test
    void secretsAreNotShown() throws Exception {
        Logger ours = (Logger) LoggerFactory.getLogger("io.sitemonitor");
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        ours.addAppender(logged);
        ours.setLevel(Level.TRACE);
        try {
            assertSecretsAreNotShown(logged.list);
        } finally {
            ours.setLevel(null);
            ours.detachAppender(logged);
        }
    }

    private void assertSecretsAreNotShown(List<ILoggingEvent> logged) throws Exception {
        AlertListener listener = listener();
        listener.onAlert(Alerts.down("storefront"));
        List<String> shown = new ArrayList<>(List.of(listener.toString()));
        deliveries().forEach(delivery -> shown.add(delivery.text()));
        if (failingListener().isPresent()) {
            AlertListener failing = failingListener().get();
            shown.add(failing.toString());
            shown.add(stackTrace(catchThrowable(() -> failing.onAlert(Alerts.down("storefront")))));
        }
        logged.forEach(event -> shown.add(event.getFormattedMessage()));

        for (String secret : secrets()) {
            assertThat(shown).noneMatch(text -> text.contains(secret));
        }
    }

    @Test
    void whatCannotBeDeliveredNowThrowsSoThatItIsOfferedAgain() throws Exception {
        if (failingListener().isEmpty()) {
            return;
        }
        AlertListener failing = failingListener().get();

        Throwable thrown = catchThrowable(() -> failing.onAlert(Alerts.down("storefront")));

        assertThat(thrown).isInstanceOf(Exception.class).isNotInstanceOf(UndeliverableAlertException.class);
        assertThat(thrown.getMessage()).isNotBlank().matches(SafeText::isLine, "is one harmless line");
    }

    @Test
    @DisplayName("Security: control characters are cleaned before they reach the destination")
    void controlCharactersAreHarmless() throws Exception {
        listener().onAlert(hostile());

        assertThat(deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.text()).contains("storefront");
            assertThat(delivery.text().lines())
                    .noneMatch(line -> line.startsWith("Bcc") || line.startsWith("{\"x\"") || line.equals("."));
            assertThat(delivery.text()).doesNotContain("\u0000", "\u001B", "\u202E", "\u2028");
        });
    }

    @Test
    void aSilentDestinationEndsWithinTheTimeout() throws Exception {
        if (hangingListener().isEmpty()) {
            return;
        }
        AlertListener hanging = hangingListener().get();

        assertThat(catchThrowable(() -> hanging.onAlert(Alerts.down("storefront"))))
                .isInstanceOf(Exception.class)
                .isNotInstanceOf(UndeliverableAlertException.class);
    }

    @RepeatedTest(5)
    void anInterruptedCallEndsAndKeepsTheFlag() throws Exception {
        if (waitingListener().isEmpty()) {
            return;
        }
        AlertListener hanging = waitingListener().get();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            Throwable thrown = catchThrowable(() -> hanging.onAlert(Alerts.down("storefront")));
            flag.complete(Thread.currentThread().isInterrupted());
            ended.complete(thrown);
        });
        caller.setDaemon(true);
        caller.start();
        awaitHanging(caller);
        caller.interrupt();

        assertThat(ended.get(30, TimeUnit.SECONDS))
                .isInstanceOf(Exception.class)
                .isNotInstanceOf(UndeliverableAlertException.class);
        assertThat(flag.get()).isTrue();
    }

    private static Alert hostile() {
        return filled(INJECTION);
    }

    private static Alert filled(String text) {
        return Alerts.of(AlertKind.DOWN)
                .id("id" + text)
                .incident("incident" + text)
                .monitor("shop" + text)
                .check("storefront" + text)
                .summary("summary" + text)
                .target("https://shop.example/" + text)
                .label("team" + text, "web" + text)
                .evidence(new Evidence(
                        "192.0.2.7" + text, Map.of("connect", Duration.ofMillis(1)), Map.of("status", text), text))
                .contacts("owner@shop.example", "+254711000001", "evil@x.example" + text, "+1" + text)
                .build();
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

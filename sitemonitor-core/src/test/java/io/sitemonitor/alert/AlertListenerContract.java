package io.sitemonitor.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.SafeText;
import java.io.PrintWriter;
import java.io.StringWriter;
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

/**
 * What every destination of alerts keeps to. Extend it, give it a listener and a look at what arrived, and the tests of
 * {@link AlertListener}'s contract run against a real destination.
 */
@Timeout(60)
public abstract class AlertListenerContract {

    private static final String INJECTION =
            "\r\nBcc: evil@x.example\n{\"x\":1}\r\n.\r\n\u0000\u001B[31m\u202E\u2028&to=+1";

    /**
     * What arrived at the destination.
     *
     * @param id the id of the alert as it arrived; null if the destination has no place for it
     * @param text everything else of it that somebody or something reads
     */
    public record Delivery(@Nullable String id, String text) {}

    /** A listener whose destination works and reaches somebody for every alert of {@link Alerts}. */
    protected abstract AlertListener listener() throws Exception;

    /** What has arrived so far, in order. */
    protected abstract List<Delivery> deliveries() throws Exception;

    /** A listener like {@link #listener()}, whose destination refuses it or is not there. */
    protected abstract Optional<AlertListener> failingListener() throws Exception;

    /** A listener whose destination takes the connection and then says nothing, with a timeout of a second or less. */
    protected abstract Optional<AlertListener> hangingListener() throws Exception;

    /** Waits until the hanging destination has taken a connection. */
    protected void awaitHanging() throws Exception {}

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
    void secretsAreNotShown() throws Exception {
        AlertListener listener = listener();
        listener.onAlert(Alerts.down("storefront"));
        List<String> shown = new ArrayList<>(List.of(listener.toString()));
        deliveries().forEach(delivery -> shown.add(delivery.text()));
        if (failingListener().isPresent()) {
            AlertListener failing = failingListener().get();
            shown.add(failing.toString());
            shown.add(stackTrace(catchThrowable(() -> failing.onAlert(Alerts.down("storefront")))));
        }

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
        if (hangingListener().isEmpty()) {
            return;
        }
        AlertListener hanging = hangingListener().get();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            Throwable thrown = catchThrowable(() -> hanging.onAlert(Alerts.down("storefront")));
            flag.complete(Thread.currentThread().isInterrupted());
            ended.complete(thrown);
        });
        caller.setDaemon(true);
        caller.start();
        awaitHanging();
        caller.interrupt();

        assertThat(ended.get(30, TimeUnit.SECONDS))
                .isInstanceOf(Exception.class)
                .isNotInstanceOf(UndeliverableAlertException.class);
        assertThat(flag.get()).isTrue();
    }

    private static Alert hostile() {
        return Alerts.of(AlertKind.DOWN)
                .id("id" + INJECTION)
                .incident("incident" + INJECTION)
                .monitor("shop" + INJECTION)
                .check("storefront" + INJECTION)
                .summary("summary" + INJECTION)
                .target("https://shop.example/" + INJECTION)
                .label("team" + INJECTION, "web" + INJECTION)
                .evidence(new Evidence(
                        "192.0.2.7" + INJECTION,
                        Map.of("connect", Duration.ofMillis(1)),
                        Map.of("status", INJECTION),
                        INJECTION))
                .contacts("owner@shop.example", "+254711000001", "evil@x.example" + INJECTION, "+1" + INJECTION)
                .build();
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

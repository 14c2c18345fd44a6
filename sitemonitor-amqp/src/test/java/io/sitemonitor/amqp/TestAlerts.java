package io.sitemonitor.amqp;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.amqp.message.SiteStatusMessage;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Alerts to send. */
public final class TestAlerts {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private TestAlerts() {}

    /** The {@code number}th alert of a check: even ones go down, odd ones recover; its id says which it is. */
    public static Alert numbered(String check, int number) {
        return of(check, check + "#" + number, number % 2 == 0 ? AlertKind.DOWN : AlertKind.RECOVERED);
    }

    public static Alert of(String check, String id, AlertKind kind) {
        boolean down = kind == AlertKind.DOWN || kind == AlertKind.FLAPPING;
        return of(check, id, kind, down ? HealthState.UP : HealthState.DOWN, down ? HealthState.DOWN : HealthState.UP);
    }

    public static Alert of(String check, String id, AlertKind kind, HealthState from, HealthState to) {
        return new Alert(
                id,
                "incident-of-" + check,
                "shop",
                check,
                kind,
                from,
                to,
                NOON,
                NOON.plusSeconds(90),
                Duration.ofSeconds(90),
                FailureKind.STATUS,
                "HTTP 503 in 412 ms",
                "https://shop.example/",
                Evidence.none(),
                Map.of("team", "web"),
                List.of("+254700000000", "owner@shop.example"));
    }

    /** One of every kind, each with an id of its own. */
    public static List<Alert> ofEveryKind(String check) {
        return Stream.of(AlertKind.values())
                .map(kind -> of(check, "every-" + kind, kind))
                .toList();
    }

    /** One whose summary is as long as a message allows. */
    static Alert large(String check) {
        Alert small = numbered(check, 0);
        return new Alert(
                small.id(),
                small.incidentId(),
                small.monitor(),
                small.check(),
                small.kind(),
                small.from(),
                small.to(),
                small.since(),
                small.at(),
                small.duration(),
                small.failure(),
                "x".repeat(SiteStatusMessage.MAX_TEXT),
                small.target(),
                small.evidence(),
                small.labels(),
                small.contacts());
    }
}

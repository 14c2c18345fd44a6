package io.sitemonitor.alert;

import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.incident.StableId;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An alert of each kind as a shop would get it, for previews. */
final class SampleAlert {

    private static final Instant SINCE = Instant.parse("2026-11-22T12:00:00Z");
    private static final String HTTP = "HTTP 503 in 412 ms";

    private SampleAlert() {}

    static Alert of(AlertKind kind) {
        return switch (kind) {
            case DOWN -> outage(kind, 70, HealthState.UP, HealthState.DOWN, HTTP);
            case RECOVERED -> outage(kind, 1_932, HealthState.DOWN, HealthState.UP, "up again after 32 min 12 s");
            case ENDED -> outage(kind, 1_932, HealthState.DOWN, HealthState.UNKNOWN, "removed while it was down");
            case DEGRADED -> outage(kind, 70, HealthState.UP, HealthState.DEGRADED, "answered in 2.4 s, more than 1 s");
            case DEGRADATION_ENDED ->
                outage(kind, 1_932, HealthState.DEGRADED, HealthState.UP, "well again after 32 min 12 s");
            case FLAPPING -> outage(kind, 480, HealthState.UP, HealthState.DOWN, "6 changes within 10 min");
            case FLAPPING_ENDED -> outage(kind, 1_932, HealthState.DOWN, HealthState.UP, "calm for 10 min");
            case REMINDER -> outage(kind, 3_670, HealthState.DOWN, HealthState.DOWN, HTTP);
            case ACKNOWLEDGED ->
                outage(kind, 600, HealthState.DOWN, HealthState.DOWN, "storefront is acknowledged by ann");
            case ISOLATED -> monitor(kind, 30, HealthState.DOWN, "2 of 2 checks that prove it fail", Map.of());
            case ISOLATION_ENDED -> monitor(kind, 312, HealthState.UP, "online again after 5 min 12 s", Map.of());
            case DIGEST ->
                monitor(
                        kind,
                        70,
                        HealthState.DOWN,
                        "3 checks are down, all at gw.shop.example by CONNECT: storefront, payments, search",
                        members(AlertKind.DOWN, "connection refused"));
            case DIGEST_ENDED ->
                monitor(
                        kind,
                        1_932,
                        HealthState.UP,
                        "all of 3 checks are up again: storefront, payments, search",
                        members(AlertKind.RECOVERED, "up again after 32 min 12 s"));
        };
    }

    private static Alert outage(AlertKind kind, int seconds, HealthState from, HealthState to, String summary) {
        Map<String, Duration> phases = new LinkedHashMap<>();
        phases.put("dns", Duration.ofMillis(3));
        phases.put("connect", Duration.ofMillis(12));
        phases.put("tls", Duration.ofMillis(31));
        phases.put("first byte", Duration.ofMillis(365));
        Evidence evidence = new Evidence(
                "192.0.2.7:443",
                phases,
                kind.isClosing() ? Map.of("status", "200") : Map.of("status", "503"),
                kind.isClosing() ? null : "{\"error\":\"no backend is available\",\"queue\":1870}");
        FailureKind failure = to == HealthState.DEGRADED || from == HealthState.DEGRADED ? null : FailureKind.STATUS;
        return alert(kind, "storefront", seconds, from, to, failure, summary, "https://shop.example/", evidence);
    }

    private static Alert monitor(
            AlertKind kind, int seconds, HealthState to, String summary, Map<String, String> members) {
        HealthState from = kind.isClosing() ? HealthState.DOWN : HealthState.UP;
        Evidence evidence = new Evidence(null, Map.of(), members, null);
        FailureKind failure = kind == AlertKind.DIGEST ? FailureKind.CONNECT : null;
        return alert(
                kind,
                "shop",
                seconds,
                from,
                to,
                failure,
                summary,
                members.isEmpty() ? null : "gw.shop.example",
                evidence);
    }

    private static Map<String, String> members(AlertKind kind, String summary) {
        Map<String, String> members = new LinkedHashMap<>();
        for (String check : List.of("storefront", "payments", "search")) {
            members.put(check, kind + ": " + summary);
        }
        return members;
    }

    private static Alert alert(
            AlertKind kind,
            String check,
            int seconds,
            HealthState from,
            HealthState to,
            @Nullable FailureKind failure,
            String summary,
            @Nullable String target,
            Evidence evidence) {
        String incident = StableId.of("incident", "shop", check);
        return new Alert(
                StableId.of("alert", incident, kind.name()),
                incident,
                "shop",
                check,
                kind,
                from,
                to,
                SINCE,
                SINCE.plusSeconds(seconds),
                Duration.ofSeconds(seconds),
                failure,
                summary,
                target,
                evidence,
                Map.of("team", "web"),
                List.of("owner@shop.example"));
    }
}

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

/**
 * Ready alerts for tests: {@code Alerts.down("storefront")}, and {@code Alerts.of(AlertKind.DOWN).contacts("a@b").build()}
 * for special ones. The alerts of one check about one outage share their incident; ids follow from incident and kind, so
 * the same call gives the same alert.
 */
public final class Alerts {

    /** When the outages of the ready alerts began. */
    public static final Instant SINCE = Instant.parse("2026-11-22T12:00:00Z");

    private AlertKind kind;
    private @Nullable String id;
    private @Nullable String incident;
    private String monitor = "shop";
    private String check = "storefront";
    private @Nullable HealthState from;
    private @Nullable HealthState to;
    private Instant since = SINCE;
    private @Nullable Duration duration;
    private @Nullable FailureKind failure = FailureKind.STATUS;
    private String summary = "HTTP 503 in 412 ms";
    private @Nullable String target = "https://shop.example/";
    private Evidence evidence = new Evidence(
            "192.0.2.7:443", Map.of("connect", Duration.ofMillis(12)), Map.of("status", "503"), "Service Unavailable");
    private final Map<String, String> labels = new LinkedHashMap<>(Map.of("team", "web"));
    private List<String> contacts = List.of("owner@shop.example", "+254711000001");

    private Alerts(AlertKind kind) {
        this.kind = kind;
    }

    /** An outage of {@code check}, told 10 seconds after it began. */
    public static Alert down(String check) {
        return of(AlertKind.DOWN).check(check).build();
    }

    /** The recovery from {@link #down(String)}, told 4 minutes and 12 seconds after it began. */
    public static Alert recovered(String check) {
        return of(AlertKind.RECOVERED).check(check).build();
    }

    /** The removal of {@code check} during {@link #down(String)}. */
    public static Alert ended(String check) {
        return of(AlertKind.ENDED).check(check).build();
    }

    /** A degradation of {@code check}. */
    public static Alert degraded(String check) {
        return of(AlertKind.DEGRADED).check(check).build();
    }

    /** The end of {@link #degraded(String)}. */
    public static Alert degradationEnded(String check) {
        return of(AlertKind.DEGRADATION_ENDED).check(check).build();
    }

    /** Begins with an alert of this kind about the check {@code storefront} of the monitor {@code shop}. */
    public static Alerts of(AlertKind kind) {
        return new Alerts(kind);
    }

    public Alerts id(String id) {
        this.id = id;
        return this;
    }

    public Alerts incident(String incident) {
        this.incident = incident;
        return this;
    }

    public Alerts monitor(String monitor) {
        this.monitor = monitor;
        return this;
    }

    public Alerts check(String check) {
        this.check = check;
        return this;
    }

    public Alerts states(HealthState from, HealthState to) {
        this.from = from;
        this.to = to;
        return this;
    }

    public Alerts since(Instant since) {
        this.since = since;
        return this;
    }

    /** How long it lasted; the alert is decided that long after its beginning. */
    public Alerts duration(Duration duration) {
        this.duration = duration;
        return this;
    }

    public Alerts failure(@Nullable FailureKind failure) {
        this.failure = failure;
        return this;
    }

    public Alerts summary(String summary) {
        this.summary = summary;
        return this;
    }

    public Alerts target(@Nullable String target) {
        this.target = target;
        return this;
    }

    public Alerts evidence(Evidence evidence) {
        this.evidence = evidence;
        return this;
    }

    public Alerts label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    public Alerts withoutLabels() {
        labels.clear();
        return this;
    }

    public Alerts contacts(String... contacts) {
        this.contacts = List.of(contacts);
        return this;
    }

    public Alert build() {
        boolean outage = kind != AlertKind.DEGRADED && kind != AlertKind.DEGRADATION_ENDED;
        HealthState bad = outage ? HealthState.DOWN : HealthState.DEGRADED;
        HealthState after = kind == AlertKind.ENDED ? HealthState.UNKNOWN : HealthState.UP;
        Duration lasted = duration != null ? duration : Duration.ofSeconds(kind.isClosing() ? 252 : 10);
        String incidentId = incident != null ? incident : StableId.of("incident", monitor, check, since.toString());
        return new Alert(
                id != null ? id : StableId.of("alert", incidentId, kind.name()),
                incidentId,
                monitor,
                check,
                kind,
                from != null ? from : kind.isClosing() ? bad : HealthState.UP,
                to != null ? to : kind.isClosing() ? after : bad,
                since,
                since.plus(lasted),
                lasted,
                failure,
                summary,
                target,
                evidence,
                labels,
                contacts);
    }
}

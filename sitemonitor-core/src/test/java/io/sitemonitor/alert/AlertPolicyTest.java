package io.sitemonitor.alert;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.schedule.MaintenanceWindow;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which alerts a listener gets, and when. */
class AlertPolicyTest {

    @Test
    void selectsOutagesFlappingAndIsolationUnlessSaidOtherwise() {
        for (AlertKind kind : List.of(AlertKind.DOWN, AlertKind.FLAPPING, AlertKind.ISOLATED)) {
            assertThat(AlertPolicy.DEFAULT.refusal(alert("a", kind, Map.of()))).isNull();
        }
        assertThat(AlertPolicy.DEFAULT.refusal(alert("a", AlertKind.DEGRADED, Map.of())))
                .isEqualTo("it gets [DOWN, FLAPPING, ISOLATED] only");
    }

    @Test
    void selectsBySeverity() {
        AlertPolicy policy = policy(p -> p.atLeast(Severity.ERROR));
        assertThat(policy.refusal(alert("a", AlertKind.DOWN, Map.of()))).isNull();
        assertThat(policy.refusal(alert("a", AlertKind.DOWN, Map.of("severity", "error"))))
                .isNull();
        assertThat(policy.refusal(alert("a", AlertKind.DOWN, Map.of("severity", "warning"))))
                .isEqualTo("it gets what is at least ERROR only");
        assertThat(policy.refusal(alert("a", AlertKind.FLAPPING, Map.of()))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "shop, shop, true",
        "shop, shops, false",
        "shop-*, shop-db, true",
        "shop-*, shop-, true",
        "shop-*, shop, false",
        "*-db, shop-db, true",
        "*-db, -db, true",
        "*-db, shop-db-1, false",
        "*, anything, true",
        "a*b*c, abc, true",
        "a*b*c, aXbYc, true",
        "a*b*c, aXbYcZ, false",
        "a*b*c, acb, false",
        "a*bc*c, abc, false",
        "aa*aa, aaa, false",
        "**, x, true",
        "a.c, abc, false"
    })
    void selectsByTheNameOfTheCheck(String pattern, String name, boolean fits) {
        AlertPolicy policy = policy(p -> p.checks(pattern));
        assertThat(policy.refusal(alert(name, AlertKind.DOWN, Map.of())) == null)
                .isEqualTo(fits);
    }

    @Test
    void selectsByLabels() {
        AlertPolicy policy = policy(p -> p.label("team", "web", "shop").label("dc", "1"));
        assertThat(policy.refusal(alert("a", AlertKind.DOWN, Map.of("team", "shop", "dc", "1"))))
                .isNull();
        assertThat(policy.refusal(alert("a", AlertKind.DOWN, Map.of("team", "shop", "dc", "2"))))
                .isEqualTo("it gets what has the label dc of [1] only");
        assertThat(policy.refusal(alert("a", AlertKind.DOWN, Map.of("dc", "1"))))
                .contains("label team");
    }

    @Test
    void whatIsAboutTheMonitorHasNoNameAndNoLabelsToBeSelectedBy() {
        AlertPolicy policy = policy(p -> p.label("team", "web").checks("x"));
        assertThat(policy.refusal(alert("monitor", AlertKind.ISOLATED, Map.of())))
                .isNull();
    }

    @Test
    void aStandbyGetsNothingByItself() {
        assertThat(policy(AlertPolicyBuilder::standby).refusal(alert("a", AlertKind.DOWN, Map.of())))
                .isEqualTo("it gets only what other listeners have no budget for");
    }

    @Test
    void hoursAddUpAndFollowTheClockOfTheirZone() {
        ZoneId paris = ZoneId.of("Europe/Paris");
        AlertPolicy policy = policy(
                p -> p.workingHours(LocalTime.of(8, 0), LocalTime.of(12, 0), paris, DayOfWeek.MONDAY, DayOfWeek.TUESDAY)
                        .workingHours(LocalTime.of(22, 0), LocalTime.of(2, 0), paris));
        Instant sunday = Instant.parse("2026-03-29T00:30:00Z"); // 1:30, half an hour before the clocks go forward
        assertThat(policy.nextOpen(sunday)).isEqualTo(sunday);
        assertThat(policy.nextOpen(Instant.parse("2026-03-29T01:00:00Z")))
                .isEqualTo(Instant.parse("2026-03-29T20:00:00Z"));
        assertThat(policy.nextOpen(Instant.parse("2026-03-30T05:59:00Z")))
                .as("Monday, summer time")
                .isEqualTo(Instant.parse("2026-03-30T06:00:00Z"));
        assertThat(AlertPolicy.DEFAULT.nextOpen(sunday)).isEqualTo(sunday);
        AlertPolicy over = policy(p -> p.workingHours(MaintenanceWindow.once(sunday.minusSeconds(9), sunday)));
        assertThat(over.nextOpen(sunday)).isNull();
    }

    @Test
    void refusesWrongValues() {
        refuses(p -> p.remindEvery(ofMillis(999)), "remindEvery must be from PT1S to PT8784H, but was PT0.999S");
        refuses(p -> p.remindEvery(ofDays(367)), "remindEvery must be from PT1S to PT8784H, but was PT8808H");
        refuses(p -> p.after(ofSeconds(-1)), "after must be from PT0S to PT720H, but was PT-1S");
        refuses(p -> p.after(ofDays(31)), "after must be from PT0S to PT720H, but was PT744H");
        refuses(
                p -> p.budget(1),
                "budget must be from 2, since an outage is an alert and its end another, to 1000000, but was 1");
        refuses(p -> p.digest(0, ofSeconds(30)), "digest must be of more than 1 to 1000 alerts, but was 0");
        refuses(p -> p.digest(5, ofMillis(10)), "the time of digest must be from PT1S to PT1H, but was PT0.01S");
        refuses(p -> p.digest(5, ofHours(2)), "the time of digest must be from PT1S to PT1H, but was PT2H");
        refuses(p -> p.groupBy(" "), "the name of a label must not be empty, but was ' '");
        refuses(p -> p.label("", "x"), "the name of a label must not be empty, but was ''");
        refuses(p -> p.checks(""), "the name of a check must not be empty");
        refuses(p -> p.spillOver(""), "the name of a listener must not be empty");
        refuses(
                p -> p.workingHours(LocalTime.NOON, LocalTime.NOON, ZoneOffset.UTC),
                "from and to must not be the same time, but both were 12:00");
    }

    @Test
    void refusesOptionsWithoutWhatTheyNeed() {
        assertThatThrownBy(() -> policy(p -> p.named("sms").spillOver("mail")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("alert listener 'sms' has a spillOver, to 'mail', but no budget to exceed");
        assertThatThrownBy(() -> policy(p -> p.groupBy("team")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("an alert listener has a groupBy, 'team', but no digest to group");
    }

    @Test
    void doesNotChangeWithItsBuilder() {
        AlertPolicyBuilder builder = AlertPolicy.builder().kinds(AlertKind.DOWN).label("team", "web");
        AlertPolicy policy = builder.build();
        builder.kinds(AlertKind.DEGRADED).label("dc", "1").workingHours(LocalTime.MIN, LocalTime.NOON, ZoneOffset.UTC);
        assertThat(policy.kinds()).containsExactly(AlertKind.DOWN);
        assertThat(policy.refusal(alert("a", AlertKind.DOWN, Map.of("team", "web"))))
                .isNull();
        assertThat(policy.nextOpen(Instant.parse("2026-03-29T15:00:00Z"))).isEqualTo("2026-03-29T15:00:00Z");
    }

    private static void refuses(Consumer<AlertPolicyBuilder> option, String message) {
        assertThatThrownBy(() -> policy(option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static AlertPolicy policy(Consumer<AlertPolicyBuilder> options) {
        AlertPolicyBuilder builder = AlertPolicy.builder();
        options.accept(builder);
        return builder.build();
    }

    private static Alert alert(String check, AlertKind kind, Map<String, String> labels) {
        Alerts alert = Alerts.of(kind).check(check).withoutLabels();
        labels.forEach(alert::label);
        return alert.build();
    }
}

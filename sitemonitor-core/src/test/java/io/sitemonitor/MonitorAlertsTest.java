package io.sitemonitor;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.DeadLetter;
import io.sitemonitor.alert.PlannedAlert;
import io.sitemonitor.alert.PlannedAlert.Decision;
import io.sitemonitor.alert.Severity;
import io.sitemonitor.alert.Silence;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.event.AlertAcknowledged;
import io.sitemonitor.event.SilenceChanged;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people say about alerts. */
class MonitorAlertsTest {

    private final Stage stage = new Stage();
    private final ScriptedCheck check = ScriptedCheck.passing();
    private final RecordingAlerts boss = new RecordingAlerts();

    @AfterEach
    void close() {
        stage.close();
    }

    private Monitor start() {
        return stage.start(stage.builder()
                .check("shop", check, c -> c.label("team", "web"))
                .alert(boss, p -> p.named("boss").after(ofMinutes(15)).remindEvery(ofHours(1))));
    }

    private void fail() {
        check.fails("HTTP 503");
        stage.advance(ofMinutes(1));
    }

    @Test
    void anAcknowledgementEndsEscalation() {
        Monitor monitor = start();
        stage.advance(ofMinutes(1));
        fail();
        assertThat(monitor.alerts().acknowledge("shop", "ann:\nlooking into it"))
                .isTrue();
        assertThat(monitor.alerts().acknowledgements())
                .singleElement()
                .satisfies(taken -> assertThat(taken.by()).isEqualTo("ann: looking into it"));
        stage.advance(ofHours(3));
        assertThat(stage.events(AlertAcknowledged.class))
                .extracting(AlertAcknowledged::check, AlertAcknowledged::by)
                .containsExactly(tuple("shop", "ann: looking into it"));
        assertThat(boss.attempts()).isEmpty();
        assertThat(stage.alerts.kinds()).containsExactly(AlertKind.DOWN, AlertKind.ACKNOWLEDGED);
        check.passes();
        stage.advance(ofMinutes(10));
        assertThat(stage.alerts.kinds()).last().isEqualTo(AlertKind.RECOVERED);
        assertThat(boss.attempts()).isEmpty();
        assertThat(monitor.alerts().acknowledgements()).isEmpty();
    }

    @Test
    void whatNobodyTakesOnIsToldToMoreAndAgain() {
        start();
        stage.advance(ofMinutes(1));
        fail();
        stage.advance(ofMinutes(150));
        assertThat(boss.kinds()).containsExactly(AlertKind.DOWN, AlertKind.REMINDER, AlertKind.REMINDER);
    }

    @Test
    void mutesAndSnoozes() {
        Monitor monitor = start();
        stage.advance(ofMinutes(1));
        monitor.alerts().mute("boss", "on holiday", ofDays(1));
        monitor.alerts().snooze("shop", "known", ofMinutes(30));
        fail();
        stage.advance(ofMinutes(20));
        assertThat(stage.alerts.attempts()).isEmpty();
        assertThat(monitor.alerts().silences())
                .extracting(Silence::listener, Silence::check, Silence::reason)
                .containsExactly(tuple("boss", null, "on holiday"), tuple(null, "shop", "known"));
        monitor.alerts().endSnooze("shop");
        stage.advance(Duration.ZERO);
        assertThat(stage.alerts.kinds()).containsExactly(AlertKind.DOWN);
        assertThat(boss.attempts()).isEmpty();
        monitor.alerts().unmute("boss");
        stage.advance(Duration.ZERO);
        assertThat(boss.kinds()).containsExactly(AlertKind.DOWN);
        assertThat(monitor.alerts().silences()).isEmpty();
        assertThat(stage.events(SilenceChanged.class))
                .extracting(SilenceChanged::listener, SilenceChanged::check, SilenceChanged::reason)
                .containsExactly(
                        tuple("boss", null, "on holiday"),
                        tuple(null, "shop", "known"),
                        tuple(null, "shop", ""),
                        tuple("boss", null, ""));
    }

    @Test
    void saysWhoWouldBeTold() {
        RecordingAlerts office = new RecordingAlerts();
        Monitor monitor = stage.start(stage.builder()
                .check("shop", check, c -> c.label("team", "web"))
                .alert(boss, p -> p.named("boss").after(ofMinutes(15)))
                .alert(
                        office,
                        p -> p.named("office").workingHours(LocalTime.of(8, 0), LocalTime.of(11, 0), ZoneOffset.UTC))
                .alert(office, p -> p.named("data").label("team", "data"))
                .alert(office, p -> p.named("calm").atLeast(Severity.CRITICAL))
                .alert(office, p -> p.named("picky").when(alert -> false)));
        stage.advance(ofMinutes(1));
        assertThat(monitor.alerts().plan("shop", AlertKind.DOWN))
                .containsExactly(
                        new PlannedAlert(
                                "RecordingAlerts", Decision.NOW, Stage.START.plus(ofMinutes(1)), "it is told at once"),
                        new PlannedAlert(
                                "boss",
                                Decision.LATER,
                                Stage.START.plus(ofMinutes(16)),
                                "it is told only of what lasts for 15 min"),
                        new PlannedAlert(
                                "office", Decision.LATER, Stage.START.plus(ofHours(20)), "it is outside of its hours"),
                        new PlannedAlert("data", Decision.NOT, null, "it gets what has the label team of [data] only"),
                        new PlannedAlert("calm", Decision.NOW, Stage.START.plus(ofMinutes(1)), "it is told at once"),
                        new PlannedAlert("picky", Decision.NOT, null, "its filter does not want it"));
        assertThat(monitor.alerts().plan("shop", AlertKind.FLAPPING))
                .extracting(PlannedAlert::decision)
                .containsExactly(
                        Decision.NOW, Decision.LATER, Decision.LATER, Decision.NOT, Decision.NOT, Decision.NOT);
        assertThat(office.attempts()).as("nothing is told").isEmpty();
        assertThat(stage.alerts.attempts()).isEmpty();
    }

    @Test
    void deadLettersAreOfferedAgain() {
        Monitor monitor = start();
        stage.advance(ofMinutes(1));
        stage.alerts.failWith(new UndeliverableAlertException("no such mailbox"));
        fail();
        DeadLetter letter = monitor.alerts().deadLetters().get(0);
        stage.alerts.failWith(null);
        assertThat(monitor.alerts().replay(letter)).isTrue();
        stage.advance(Duration.ZERO);
        assertThat(stage.alerts.alerts()).containsExactly(letter.alert());
        assertThat(monitor.alerts().deadLetters()).isEmpty();
        assertThat(monitor.alerts().discard(letter)).isFalse();
    }

    @Test
    void refusesWhatDoesNotExist() {
        Monitor monitor = start();
        Alerts alerts = monitor.alerts();
        refuses(() -> alerts.acknowledge("shpo", "ann"), "monitor 'test' has no check named 'shpo'");
        refuses(() -> alerts.snooze("shpo", "known", ofHours(1)), "monitor 'test' has no check named 'shpo'");
        refuses(() -> alerts.plan("shpo", AlertKind.DOWN), "monitor 'test' has no check named 'shpo'");
        refuses(
                () -> alerts.plan("shop", AlertKind.RECOVERED),
                "plan takes DOWN, DEGRADED and FLAPPING, but was RECOVERED");
        refuses(
                () -> alerts.mute("bos", "x", ofHours(1)),
                "monitor 'test' has no alert listener named 'bos'; there are [RecordingAlerts, boss]");
        refuses(
                () -> alerts.mute("boss", "x", Duration.ZERO),
                "the limit of a silence must be more than zero, but was PT0S");
        assertThat(alerts.acknowledge("test", "ann")).as("nothing is open").isFalse();
    }

    @Test
    void needsARunningMonitor() {
        Monitor monitor = stage.builder().check("shop", check).build();
        assertThat(monitor.alerts().deadLetters()).isEmpty();
        assertThat(monitor.alerts().silences()).isEmpty();
        assertThat(monitor.alerts().acknowledgements()).isEmpty();
        assertThatThrownBy(() -> monitor.alerts().mute("RecordingAlerts", "x", ofHours(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("monitor 'test' is not running");
    }

    @Test
    void refusesSpillOversThatLeadNowhere() {
        MonitorBuilder nowhere =
                stage.builder().alert(boss, p -> p.named("sms").budget(5).spillOver("mial"));
        assertThatThrownBy(nowhere::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "alert listener 'sms' of monitor 'test' spills over to 'mial', which does not exist; there are"
                                + " [RecordingAlerts, sms]");
        MonitorBuilder circle = stage.builder()
                .alert(boss, p -> p.named("a").budget(5).spillOver("b"))
                .alert(boss, p -> p.named("b").budget(5).spillOver("a"));
        assertThatThrownBy(circle::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("alert listeners of monitor 'test' spill over in a circle: a -> b -> a");
        MonitorBuilder idle = stage.builder().alert(boss, p -> p.named("idle").standby());
        assertThatThrownBy(idle::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("alert listener 'idle' of monitor 'test' is a standby, but no other spills over to it");
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}

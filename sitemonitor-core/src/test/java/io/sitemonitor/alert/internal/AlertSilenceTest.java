package io.sitemonitor.alert.internal;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.alert.Silence;
import io.sitemonitor.testing.RecordingAlerts;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is muted, snoozed or off duty is told later of what still lasts, and of every end of what was told. */
class AlertSilenceTest {

    private final RouterStage stage = new RouterStage();

    @Test
    void aMutedListenerIsToldAtTheEndOfWhatStillLasts() {
        RecordingAlerts mail = stage.listen("mail", p -> {});
        RecordingAlerts pager = stage.listen("pager", p -> {});
        stage.mute("mail", ofHours(2));
        stage.down("a", "b");
        stage.advance(ofHours(1));
        stage.up("b");
        assertThat(RouterStage.told(mail)).isEmpty();
        assertThat(RouterStage.told(pager)).containsExactly("a DOWN", "b DOWN", "b RECOVERED");
        stage.advance(ofHours(1));
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN");
        assertThat(stage.skipped()).containsExactly("mail b: it was over before it could be told");
        stage.up("a");
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN", "a RECOVERED");
        assertThat(stage.router().waiting()).isZero();
    }

    /** §7.2. */
    @Test
    void theEndOfWhatWasToldComesThroughASilence() {
        RecordingAlerts mail = stage.listen("mail", p -> {});
        stage.down("a", "b");
        stage.mute("mail", ofDays(1));
        stage.snooze("b", ofDays(1));
        stage.up("a", "b");
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN", "b DOWN", "a RECOVERED", "b RECOVERED");
    }

    @Test
    void aSilenceCanBeEndedBefore() {
        RecordingAlerts mail = stage.listen("mail", p -> {});
        stage.mute("mail", ofDays(1));
        stage.snooze("b", ofDays(1));
        stage.down("a", "b");
        stage.router().endSilence("mail", null);
        stage.advance(Duration.ZERO);
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN");
        stage.router().endSilence(null, "b");
        stage.advance(Duration.ZERO);
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN", "b DOWN");
        assertThat(stage.router().silences()).isEmpty();
    }

    @Test
    void aSnoozedCheckIsToldToNobodyAndOthersAre() {
        RecordingAlerts mail = stage.listen("mail", p -> {});
        RecordingAlerts pager = stage.listen("pager", p -> {});
        stage.snooze("a", ofHours(1));
        stage.down("a", "b");
        assertThat(RouterStage.told(mail)).containsExactly("b DOWN");
        assertThat(RouterStage.told(pager)).containsExactly("b DOWN");
        stage.advance(ofHours(1));
        assertThat(RouterStage.told(pager)).containsExactly("b DOWN", "a DOWN");
    }

    @Test
    void aSilenceIsReplacedByTheNextForTheSame() {
        RecordingAlerts mail = stage.listen("mail", p -> {});
        stage.mute("mail", ofHours(1));
        stage.mute("mail", ofHours(3));
        stage.down("a");
        stage.advance(ofHours(2));
        assertThat(mail.attempts()).isEmpty();
        assertThat(stage.router().silences())
                .containsExactly(
                        new Silence("mail", null, "holidays", RouterStage.START, RouterStage.START.plus(ofHours(3))));
        stage.advance(ofHours(1));
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN");
        assertThat(stage.router().silences()).isEmpty();
    }

    @Test
    void whatIsHeldDoesNotExpireAndHasAllItsTimeAfterwards() {
        RecordingAlerts mail = stage.listen("mail", p -> p.expireAfter(ofMinutes(10)));
        stage.mute("mail", ofDays(3));
        stage.down("a");
        mail.failWith(new IOException("away"));
        stage.advance(ofDays(3).plus(ofMinutes(9)));
        assertThat(stage.deadLetters().list()).isEmpty();
        stage.advance(ofMinutes(2));
        assertThat(stage.deadLetters().list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSilenceOutlivesTheProcessAndSoDoesWhatIsHeld(boolean killed) {
        RecordingAlerts mail = stage.listen("mail", p -> {});
        stage.mute("mail", ofHours(2));
        stage.snooze("c", ofHours(1));
        stage.down("a", "b", "c");
        if (killed) {
            stage.kill();
        } else {
            stage.restart();
        }
        stage.advance(ofHours(1));
        stage.up("b");
        assertThat(mail.attempts()).isEmpty();
        assertThat(stage.skipped()).as("nobody was told of it, and nobody is").hasSize(1);
        stage.advance(ofHours(1));
        assertThat(RouterStage.told(mail)).containsExactlyInAnyOrder("a DOWN", "c DOWN");
        stage.up("a", "c");
        assertThat(mail.alerts()).hasSize(4);
        stage.kill(ofHours(1));
        assertThat(stage.kept()).as("what has ended is not kept").isZero();
    }

    @Test
    void aSilenceThatEndedWhileNobodyRanHoldsNothing() {
        RecordingAlerts mail = stage.listen("mail", p -> p.expireAfter(ofHours(1)));
        stage.mute("mail", ofHours(2));
        stage.down("a");
        stage.kill(ofHours(2).plus(ofMinutes(30)));
        assertThat(RouterStage.told(mail))
                .as("the time in which it was held does not count")
                .containsExactly("a DOWN");
    }

    @Test
    void anAlertThatWaitsForADestinationIsHeldToo() {
        RecordingAlerts mail = stage.listen("mail", p -> {});
        mail.failWith(new IOException("away"));
        stage.down("a");
        stage.mute("mail", ofHours(1));
        int attempts = mail.attempts().size();
        stage.advance(ofMinutes(50));
        mail.failWith(null);
        assertThat(mail.attempts()).hasSize(attempts);
        stage.up("a");
        stage.advance(ofMinutes(10));
        assertThat(RouterStage.told(mail)).as("it may know of it").containsExactly("a DOWN", "a RECOVERED");
    }

    @Test
    void isToldWithinItsHoursOnly() {
        RecordingAlerts mail = stage.listen(
                "mail",
                p -> p.workingHours(
                        LocalTime.of(8, 0),
                        LocalTime.of(18, 0),
                        ZoneOffset.UTC,
                        DayOfWeek.MONDAY,
                        DayOfWeek.TUESDAY,
                        DayOfWeek.WEDNESDAY,
                        DayOfWeek.THURSDAY,
                        DayOfWeek.FRIDAY));
        stage.down("a");
        assertThat(RouterStage.told(mail)).as("Monday, 12:00").containsExactly("a DOWN");
        stage.advance(ofHours(7));
        stage.down("b", "c");
        stage.up("a", "b");
        assertThat(RouterStage.told(mail)).as("Monday, 19:00").containsExactly("a DOWN", "a RECOVERED");
        stage.advance(ofHours(12).plus(ofMinutes(59)));
        assertThat(mail.alerts()).as("Tuesday, 7:59").hasSize(2);
        stage.advance(ofMinutes(1));
        assertThat(RouterStage.told(mail)).as("Tuesday, 8:00").containsExactly("a DOWN", "a RECOVERED", "c DOWN");
        stage.up("c");
        stage.advance(ofDays(4));
        stage.down("d");
        stage.advance(ofDays(1).plus(ofHours(23)));
        assertThat(mail.alerts()).as("Monday, 7:00").hasSize(4);
        stage.advance(ofHours(1));
        assertThat(RouterStage.told(mail)).as("Monday, 8:00").last().isEqualTo("d DOWN");
    }

    @Test
    void noticesThatTheClockWasSet() {
        RecordingAlerts mail = stage.listen("mail", p -> {});
        stage.mute("mail", ofDays(3));
        stage.down("a");
        stage.time().stepWallClock(ofDays(3));
        stage.advance(ofMinutes(1));
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN");
    }

    @Test
    void closingDoesNotWaitForWhatIsHeld() {
        RecordingAlerts mail = stage.listen("mail", p -> {});
        stage.mute("mail", ofDays(3));
        stage.down("a");
        Duration before = stage.time().elapsed();
        assertThat(stage.router().close(ofMinutes(5))).isEqualTo(1);
        assertThat(stage.time().elapsed()).isEqualTo(before);
        assertThat(mail.attempts()).isEmpty();
    }

    @Test
    void whatIsHeldIsNoTroubleOfDelivery() {
        stage.listen("mail", p -> {});
        stage.mute("mail", ofDays(3));
        stage.down("a");
        stage.advance(ofHours(1));
        assertThat(stage.router().longestWait(stage.time().nanos())).isZero();
        assertThat(stage.router().waiting()).isEqualTo(1);
    }

    @Test
    void refusesAListenerThatIsNotThere() {
        stage.listen("mail", p -> {});
        assertThatThrownBy(() -> stage.mute("male", ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("monitor 'test' has no alert listener named 'male'; there are [mail]");
        assertThatThrownBy(() -> stage.router().endSilence("male", null)).isInstanceOf(IllegalArgumentException.class);
    }
}

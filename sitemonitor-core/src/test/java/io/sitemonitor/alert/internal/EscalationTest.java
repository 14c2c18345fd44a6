package io.sitemonitor.alert.internal;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.testing.RecordingAlerts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lasts is told to more people, and again, until it is over or somebody has taken it on. */
class EscalationTest {

    private final RouterStage stage = new RouterStage();

    @Test
    void tellsOneAfterTheOther() {
        RecordingAlerts first = stage.listen("first", p -> {});
        RecordingAlerts second = stage.listen("second", p -> p.after(ofMinutes(15)));
        RecordingAlerts third = stage.listen("third", p -> p.after(ofMinutes(30)));
        stage.down("a");
        stage.advance(ofMinutes(14));
        assertThat(RouterStage.told(first)).containsExactly("a DOWN");
        assertThat(second.attempts()).isEmpty();
        stage.advance(ofMinutes(1));
        assertThat(RouterStage.told(second)).containsExactly("a DOWN");
        stage.advance(ofMinutes(10));
        stage.up("a");
        stage.advance(ofHours(1));
        assertThat(RouterStage.told(first)).containsExactly("a DOWN", "a RECOVERED");
        assertThat(RouterStage.told(second)).containsExactly("a DOWN", "a RECOVERED");
        assertThat(third.attempts()).as("it was over before").isEmpty();
        assertThat(stage.router().waiting()).isZero();
        assertThat(stage.kept()).isZero();
    }

    @Test
    void endsWithAnAcknowledgement() {
        RecordingAlerts first = stage.listen("first", p -> {});
        RecordingAlerts second = stage.listen("second", p -> p.after(ofMinutes(15)));
        RecordingAlerts third = stage.listen("third", p -> p.after(ofMinutes(30)));
        stage.down("a");
        stage.advance(ofMinutes(20));
        assertThat(stage.acknowledge("a")).isTrue();
        assertThat(stage.acknowledge("a")).as("only once").isFalse();
        assertThat(stage.acknowledge("b")).as("nothing is open").isFalse();
        assertThat(stage.router().acknowledgements()).hasSize(1);
        stage.advance(ofHours(1));
        stage.up("a");
        List<String> told = List.of("a DOWN", "a ACKNOWLEDGED", "a RECOVERED");
        assertThat(RouterStage.told(first)).isEqualTo(told);
        assertThat(RouterStage.told(second)).isEqualTo(told);
        assertThat(third.attempts()).isEmpty();
        assertThat(stage.skipped()).containsExactly("third a: it was acknowledged before it was to be told");
        assertThat(stage.router().acknowledgements()).isEmpty();
        assertThat(stage.kept()).isZero();

        stage.down("a");
        stage.advance(ofMinutes(30));
        assertThat(RouterStage.told(third)).as("a new outage is a new one").containsExactly("a DOWN");
    }

    @Test
    void saysWhoHasAcknowledged() {
        RecordingAlerts mail = stage.listen("mail", p -> {});
        stage.down("a");
        stage.advance(ofMinutes(3));
        stage.acknowledge("a");
        Alert alert = mail.alerts().get(1);
        assertThat(alert.kind()).isEqualTo(AlertKind.ACKNOWLEDGED);
        assertThat(alert.incidentId()).isEqualTo(mail.alerts().get(0).incidentId());
        assertThat(alert.summary()).isEqualTo("a is acknowledged by ann");
        assertThat(alert.duration()).isEqualTo(ofMinutes(3));
    }

    @Test
    void goesOnAfterTheEndOfTheProcess() {
        RecordingAlerts second = stage.listen("second", p -> p.after(ofMinutes(15)));
        stage.down("a", "b");
        stage.advance(ofMinutes(10));
        stage.kill(ofMinutes(2));
        assertThat(second.attempts()).isEmpty();
        stage.acknowledge("b");
        stage.kill();
        stage.advance(ofMinutes(3));
        assertThat(RouterStage.told(second)).containsExactly("a DOWN");
        stage.up("a", "b");
        assertThat(RouterStage.told(second)).containsExactly("a DOWN", "a RECOVERED");
        assertThat(stage.kept()).isZero();
    }

    @Test
    void remindsAsLongAsItLasts() {
        RecordingAlerts mail = stage.listen("mail", p -> p.remindEvery(ofHours(1)));
        RecordingAlerts pager = stage.listen("pager", p -> {});
        stage.down("a");
        stage.advance(ofMinutes(150));
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN", "a REMINDER", "a REMINDER");
        Alert reminder = mail.alerts().get(2);
        assertThat(reminder.duration()).isEqualTo(ofHours(2));
        assertThat(reminder.incidentId()).isEqualTo(mail.alerts().get(0).incidentId());
        assertThat(reminder.summary()).isEqualTo("a is down");
        assertThat(mail.alerts()).extracting(Alert::id).doesNotHaveDuplicates();
        stage.up("a");
        stage.advance(ofHours(5));
        assertThat(mail.alerts()).hasSize(4);
        assertThat(RouterStage.told(pager)).containsExactly("a DOWN", "a RECOVERED");
    }

    @Test
    void remindsOfNothingThatSomebodyHasTakenOn() {
        RecordingAlerts mail = stage.listen("mail", p -> p.remindEvery(ofHours(1)));
        stage.down("a");
        stage.advance(ofMinutes(90));
        stage.acknowledge("a");
        stage.advance(ofHours(5));
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN", "a REMINDER", "a ACKNOWLEDGED");
    }

    @Test
    void leavesOutRemindersThatCannotBeSent() {
        RecordingAlerts mail = stage.listen("mail", p -> p.remindEvery(ofHours(1)));
        stage.down("a");
        stage.mute("mail", ofMinutes(150));
        stage.advance(ofMinutes(170));
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN");
        stage.advance(ofMinutes(10));
        assertThat(RouterStage.told(mail)).as("at the third hour").containsExactly("a DOWN", "a REMINDER");
        mail.failWith(new IOException("away"));
        stage.advance(ofHours(5));
        mail.failWith(null);
        stage.advance(ofMinutes(59));
        assertThat(mail.alerts()).as("one waits, not five").hasSize(3);
    }

    /** On the same grid and with the same ids. */
    @Test
    void remindsAfterTheEndOfTheProcess() {
        RecordingAlerts mail = stage.listen("mail", p -> p.remindEvery(ofHours(1)));
        stage.down("a");
        stage.advance(ofMinutes(90));
        stage.kill(ofMinutes(20));
        stage.advance(ofMinutes(9));
        assertThat(mail.alerts()).hasSize(2);
        stage.advance(ofMinutes(1));
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN", "a REMINDER", "a REMINDER");
        assertThat(mail.alerts()).extracting(Alert::id).doesNotHaveDuplicates();
        stage.acknowledge("a");
        stage.kill();
        stage.advance(ofHours(5));
        assertThat(mail.alerts()).as("acknowledged before").hasSize(4);
        stage.up("a");
        stage.advance(ofHours(5));
        assertThat(mail.alerts()).hasSize(5);
        assertThat(stage.kept()).isZero();
    }

    @Test
    void doesNotRemindOfWhatIsOverBeforeItIsDelivered() {
        RecordingAlerts mail = stage.listen("mail", p -> p.remindEvery(ofMinutes(1)));
        mail.failWith(new IOException("away"));
        stage.down("a");
        stage.up("a");
        stage.advance(ofMinutes(10));
        mail.failWith(null);
        stage.advance(ofHours(1));
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN", "a RECOVERED");
    }

    /** An acknowledgement is told only where the outage was. */
    @Test
    void tellsNobodyOfAnAcknowledgementOfWhatHeDoesNotKnow() {
        RecordingAlerts muted = stage.listen("muted", p -> {});
        RecordingAlerts picky = stage.listen("picky", p -> p.when(alert -> false));
        stage.mute("muted", ofHours(1));
        stage.down("a");
        stage.acknowledge("a");
        stage.advance(Duration.ofMinutes(59));
        assertThat(muted.attempts()).isEmpty();
        assertThat(picky.attempts()).isEmpty();
        stage.advance(ofMinutes(1));
        assertThat(RouterStage.told(muted)).as("and not before").containsExactly("a DOWN", "a ACKNOWLEDGED");
        assertThat(stage.router().waiting()).isZero();
    }
}

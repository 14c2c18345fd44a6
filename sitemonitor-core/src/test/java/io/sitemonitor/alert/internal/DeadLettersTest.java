package io.sitemonitor.alert.internal;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.DeadLetter;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.testing.RecordingAlerts;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was given up can be read, tried again, or forgotten, also after a restart. */
class DeadLettersTest {

    private final RouterStage stage = new RouterStage();
    private final RecordingAlerts mail = stage.listen("mail", p -> p.expireAfter(ofMinutes(1)));

    @Test
    void areOfferedAgainWithTheSameId() {
        mail.failWith(new UndeliverableAlertException("no such mailbox"));
        stage.down("a");
        DeadLetter letter = stage.deadLetters().list().get(0);
        mail.failWith(null);
        assertThat(stage.router().replay(letter)).isTrue();
        stage.advance(ofMinutes(1));
        assertThat(mail.alerts()).containsExactly(letter.alert());
        assertThat(stage.deadLetters().list()).isEmpty();
        assertThat(stage.router().replay(letter)).as("it is none any more").isFalse();
    }

    /** §7.2. */
    @Test
    void whatLastsIsClosedOnceItWasToldAfterAll() {
        RecordingAlerts pager = stage.listen("pager", p -> {});
        stage.listen("mail", mail, p -> p.capacity(1).expireAfter(ofMinutes(1)));
        mail.failWith(new IOException("away"));
        stage.down("a", "b");
        DeadLetter letter = stage.deadLetters().list().get(0);
        assertThat(letter.alert().check()).as("no room for it").isEqualTo("b");
        mail.failWith(null);
        stage.advance(ofMinutes(1));
        stage.router().replay(letter);
        stage.advance(ofMinutes(1));
        stage.kill();
        stage.up("a");
        stage.up("b");
        stage.advance(ofMinutes(1));
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN", "b DOWN", "a RECOVERED", "b RECOVERED");
        assertThat(RouterStage.told(pager)).hasSize(4);
    }

    /** §7.2, where the process that gave it up has noted that nobody was told. */
    @Test
    void whatLastsIsClosedAlsoIfAnotherProcessTellsItAfterAll() {
        stage.listen("pager", p -> {});
        stage.listen("mail", mail, p -> p.capacity(1).expireAfter(ofMinutes(1)));
        mail.failWith(new IOException("away"));
        stage.down("a", "b");
        mail.failWith(null);
        stage.advance(ofMinutes(1));
        stage.kill();
        assertThat(stage.router().replay(stage.deadLetters().list().get(0))).isTrue();
        stage.advance(ofMinutes(1));
        stage.up("a");
        stage.up("b");
        stage.advance(ofMinutes(1));
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN", "b DOWN", "a RECOVERED", "b RECOVERED");
    }

    @Test
    void isHeldLikeAnyOtherAlert() {
        mail.failWith(new UndeliverableAlertException("no such mailbox"));
        stage.down("a");
        DeadLetter letter = stage.deadLetters().list().get(0);
        mail.failWith(null);
        stage.mute("mail", ofMinutes(30));
        stage.router().replay(letter);
        stage.advance(ofMinutes(29));
        assertThat(mail.alerts()).isEmpty();
        stage.advance(ofMinutes(1));
        assertThat(mail.alerts()).containsExactly(letter.alert());
    }

    @Test
    void outliveTheProcessAndSoDoesTheirReplay() {
        mail.failWith(new IOException("away"));
        stage.down("a");
        stage.advance(ofMinutes(2));
        stage.down("b");
        stage.advance(ofMinutes(2));
        List<DeadLetter> before = stage.deadLetters().list();
        assertThat(before).hasSize(2);
        stage.kill();
        assertThat(stage.deadLetters().list()).isEqualTo(before);

        stage.router().replay(before.get(1));
        stage.advance(ofMinutes(0));
        stage.kill();
        assertThat(stage.deadLetters().list()).containsExactly(before.get(0));
        mail.failWith(null);
        stage.advance(ofMinutes(1));
        assertThat(RouterStage.told(mail)).containsExactly("b DOWN");
    }

    @Test
    void canBeForgotten() {
        mail.failWith(new UndeliverableAlertException("no such mailbox"));
        stage.down("a");
        DeadLetter letter = stage.deadLetters().list().get(0);
        assertThat(stage.router().discard(letter)).isTrue();
        assertThat(stage.router().discard(letter)).isFalse();
        assertThat(stage.deadLetters().list()).isEmpty();
        stage.advance(ofMinutes(1));
        stage.kill();
        assertThat(stage.deadLetters().list()).isEmpty();
    }

    @Test
    void onlySoManyAreRememberedAndKept() {
        mail.failWith(new UndeliverableAlertException("no such mailbox"));
        for (int i = 0; i < 1_010; i++) {
            stage.down("c" + i);
            stage.up("c" + i);
        }
        List<DeadLetter> letters = stage.deadLetters().list();
        assertThat(letters).hasSize(1_000);
        stage.kill();
        assertThat(stage.deadLetters().list()).containsExactlyInAnyOrderElementsOf(letters);
        assertThat(stage.kept()).isEqualTo(1_000);
    }
}

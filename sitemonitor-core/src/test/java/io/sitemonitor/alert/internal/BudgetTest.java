package io.sitemonitor.alert.internal;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.event.AlertDelivered;
import io.sitemonitor.testing.RecordingAlerts;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener gets no more a day than its budget allows, and still every end of what it was told. */
class BudgetTest {

    private final RouterStage stage = new RouterStage();

    @Test
    void keepsRoomForTheEndOfWhatWasToldAndSpillsTheRest() {
        RecordingAlerts sms = stage.listen("sms", p -> p.budget(4).spillOver("mail"));
        RecordingAlerts mail = stage.listen("mail", p -> p.standby());
        stage.down("a", "b", "c", "d");
        assertThat(RouterStage.told(sms)).containsExactly("a DOWN", "b DOWN");
        assertThat(RouterStage.told(mail)).containsExactly("c DOWN", "d DOWN");
        stage.up("a", "b", "c", "d");
        assertThat(RouterStage.told(sms)).containsExactly("a DOWN", "b DOWN", "a RECOVERED", "b RECOVERED");
        assertThat(RouterStage.told(mail)).containsExactly("c DOWN", "d DOWN", "c RECOVERED", "d RECOVERED");
        assertThat(stage.deadLetters().list()).isEmpty();
        assertThat(stage.router().waiting()).isZero();
    }

    @Test
    void isThereAgainOnTheNextDay() {
        RecordingAlerts sms = stage.listen("sms", p -> p.budget(2, ZoneId.of("Africa/Nairobi")));
        stage.down("a");
        stage.up("a");
        stage.down("b", "c");
        stage.up("c");
        stage.advance(ofHours(9).minus(ofMinutes(1)));
        assertThat(RouterStage.told(sms)).as("23:59 in Nairobi").containsExactly("a DOWN", "a RECOVERED");
        stage.advance(ofMinutes(1));
        assertThat(RouterStage.told(sms)).as("what still lasts").containsExactly("a DOWN", "a RECOVERED", "b DOWN");
        assertThat(stage.skipped()).containsExactly("sms c: it was over before it could be told");
        stage.up("b");
        assertThat(RouterStage.told(sms)).last().isEqualTo("b RECOVERED");
    }

    @Test
    void isNotGivenToTheOtherTwice() {
        RecordingAlerts sms = stage.listen("sms", p -> p.budget(2).spillOver("mail"));
        RecordingAlerts mail = stage.listen("mail", p -> {});
        stage.down("a", "b");
        stage.up("a", "b");
        assertThat(RouterStage.told(sms)).containsExactly("a DOWN", "a RECOVERED");
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN", "b DOWN", "a RECOVERED", "b RECOVERED");
        assertThat(stage.skipped()).containsExactly("sms b: it has no budget for it today");
    }

    @Test
    void spillsOverAlongAChain() {
        RecordingAlerts sms = stage.listen("sms", p -> p.budget(2).spillOver("chat"));
        RecordingAlerts chat = stage.listen("chat", p -> p.standby().budget(2).spillOver("mail"));
        RecordingAlerts mail = stage.listen("mail", p -> p.standby());
        stage.down("a", "b", "c");
        stage.up("a", "b", "c");
        assertThat(RouterStage.told(sms)).containsExactly("a DOWN", "a RECOVERED");
        assertThat(RouterStage.told(chat)).containsExactly("b DOWN", "b RECOVERED");
        assertThat(RouterStage.told(mail)).containsExactly("c DOWN", "c RECOVERED");
        assertThat(stage.kept()).as("but for the budgets").isEqualTo(2);
    }

    @Test
    void hasNoRoomForRemindersBesideTheEndsToCome() {
        RecordingAlerts sms = stage.listen("sms", p -> p.budget(4).remindEvery(ofHours(1)));
        stage.down("a");
        stage.advance(ofHours(8));
        stage.up("a");
        assertThat(RouterStage.told(sms)).containsExactly("a DOWN", "a REMINDER", "a REMINDER", "a RECOVERED");
    }

    @Test
    void outlivesTheProcess() {
        RecordingAlerts sms = stage.listen("sms", p -> p.budget(4).spillOver("mail"));
        RecordingAlerts mail = stage.listen("mail", p -> p.standby());
        stage.down("a");
        stage.up("a");
        stage.down("b");
        stage.kill();
        stage.down("c");
        assertThat(RouterStage.told(sms)).containsExactly("a DOWN", "a RECOVERED", "b DOWN");
        assertThat(RouterStage.told(mail)).containsExactly("c DOWN");
        stage.kill();
        stage.up("b", "c");
        assertThat(RouterStage.told(sms)).last().isEqualTo("b RECOVERED");
        assertThat(RouterStage.told(mail)).containsExactly("c DOWN", "c RECOVERED");
    }

    @Test
    void countsWhatIsDeliveredAndNotWhatFails() {
        RecordingAlerts sms = stage.listen("sms", p -> p.budget(2));
        sms.failWith(new IOException("no credit"));
        stage.down("a");
        stage.advance(ofMinutes(10));
        sms.failWith(null);
        stage.up("a");
        stage.advance(ofMinutes(10));
        assertThat(RouterStage.told(sms)).containsExactly("a DOWN", "a RECOVERED");
    }

    @Test
    void givesBackWhatWasGivenUp() {
        RecordingAlerts sms = stage.listen("sms", p -> p.budget(2).expireAfter(ofMinutes(1)));
        sms.failWith(new IOException("no credit"));
        stage.down("a");
        stage.advance(ofMinutes(2));
        sms.failWith(null);
        stage.down("b");
        stage.advance(ofMinutes(2));
        assertThat(RouterStage.told(sms)).containsExactly("b DOWN");
    }

    /** Whatever comes, no day sees more than the budget but for ends of outages of days before. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isNeverExceeded(long seed) {
        Random random = new Random(seed);
        int most = 2 + random.nextInt(10);
        RecordingAlerts sms = stage.listen("sms", p -> p.budget(most).remindEvery(ofHours(5)));
        boolean[] down = new boolean[12];
        for (int hour = 0; hour < 24 * 20; hour++) {
            int check = random.nextInt(down.length);
            if (down[check]) {
                stage.up("c" + check);
            } else {
                stage.down("c" + check);
            }
            down[check] = !down[check];
            if (random.nextInt(20) == 0) {
                stage.kill();
            }
            stage.advance(ofHours(1));
        }
        Map<LocalDate, Long> perDay = stage.events().stream()
                .filter(AlertDelivered.class::isInstance)
                .collect(Collectors.groupingBy(
                        event -> event.at().atZone(ZoneOffset.UTC).toLocalDate(), Collectors.counting()));
        assertThat(perDay).as("seed %d, budget %d", seed, most).hasSizeGreaterThan(15);
        assertThat(perDay.values()).as("seed %d, budget %d", seed, most).allMatch(count -> count <= most);
        for (int check = 0; check < down.length; check++) {
            if (down[check]) {
                stage.up("c" + check);
            }
        }
        stage.advance(ofDays(2));
        for (int check = 0; check < down.length; check++) {
            String name = "c" + check;
            List<String> told = RouterStage.told(sms).stream()
                    .filter(each -> each.startsWith(name + " ") && !each.endsWith("REMINDER"))
                    .toList();
            for (int i = 0; i < told.size(); i++) {
                assertThat(told.get(i)).isEqualTo(name + (i % 2 == 0 ? " DOWN" : " RECOVERED"));
            }
            assertThat(told.size() % 2).as("every end is told").isZero();
        }
    }
}

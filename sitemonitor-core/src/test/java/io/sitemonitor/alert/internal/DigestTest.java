package io.sitemonitor.alert.internal;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.testing.RecordingAlerts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many alerts become one, and so do their ends. */
class DigestTest {

    private final RouterStage stage = new RouterStage();

    @Test
    void theFirstGoOutAtOnceAndTheRestTogether() {
        RecordingAlerts mail = stage.listen("mail", p -> p.digest(2, ofSeconds(30)));
        RecordingAlerts pager = stage.listen("pager", p -> {});
        stage.down(checks(1, 15));
        assertThat(RouterStage.told(mail)).containsExactly("c1 DOWN", "c2 DOWN");
        assertThat(pager.alerts()).hasSize(15);
        stage.advance(ofSeconds(30));
        assertThat(RouterStage.told(mail)).containsExactly("c1 DOWN", "c2 DOWN", "test DIGEST");
        Alert digest = mail.alerts().get(2);
        assertThat(digest.summary())
                .isEqualTo("13 checks are down, all by CONNECT: c3, c4, c5, c6, c7, c8, c9, c10, c11, c12 and 3 more");
        assertThat(digest.to()).isEqualTo(HealthState.DOWN);
        assertThat(digest.since()).isEqualTo(RouterStage.START);
        assertThat(digest.duration()).isEqualTo(ofSeconds(30));
        assertThat(digest.evidence().facts()).hasSize(13).containsEntry("c3", "DOWN: c3 is down");

        stage.up(checks(1, 15));
        assertThat(RouterStage.told(mail))
                .containsExactly("c1 DOWN", "c2 DOWN", "test DIGEST", "c1 RECOVERED", "c2 RECOVERED");
        stage.advance(ofSeconds(30));
        Alert end = mail.alerts().get(5);
        assertThat(end.kind()).isEqualTo(AlertKind.DIGEST_ENDED);
        assertThat(end.incidentId()).isEqualTo(digest.incidentId());
        assertThat(end.summary())
                .isEqualTo("all of 13 checks are up again: c3, c4, c5, c6, c7, c8, c9, c10, c11, c12 and 3 more");
        assertThat(end.since()).isEqualTo(RouterStage.START);
        assertThat(stage.router().waiting()).isZero();
        assertThat(stage.kept()).isZero();
    }

    @Test
    void tellsWhatIsOverAndWhatLasts() {
        RecordingAlerts mail = stage.listen("mail", p -> p.digest(1, ofSeconds(30)));
        stage.down(checks(1, 6));
        stage.advance(ofMinutes(5));
        stage.up("c2", "c3");
        stage.advance(ofSeconds(20));
        stage.up("c4");
        stage.advance(ofSeconds(10));
        List<Alert> told = mail.alerts();
        assertThat(told).extracting(Alert::kind).containsExactly(AlertKind.DOWN, AlertKind.DIGEST, AlertKind.DIGEST);
        assertThat(told.get(2).summary()).isEqualTo("3 are over: c2, c3, c4; 2 last: c5, c6");
        assertThat(told.get(2).incidentId()).isEqualTo(told.get(1).incidentId());
        assertThat(told.get(2).id()).isNotEqualTo(told.get(1).id());
        stage.up("c5");
        stage.down("c2", "c3");
        stage.advance(ofSeconds(30));
        stage.down("c4");
        stage.advance(ofMinutes(2));
        assertThat(mail.alerts().subList(3, mail.alerts().size()))
                .extracting(Alert::summary)
                .as("whatever comes while something is collected is collected, too; what comes later is not")
                .containsExactly(
                        "2 more checks are down, all by CONNECT: c2, c3; 1 is over: c5; 3 last: c6, c2, c3",
                        "c4 is down");
    }

    @Test
    void aSingleOneThatWasHeldBackGoesOutAsItIs() {
        RecordingAlerts mail = stage.listen("mail", p -> p.digest(2, ofSeconds(30)));
        stage.down("a", "b", "c");
        assertThat(mail.alerts()).hasSize(2);
        stage.advance(ofSeconds(30));
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN", "b DOWN", "c DOWN");
        stage.up("c");
        assertThat(RouterStage.told(mail)).last().isEqualTo("c RECOVERED");
    }

    @Test
    void whatIsOverBeforeItIsToldIsNotTold() {
        RecordingAlerts mail = stage.listen("mail", p -> p.digest(1, ofSeconds(30)));
        stage.down("a", "b", "c", "d");
        stage.up("b", "c");
        stage.advance(ofMinutes(1));
        assertThat(RouterStage.told(mail)).containsExactly("a DOWN", "d DOWN");
        assertThat(stage.skipped()).hasSize(2);
    }

    @Test
    void oneByOneIsNoStorm() {
        RecordingAlerts mail = stage.listen("mail", p -> p.digest(2, ofSeconds(30)));
        for (int i = 0; i < 10; i++) {
            stage.down("c" + i);
            stage.advance(ofSeconds(15));
        }
        assertThat(mail.kinds()).hasSize(10).containsOnly(AlertKind.DOWN);
    }

    /** What is kept of a digest is bounded, and so is what it holds up. */
    @Test
    void tellsOfNoMoreThanAThousandInOne() {
        RecordingAlerts mail = stage.listen("mail", p -> p.digest(1, ofSeconds(30)));
        stage.down(checks(1, 2_502));
        stage.advance(ofSeconds(30));
        assertThat(mail.alerts().subList(1, 4))
                .extracting(alert -> alert.kind() + " " + alert.summary().split(" ")[0])
                .containsExactly("DIGEST 1000", "DIGEST 1000", "DIGEST 501");
        stage.up("c2", "c1200", "c2400");
        stage.advance(ofSeconds(30));
        assertThat(mail.alerts().subList(4, 7)).extracting(Alert::kind).containsOnly(AlertKind.DIGEST);
        stage.kill();
        stage.up(IntStream.rangeClosed(1, 2_502)
                .filter(i -> i != 2 && i != 1_200 && i != 2_400)
                .mapToObj(i -> "c" + i)
                .toArray(String[]::new));
        stage.advance(ofSeconds(30));
        assertThat(mail.alerts().subList(7, 11))
                .extracting(Alert::kind)
                .containsExactlyInAnyOrder(
                        AlertKind.RECOVERED, AlertKind.DIGEST_ENDED, AlertKind.DIGEST_ENDED, AlertKind.DIGEST_ENDED);
        assertThat(stage.kept()).isZero();
    }

    @Test
    void keepsWhatConcernsOthersApart() {
        RecordingAlerts mail = stage.listen("mail", p -> p.digest(1, ofSeconds(30)));
        stage.concerning("ann@shop.example").down("a1", "a2", "a3");
        stage.concerning("bob@shop.example").down("b1", "b2", "b3");
        stage.advance(ofSeconds(30));
        assertThat(RouterStage.told(mail))
                .containsExactlyInAnyOrder("a1 DOWN", "b1 DOWN", "test DIGEST", "test DIGEST");
        assertThat(mail.alerts().subList(2, 4))
                .extracting(alert -> alert.contacts() + " " + alert.summary())
                .containsExactlyInAnyOrder(
                        "[ann@shop.example] 2 checks are down, all by CONNECT: a2, a3",
                        "[bob@shop.example] 2 checks are down, all by CONNECT: b2, b3");
    }

    @Test
    void groupsByALabel() {
        RecordingAlerts mail =
                stage.listen("mail", p -> p.digest(1, ofSeconds(30)).groupBy("team"));
        stage.labelled(Map.of("team", "web", "dc", "1")).down("a1", "a2", "a3");
        stage.labelled(Map.of("team", "data", "dc", "1")).down("b1", "b2", "b3");
        stage.advance(ofSeconds(30));
        assertThat(mail.alerts().stream().filter(alert -> alert.kind() == AlertKind.DIGEST))
                .extracting(alert ->
                        alert.labels().get("team") + " " + alert.labels().get("dc"))
                .containsExactlyInAnyOrder("web 1", "data 1");
    }

    @Test
    void outlivesTheProcess() {
        RecordingAlerts mail =
                stage.listen("mail", p -> p.digest(1, ofSeconds(30)).remindEvery(ofHours(1)));
        stage.down(checks(1, 5));
        stage.advance(ofSeconds(30));
        stage.kill();
        stage.up("c1", "c2");
        stage.advance(ofSeconds(30));
        assertThat(RouterStage.told(mail)).containsExactly("c1 DOWN", "test DIGEST", "c1 RECOVERED", "test DIGEST");
        stage.kill(ofMinutes(59));
        stage.advance(ofMinutes(2));
        assertThat(RouterStage.told(mail)).last().isEqualTo("test REMINDER");
        stage.up("c3", "c4", "c5");
        stage.advance(ofSeconds(30));
        assertThat(RouterStage.told(mail)).last().isEqualTo("test DIGEST_ENDED");
        assertThat(mail.alerts()).extracting(Alert::id).doesNotHaveDuplicates();
        stage.advance(ofHours(3));
        assertThat(mail.alerts()).hasSize(6);
        assertThat(stage.kept()).isZero();
    }

    @Test
    void isToldAgainAsItIsAfterAFailureAndAKill() {
        RecordingAlerts mail = stage.listen("mail", p -> p.digest(1, ofSeconds(30)));
        stage.down("c1");
        mail.failWith(new IOException("away"));
        stage.down("c2", "c3");
        stage.advance(ofMinutes(1));
        String id = mail.attempts().get(mail.attempts().size() - 1).id();
        stage.kill();
        mail.failWith(null);
        stage.advance(ofMinutes(1));
        assertThat(RouterStage.told(mail)).containsExactly("c1 DOWN", "test DIGEST");
        assertThat(mail.alerts().get(1).id()).isEqualTo(id);
    }

    @Test
    void closingTellsWhatHasBeenCollected() {
        RecordingAlerts mail = stage.listen("mail", p -> p.digest(1, ofMinutes(10)));
        stage.down("c1", "c2", "c3");
        stage.restart();
        assertThat(RouterStage.told(mail)).containsExactly("c1 DOWN", "test DIGEST");
        stage.up("c2", "c3");
        stage.advance(ofMinutes(10));
        assertThat(RouterStage.told(mail)).last().isEqualTo("test DIGEST_ENDED");
    }

    @Test
    void aMutedListenerGetsNoDigest() {
        RecordingAlerts mail = stage.listen("mail", p -> p.digest(1, ofSeconds(30)));
        stage.down("c1", "c2", "c3");
        stage.mute("mail", ofHours(1));
        stage.advance(ofMinutes(59));
        assertThat(RouterStage.told(mail)).containsExactly("c1 DOWN");
        stage.advance(ofMinutes(2));
        assertThat(mail.alerts()).hasSizeGreaterThan(1);
    }

    @Test
    void remindersEndOnceAllIsTakenOn() {
        RecordingAlerts mail =
                stage.listen("mail", p -> p.digest(1, ofSeconds(30)).remindEvery(ofHours(1)));
        stage.down("c1", "c2", "c3");
        stage.up("c1");
        stage.advance(ofSeconds(30));
        stage.acknowledge("c2");
        stage.advance(ofHours(1));
        assertThat(RouterStage.told(mail)).last().isEqualTo("test REMINDER");
        stage.acknowledge("c3");
        int told = mail.alerts().size();
        stage.advance(ofHours(5));
        assertThat(mail.alerts()).hasSize(told);
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/a?b=c, shop.example",
        "https://shop.example:8443, shop.example",
        "gw.internal:443, gw.internal",
        "tcp://[::1]:80/, [::1]",
        "::1, ::1",
        "my disk, my disk"
    })
    void findsTheHostOfATarget(String target, String host) {
        assertThat(DigestForm.host(target)).isEqualTo(host);
    }

    private static String[] checks(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "c" + i).toArray(String[]::new);
    }
}

package io.sitemonitor.check.internal;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.SteppingTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunNotesTest {

    private final RunNotes notes = new RunNotes(new SteppingTime(ofMillis(10)));

    @Test
    void becomesTheEvidenceOfTheRun() {
        notes.phase("connect");
        notes.address("192.0.2.7:80");
        notes.fact("status", "busy");
        notes.fact("status", "ready");
        notes.excerpt("hello");
        notes.pause();

        assertThat(notes.evidence(text -> text))
                .isEqualTo(new Evidence(
                        "192.0.2.7:80", Map.of("connect", ofMillis(10)), Map.of("status", "ready"), "hello"));
    }

    @Test
    void showsNothingThatIsToBeHidden() {
        notes.fact("greeting", "hello s3cret");
        notes.excerpt("s3cret");

        assertThat(notes.evidence(text -> text.replace("s3cret", "***")))
                .isEqualTo(new Evidence(null, Map.of(), Map.of("greeting", "hello ***"), "***"));
    }

    @Test
    void addsUpPhasesOfOneName() {
        notes.phase("exchange");
        notes.phase("other");
        notes.phase("exchange");
        notes.pause();
        notes.pause();

        assertThat(notes.evidence(text -> text).phases())
                .isEqualTo(Map.of("exchange", ofMillis(20), "other", ofMillis(10)));
    }

    @Test
    void keepsOfAnAttemptOnlyHowLongItTook() {
        notes.phase("dns");
        notes.pause();
        notes.fact("status", "busy");
        notes.address("192.0.2.7:80");
        RunNotes attempt = notes.attempt();
        attempt.phase("connect");
        attempt.pause();

        assertThat(attempt.evidence(text -> text))
                .isEqualTo(new Evidence(null, Map.of("dns", ofMillis(10), "connect", ofMillis(10)), Map.of(), null));
        assertThat(notes.evidence(text -> text).phases()).containsOnlyKeys("dns");
        assertThat(attempt.took()).isEqualTo(ofMillis(50));
    }
}

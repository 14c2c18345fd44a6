package io.sitemonitor.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckResultTest {

    @Test
    void summarisesItself() {
        assertThat(CheckResult.pass().summary()).isEqualTo("PASS");
        assertThat(CheckResult.pass("HTTP 200").summary()).isEqualTo("PASS: HTTP 200");
        assertThat(CheckResult.warn("slow").summary()).isEqualTo("WARN: slow");
        assertThat(CheckResult.fail("backlog is 700").summary()).isEqualTo("ASSERTION: backlog is 700");
        assertThat(CheckResult.fail(FailureKind.STATUS, "HTTP 503").summary()).isEqualTo("STATUS: HTTP 503");
        assertThat(CheckResult.inconclusive("offline").summary()).isEqualTo("INCONCLUSIVE: offline");
    }

    @Test
    void refusesVerdictsThatDoNotFitTheFailure() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckResult(Verdict.FAIL, null, "", Evidence.none()))
                .withMessage("a result that is FAIL must name its failure kind");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckResult(Verdict.PASS, FailureKind.DNS, "", Evidence.none()))
                .withMessage("a result that is PASS must have no failure kind, but has DNS");
    }

    @Test
    void refusesNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> CheckResult.fail(null, "text"))
                .withMessage("failure");
        assertThatNullPointerException()
                .isThrownBy(() -> new CheckResult(null, null, "", Evidence.none()))
                .withMessage("verdict");
    }

    @Test
    void makesOneHarmlessLineOfItsMessage() {
        assertThat(CheckResult.fail("two\nlines\u001B").message()).isEqualTo("two lines\uFFFD");
        assertThat(CheckResult.fail("x".repeat(600)).message()).hasSize(500).endsWith("x…");
    }

    @Test
    void evidenceIsCleanedCopiedAndKeepsItsOrder() {
        Map<String, Duration> phases = new LinkedHashMap<>();
        phases.put("dns", Duration.ofMillis(2));
        phases.put("connect", Duration.ofMillis(1));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("status", "50\n3");
        facts.put("long", "y".repeat(600));
        Evidence evidence = new Evidence("a\tb", phases, facts, "z".repeat(2_000));
        phases.clear();
        facts.clear();

        assertThat(evidence.address()).isEqualTo("a b");
        assertThat(evidence.phases().keySet()).containsExactly("dns", "connect");
        assertThat(evidence.facts()).containsEntry("status", "50 3");
        assertThat(evidence.facts().get("long")).hasSize(500);
        assertThat(evidence.excerpt()).hasSize(1_000);
        assertThat(CheckResult.pass().with(evidence).evidence()).isEqualTo(evidence);
    }
}

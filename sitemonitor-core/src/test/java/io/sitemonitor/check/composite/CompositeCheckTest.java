package io.sitemonitor.check.composite;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.tcp.TcpCheck;
import io.sitemonitor.testing.ManualTime;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CompositeCheckTest {

    private static final Map<Character, CheckResult> FINDINGS = Map.of(
            'P', CheckResult.pass("fine"),
            'W', CheckResult.warn("slow"),
            'F', CheckResult.fail(FailureKind.STATUS, "HTTP 503"),
            'C', CheckResult.fail(FailureKind.CONNECT, "refused"),
            'I', CheckResult.inconclusive("paused"));

    private static CheckResult run(Check check) throws Exception {
        return check.run(FixedContext.of(ofSeconds(20)));
    }

    private static Check finding(char finding) {
        return context -> FINDINGS.get(finding);
    }

    /** Adds a part for each letter, named a, b, c and so on. */
    private static CompositeCheck with(CompositeCheck check, String findings) {
        CompositeCheck longer = check;
        for (int i = 0; i < findings.length(); i++) {
            longer = longer.part(String.valueOf((char) ('a' + i)), finding(findings.charAt(i)));
        }
        return longer;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PPP | PASS: 3 of 3 work
            PWP | WARN: 1 of 3 warns: b (slow)
            PIW | INCONCLUSIVE: 1 of 3 cannot tell: b (paused)
            IIP | INCONCLUSIVE: 2 of 3 cannot tell: a (paused), b (paused)
            PFI | STATUS: 1 of 3 fails: b (HTTP 503)
            WCF | CONNECT: 2 of 3 fail: b (refused), c (HTTP 503)
            FFF | STATUS: 3 of 3 fail: a (HTTP 503), b (HTTP 503), c (HTTP 503)
            """)
    void allMustWork(String findings, String summary) throws Exception {
        assertThat(run(with(CompositeCheck.all(), findings)).summary()).isEqualTo(summary);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PFF | PASS: a works
            FFP | PASS: c works; 2 of 3 fail: a (HTTP 503), b (HTTP 503)
            IWP | PASS: c works
            FWI | WARN: 1 of 3 warns: b (slow); 1 of 3 fails: a (HTTP 503)
            FIC | INCONCLUSIVE: 1 of 3 cannot tell: b (paused); 2 of 3 fail: a (HTTP 503), c (refused)
            CFF | CONNECT: 3 of 3 fail: a (refused), b (HTTP 503), c (HTTP 503)
            """)
    void anyMustWork(String findings, String summary) throws Exception {
        assertThat(run(with(CompositeCheck.any(), findings)).summary()).isEqualTo(summary);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PPP | PASS: 3 of 3 work
            PPF | PASS: 2 of 3 work; 1 of 3 fails: c (HTTP 503)
            PPW | PASS: 3 of 3 work
            PWF | WARN: 1 of 3 warns: b (slow); 1 of 3 fails: c (HTTP 503)
            WWI | WARN: 2 of 3 warn: a (slow), b (slow)
            PIF | INCONCLUSIVE: 1 of 3 cannot tell: b (paused); 1 of 3 fails: c (HTTP 503)
            PFC | STATUS: 2 must work; 2 of 3 fail: b (HTTP 503), c (refused)
            ICF | CONNECT: 2 must work; 2 of 3 fail: b (refused), c (HTTP 503)
            """)
    void someMustWork(String findings, String summary) throws Exception {
        assertThat(run(with(CompositeCheck.atLeast(2), findings)).summary()).isEqualTo(summary);
    }

    /** Three is asked for; a weighs 2, b and c weigh 1 each. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PPP | PASS: 3 of 3 work
            PPF | PASS: 2 of 3 work; 1 of 3 fails: c (HTTP 503)
            PWF | WARN: 1 of 3 warns: b (slow); 1 of 3 fails: c (HTTP 503)
            PIF | INCONCLUSIVE: 1 of 3 cannot tell: b (paused); 1 of 3 fails: c (HTTP 503)
            IPF | INCONCLUSIVE: 1 of 3 cannot tell: a (paused); 1 of 3 fails: c (HTTP 503)
            FPP | STATUS: weight 2 of 3 works; 1 of 3 fails: a (HTTP 503)
            IFF | STATUS: weight 0 of 3 works; 2 of 3 fail: b (HTTP 503), c (HTTP 503)
            """)
    void enoughWeightMustWork(String findings, String summary) throws Exception {
        CompositeCheck check = CompositeCheck.weighted(3)
                .part("a", finding(findings.charAt(0)), 2)
                .part("b", finding(findings.charAt(1)))
                .part("c", finding(findings.charAt(2)), 1);

        assertThat(run(check).summary()).isEqualTo(summary);
    }

    @Test
    void tellsWhatBecameOfEachPart() throws Exception {
        CheckResult result = run(with(CompositeCheck.all(), "PFI"));

        assertThat(result.evidence().facts())
                .containsExactly(
                        Map.entry("a", "PASS: fine"),
                        Map.entry("b", "STATUS: HTTP 503"),
                        Map.entry("c", "INCONCLUSIVE: paused"));
        assertThat(result.evidence().phases().keySet()).containsExactly("a", "b", "c");
    }

    @Test
    void measuresEachPart() throws Exception {
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        Check slow = context -> {
            time.advance(ofMillis(70));
            return CheckResult.pass();
        };
        CheckResult result = CompositeCheck.all(slow, slow).run(FixedContext.of(ofSeconds(20), time));

        assertThat(result.evidence().phases())
                .containsExactly(Map.entry("custom", ofMillis(70)), Map.entry("custom 2", ofMillis(70)));
    }

    @Test
    void anyEndsWithTheFirstPartThatPasses() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CheckResult result = run(CompositeCheck.any()
                .part("a", finding('W'))
                .part("b", finding('P'))
                .part("c", context -> {
                    runs.incrementAndGet();
                    return CheckResult.pass();
                }));

        assertThat(runs).hasValue(0);
        assertThat(result.evidence().facts()).containsEntry("c", "not run");
        assertThat(result.evidence().phases()).containsOnlyKeys("a", "b");
    }

    @Test
    void whatAPartThrowsIsItsOwnAffair() throws Exception {
        CheckResult result = run(CompositeCheck.all()
                .part("throws", context -> {
                    throw new IOException("no\nluck");
                })
                .part("overflows", context -> {
                    throw new StackOverflowError();
                })
                .part("null", context -> null)
                .part("fine", finding('P')));

        assertThat(result.summary())
                .isEqualTo("CHECK_ERROR: 3 of 4 fail: throws (IOException: no luck), overflows (StackOverflowError),"
                        + " null (the check returned null)");
        assertThat(result.evidence().facts()).containsEntry("fine", "PASS: fine");
    }

    @Test
    void anInterruptOfAPartEndsTheRunAndKeepsTheFlag() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CheckResult result = run(CompositeCheck.all()
                .part("interrupted", context -> {
                    throw new InterruptedException();
                })
                .part("after", context -> {
                    runs.incrementAndGet();
                    return CheckResult.pass();
                }));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.summary()).isEqualTo("INCONCLUSIVE: the run was interrupted");
        assertThat(runs).hasValue(0);
    }

    @Test
    void capsWhatItSays() throws Exception {
        Check wordy = context -> CheckResult.fail("x".repeat(400));
        CompositeCheck check = CompositeCheck.all();
        for (int i = 0; i < 32; i++) {
            check = check.part("p" + i, wordy);
        }
        CheckResult result = run(check);

        assertThat(result.message())
                .hasSizeLessThanOrEqualTo(CheckResult.MAX_MESSAGE)
                .startsWith("32 of 32 fail: p0 (xxx")
                .contains("…), p1 (xxx")
                .contains(", p3 (");
    }

    @Test
    void compositesMayBeNested() throws Exception {
        CompositeCheck pair = with(CompositeCheck.any(), "FC");
        CheckResult result = run(CompositeCheck.all().part("pair", pair).part("other", finding('P')));

        assertThat(result.summary()).isEqualTo("STATUS: 1 of 2 fails: pair (2 of 2 fail: a (HTTP 503), b (refused))");
        assertThat(run(CompositeCheck.any(pair, pair, with(CompositeCheck.all(), "PP")))
                        .summary())
                .startsWith("PASS: composite all of a, b works; 2 of 3 fail: ");
    }

    @Nested
    class Options {

        private final TcpCheck db = TcpCheck.connect("db.internal", 5432);
        private final TcpCheck cache = TcpCheck.connect("cache.internal", 6379);

        @Test
        void areEqualByRuleAndParts() {
            assertThat(CompositeCheck.all(db, cache))
                    .isEqualTo(CompositeCheck.all(db).part("tcp cache.internal:6379", cache))
                    .hasSameHashCodeAs(CompositeCheck.all(db, cache))
                    .isNotEqualTo(CompositeCheck.any(db, cache))
                    .isNotEqualTo(CompositeCheck.all(cache, db))
                    .isNotEqualTo(CompositeCheck.atLeast(2, db, cache));
            assertThat(CompositeCheck.weighted(2).part("a", db, 2))
                    .isEqualTo(CompositeCheck.weighted(2).part("a", db, 2))
                    .isNotEqualTo(CompositeCheck.weighted(2).part("a", db, 3))
                    .isNotEqualTo(CompositeCheck.weighted(3).part("a", db, 2));
            assertThat(CompositeCheck.atLeast(1, db)).isNotEqualTo(CompositeCheck.atLeast(2, db));
        }

        @Test
        void nameWhatIsProbed() {
            assertThat(CompositeCheck.all(db, db).target())
                    .isEqualTo("all of tcp db.internal:5432, tcp db.internal:5432 2");
            assertThat(CompositeCheck.atLeast(2).part("a", db).part("b", cache)).hasToString("at least 2 of a, b");
            assertThat(CompositeCheck.weighted(7).part("a", db).target()).isEqualTo("weight 7 of a");
            assertThat(CompositeCheck.any()
                            .part("x".repeat(100), db)
                            .part("y".repeat(100), db)
                            .target())
                    .hasSize(200)
                    .endsWith("…");
        }

        @Test
        void nameTheHostThatAllPartsBurden() {
            assertThat(CompositeCheck.all(db, TcpCheck.connect("DB.internal", 80))
                            .host())
                    .isEqualTo("db.internal");
            assertThat(CompositeCheck.all(db, cache).host()).isNull();
            assertThat(CompositeCheck.all(db, finding('P')).host()).isNull();
            assertThat(CompositeCheck.all().host()).isNull();
        }

        @Test
        void whatCanNeverWorkIsAnError() throws Exception {
            assertThat(run(CompositeCheck.all()).summary()).isEqualTo("CHECK_ERROR: the check has no parts");
            assertThat(run(CompositeCheck.any()).summary()).isEqualTo("CHECK_ERROR: the check has no parts");
            assertThat(run(CompositeCheck.atLeast(3, finding('P'), finding('P')))
                            .summary())
                    .isEqualTo("CHECK_ERROR: at least 3 parts must work, and there are 2");
            assertThat(run(CompositeCheck.weighted(3).part("a", finding('P'), 2))
                            .summary())
                    .isEqualTo("CHECK_ERROR: the parts weigh 2 together, and 3 is asked for");
        }

        @Test
        void refuseWhatMakesNoSense() {
            CompositeCheck all = CompositeCheck.all().part("a", db);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> all.part("a", cache))
                    .withMessage("part must have a name of its own, but was 'a' again");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> all.part("a\nb", cache))
                    .withMessage("part must be one line of 1 to 100 characters, but was 'a b'");
            assertThatIllegalStateException()
                    .isThrownBy(() -> all.part("b", cache, 2))
                    .withMessage("a part has a weight only in a check that is weighted");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CompositeCheck.weighted(1).part("b", cache, 0))
                    .withMessage("weight must be from 1 to 1000000, but was 0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CompositeCheck.weighted(0))
                    .withMessage("weighted must be at least 1, but was 0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CompositeCheck.atLeast(0, db))
                    .withMessage("atLeast must be at least 1, but was 0");
            Check[] many = IntStream.range(0, 33).mapToObj(i -> db).toArray(Check[]::new);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CompositeCheck.all(many))
                    .withMessage("a check can have at most 32 parts");
        }
    }
}

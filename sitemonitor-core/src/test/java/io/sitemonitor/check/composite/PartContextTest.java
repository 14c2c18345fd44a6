package io.sitemonitor.check.composite;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.TestContext;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the parts of a check see of its run. */
@Timeout(60)
class PartContextTest {

    private static final CheckResult BROKEN = CheckResult.fail(FailureKind.STATUS, "HTTP 503");

    @Nested
    class Shares {

        private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        private final List<Duration> shares = new ArrayList<>();

        private Check taking(Duration duration) {
            return context -> {
                assertThat(context.remaining()).isEqualTo(context.timeout());
                shares.add(context.timeout());
                time.advance(duration);
                return CheckResult.pass();
            };
        }

        /** Of 8 seconds, 20 milliseconds are kept for the whole to conclude. */
        private CheckResult run(Check check) throws Exception {
            return check.run(TestContext.within(ofMillis(8_020), time));
        }

        @Test
        void areEqualAndWhatAQuickPartLeavesOverIsForTheOthers() throws Exception {
            run(CompositeCheck.all(
                    taking(ofSeconds(2)), taking(Duration.ZERO), taking(ofSeconds(3)), taking(ofSeconds(1))));

            assertThat(shares).containsExactly(ofSeconds(2), ofSeconds(2), ofSeconds(3), ofSeconds(3));
        }

        @Test
        void endWithWhatIsLeftOfTheRun() throws Exception {
            List<Duration> left = new ArrayList<>();
            run(CompositeCheck.all(
                    context -> {
                        time.advance(ofSeconds(1));
                        left.add(context.remaining());
                        time.advance(ofSeconds(3).plusMillis(1));
                        left.add(context.remaining());
                        return CheckResult.pass();
                    },
                    taking(ofSeconds(3))));

            assertThat(left).containsExactly(ofSeconds(3), Duration.ZERO);
            assertThat(shares).containsExactly(ofMillis(3_999));
        }

        @Test
        void aPartThatTakesAllTimeLeavesTheOthersUnjudged() throws Exception {
            CheckResult result = run(CompositeCheck.all()
                    .part("broken", context -> BROKEN)
                    .part("hog", taking(ofSeconds(8)))
                    .part("other", taking(ofSeconds(1))));

            assertThat(result.summary())
                    .as("one that fails decides")
                    .isEqualTo("STATUS: 1 of 3 fails: broken (HTTP 503)");
            assertThat(result.evidence().facts()).containsEntry("other", "INCONCLUSIVE: not run, for no time was left");
            assertThat(result.evidence().phases()).containsOnlyKeys("broken", "hog");

            assertThat(run(CompositeCheck.atLeast(2)
                                    .part("broken", context -> BROKEN)
                                    .part("hog", taking(ofSeconds(8)))
                                    .part("other", taking(ofSeconds(1))))
                            .summary())
                    .isEqualTo("TIMEOUT: not all parts within 8 s; 1 of 3 fails: broken (HTTP 503)");
            assertThat(run(CompositeCheck.atLeast(1)
                                    .part("hog", taking(ofSeconds(8)))
                                    .part("other", taking(ofSeconds(1))))
                            .verdict())
                    .as("it does not depend on the other")
                    .isEqualTo(Verdict.PASS);
        }

        @Test
        void areSharedAgainWithin() throws Exception {
            run(CompositeCheck.all(
                    CompositeCheck.all(taking(ofSeconds(1)), taking(ofSeconds(1))), taking(ofSeconds(1))));

            assertThat(shares).containsExactly(ofMillis(1_990), ofMillis(2_980), ofMillis(6_000));
        }
    }

    @Nested
    class Contexts {

        private final List<Duration> pauses = new ArrayList<>();
        private final AddressPolicy policy = AddressPolicy.standard().deny("192.0.2.0/24");
        private final FixedContext fixed = FixedContext.of(ofMinutes(1));
        private final AtomicReference<CheckContext> seen = new AtomicReference<>();

        /** What the engine gives, with a policy and an ear for pauses. */
        private final CheckContext run = new CheckContext() {
            @Override
            public String monitor() {
                return fixed.monitor();
            }

            @Override
            public String check() {
                return fixed.check();
            }

            @Override
            public Duration timeout() {
                return fixed.timeout();
            }

            @Override
            public Duration remaining() {
                return fixed.remaining();
            }

            @Override
            public TimeSource time() {
                return fixed.time();
            }

            @Override
            public boolean isCancelled() {
                return fixed.isCancelled();
            }

            @Override
            public void onCancel(Runnable action) {
                fixed.onCancel(action);
            }

            @Override
            public AddressPolicy addressPolicy() {
                return policy;
            }

            @Override
            public void retryAfter(Duration pause) {
                pauses.add(pause);
            }
        };

        private final Check noting = context -> {
            seen.set(context);
            return CheckResult.pass();
        };

        @Test
        void partsSeeTheRunButForItsTime() throws Exception {
            CompositeCheck.all(noting, noting).run(run);

            CheckContext part = seen.get();
            assertThat(part.monitor()).isEqualTo(run.monitor());
            assertThat(part.check()).isEqualTo(run.check());
            assertThat(part.time()).isSameAs(run.time());
            assertThat(part.addressPolicy()).isSameAs(policy);
            assertThat(part.isCancelled()).isFalse();
            assertThat(part.timeout().toSeconds()).isCloseTo(59L, within(1L));
            fixed.cancel();
            assertThat(part.isCancelled()).isTrue();
        }

        @Test
        void theLongestPauseThatAPartAsksForHolds() throws Exception {
            CompositeCheck.all(asking(ofSeconds(5)), asking(ofSeconds(60)), asking(ofSeconds(20)))
                    .run(run);

            assertThat(pauses).containsExactly(ofSeconds(5), ofSeconds(60));
        }

        private Check asking(Duration pause) {
            return context -> {
                context.retryAfter(pause);
                return CheckResult.pass();
            };
        }

        @Test
        void onlyThePartThatRunsIsCancelled() throws Exception {
            List<String> cancelled = new ArrayList<>();
            AtomicReference<CheckContext> first = new AtomicReference<>();
            CheckResult result = CompositeCheck.all(
                            context -> {
                                first.set(context);
                                context.onCancel(() -> cancelled.add("first"));
                                return CheckResult.pass();
                            },
                            context -> {
                                first.get().onCancel(() -> cancelled.add("first, long after its end"));
                                fixed.cancel();
                                context.onCancel(() -> cancelled.add("second"));
                                return CheckResult.pass();
                            },
                            noting)
                    .run(run);

            assertThat(cancelled).containsExactly("second");
            assertThat(result.summary()).isEqualTo("INCONCLUSIVE: the run was ended from outside");
            assertThat(seen.get()).as("the third part").isNull();
        }
    }
}

package io.sitemonitor.check;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every kind of check must keep to. Extend it beside the tests of the kind. */
@Timeout(60)
public abstract class CheckContract {

    /** A check of something that works; made anew with each call, always with the same options. */
    protected abstract Check passing();

    /** A check of something that does not work. */
    protected abstract Check failing();

    /** In which way {@link #failing()} fails. */
    protected abstract FailureKind failingKind();

    /** What the message of that failure must name. */
    protected abstract String failingCause();

    /** A check of something that never answers. */
    protected abstract Check hanging();

    /** A failing check that knows secrets, if the kind can have any. */
    protected abstract Check secretive();

    /** The secrets of {@link #secretive()}, in every form in which they may appear. */
    protected abstract List<String> secrets();

    @Test
    final void passesWhenItWorks() throws Exception {
        CheckResult result = passing().run(FixedContext.of(ofSeconds(20)));

        assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
        assertThat(result.evidence().phases()).isNotEmpty();
    }

    @Test
    final void namesTheCauseOfAFailure() throws Exception {
        CheckResult result = failing().run(FixedContext.of(ofSeconds(20)));

        assertThat(result.failure()).as(result.summary()).isEqualTo(failingKind());
        assertThat(result.message()).contains(failingCause());
    }

    @Test
    @DisplayName("P16: ends by itself at its deadline")
    final void endsByItselfAtItsDeadline() throws Exception {
        FixedContext context = FixedContext.of(ofMillis(300));

        CheckResult result = hanging().run(context);

        assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(result.message()).contains("within 300 ms");
        assertThat(context.isCancelled()).isFalse();
    }

    @Test
    final void endsWhenItIsCancelled() throws Exception {
        FixedContext context = FixedContext.of(ofMinutes(10));
        FutureTask<CheckResult> run = inBackground(() -> hanging().run(context));
        await().until(context::canBeCancelled);

        context.cancel();

        assertThat(run.get(20, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    final void endsAtOnceWhenItWasCancelledBefore() throws Exception {
        FixedContext context = FixedContext.of(ofMinutes(10));
        context.cancel();

        FutureTask<CheckResult> run = inBackground(() -> hanging().run(context));

        assertThat(run.get(20, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    final void keepsTheInterruptFlagWhenItIsEndedAsTheEngineDoes() throws Exception {
        FixedContext context = FixedContext.of(ofMinutes(10));
        AtomicBoolean flag = new AtomicBoolean();
        Check check = hanging();
        FutureTask<CheckResult> run = new FutureTask<>(() -> {
            CheckResult result = check.run(context);
            flag.set(Thread.currentThread().isInterrupted());
            return result;
        });
        Thread thread = new Thread(run);
        thread.setDaemon(true);
        thread.start();
        await().until(context::canBeCancelled);

        thread.interrupt();
        context.cancel();

        assertThat(run.get(20, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(flag).isTrue();
    }

    @Test
    final void doesNotBeginOnAnInterruptedThread() throws Exception {
        AtomicBoolean flag = new AtomicBoolean();
        FutureTask<CheckResult> run = inBackground(() -> {
            Thread.currentThread().interrupt();
            CheckResult result = hanging().run(FixedContext.of(ofMinutes(10)));
            flag.set(Thread.currentThread().isInterrupted());
            return result;
        });

        assertThat(run.get(20, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(flag).isTrue();
    }

    @Test
    final void holdsNoStateBetweenRuns() throws Exception {
        Check check = passing();
        CheckResult first = check.run(FixedContext.of(ofSeconds(20)));
        CheckResult cut = check.run(FixedContext.of(ofMillis(1).dividedBy(1_000)));
        CheckResult second = check.run(FixedContext.of(ofSeconds(20)));

        assertThat(cut.failure()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(second.verdict()).isEqualTo(first.verdict());
        assertThat(second.message()).isEqualTo(first.message());
        assertThat(second.evidence().facts()).isEqualTo(first.evidence().facts());
        assertThat(second.evidence().phases().keySet())
                .containsExactlyElementsOf(first.evidence().phases().keySet());
    }

    @Test
    final void runsForSeveralNamesAtOnce() throws Exception {
        Check check = passing();
        List<FutureTask<CheckResult>> runs = IntStream.range(0, 8)
                .mapToObj(i -> inBackground(() -> check.run(FixedContext.of(ofSeconds(30)))))
                .toList();

        for (FutureTask<CheckResult> run : runs) {
            CheckResult result = run.get(30, TimeUnit.SECONDS);
            assertThat(result.verdict()).as(result.summary()).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    final void showsNoSecretAndNoControlCharacter() throws Exception {
        Check check = secretive();
        CheckResult result = check.run(FixedContext.of(ofSeconds(20)));

        assertThat(result.failure()).isNotNull();
        String shown = check + " " + check.target() + " " + result;
        assertThat(secrets()).noneMatch(shown::contains);
        assertThat(SafeText.isLine(shown)).as(shown).isTrue();
    }

    @Test
    final void isEqualToOneWithTheSameOptions() {
        assertThat(passing()).isEqualTo(passing()).hasSameHashCodeAs(passing()).isNotEqualTo(failing());
    }

    @Test
    final void namesItsKindInOneLowerCaseWord() {
        assertThat(passing().kind()).matches("[a-z]+").isNotEqualTo("custom");
        assertThat(passing().target()).isNotBlank();
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}

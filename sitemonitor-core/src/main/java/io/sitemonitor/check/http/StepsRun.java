package io.sitemonitor.check.http;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.Mask;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run of {@link HttpSteps}. For one thread, except for what ends it. */
final class StepsRun {

    private final List<HttpStep> steps;
    private final CheckContext context;
    private final StepValues values = new StepValues();
    private final RunCookies cookies = new RunCookies();
    private final Map<String, Duration> phases = new LinkedHashMap<>();

    StepsRun(List<HttpStep> steps, CheckContext context) {
        this.steps = steps;
        this.context = context;
    }

    CheckResult run() {
        CheckResult found = null;
        for (HttpStep step : steps) {
            boolean failed = found != null && isEnd(found);
            if (failed && !(step.always() && canTidyUp())) {
                continue;
            }
            CheckResult result = timed(step, failed);
            if (result != null && !failed) {
                found = found == null || found.verdict() == Verdict.PASS || isEnd(result) ? result : found;
            }
        }
        return shown(found == null ? CheckResult.inconclusive("no step was made") : found);
    }

    private static boolean isEnd(CheckResult result) {
        return result.verdict() == Verdict.FAIL || result.verdict() == Verdict.INCONCLUSIVE;
    }

    private boolean canTidyUp() {
        return !context.isCancelled() && !Thread.currentThread().isInterrupted();
    }

    private @Nullable CheckResult timed(HttpStep step, boolean tidying) {
        long from = context.time().nanos();
        try {
            return named(step, make(step));
        } catch (RuntimeException e) {
            // a step that tidies up after a failure may lack what it needs, which the failure explains
            return tidying
                    ? null
                    : named(step, CheckResult.fail(FailureKind.CHECK_ERROR, "the request could not be made: " + e));
        } finally {
            phases.put(step.name(), Duration.ofNanos(Math.max(0, context.time().nanos() - from)));
        }
    }

    private CheckResult make(HttpStep step) {
        Seen seen = new Seen();
        HttpCheck request = Objects.requireNonNull(step.request().apply(values), "no request was given")
                .keeping(cookies);
        if (!step.takes().isEmpty()) {
            request = request.expectBody(seen::body).expect(seen::answer);
        }
        CheckResult result = request.run(context);
        HttpAnswer answer = seen.answer;
        if (isEnd(result) || answer == null) {
            return result;
        }
        for (HttpStep.Take take : step.takes()) {
            String value = take.where().from(answer, seen.body);
            if (value == null || value.isEmpty()) {
                return CheckResult.fail("the answer holds no value for '" + take.name() + "'")
                        .with(result.evidence());
            }
            values.put(take.name(), value, take.secret());
        }
        return result;
    }

    private static CheckResult named(HttpStep step, CheckResult result) {
        return result.verdict() == Verdict.PASS
                ? result
                : new CheckResult(
                        result.verdict(),
                        result.failure(),
                        "step '" + step.name() + "': " + result.message(),
                        result.evidence());
    }

    private CheckResult shown(CheckResult found) {
        Mask mask = Mask.of(values.secrets());
        Evidence seen = found.evidence();
        Map<String, String> facts = new LinkedHashMap<>();
        seen.facts().forEach((name, value) -> facts.put(name, mask.hide(value)));
        String excerpt = seen.excerpt() == null ? null : mask.hide(seen.excerpt());
        String message = found.verdict() == Verdict.PASS
                ? steps.size() + (steps.size() == 1 ? " step" : " steps") + " as expected"
                : mask.hide(found.message());
        return new CheckResult(
                found.verdict(), found.failure(), message, new Evidence(seen.address(), phases, facts, excerpt));
    }

    /** Looks at an answer on its way to be judged; has no objection. */
    private static final class Seen {
        private String body = "";
        private @Nullable HttpAnswer answer;

        @Nullable
        String body(String text) {
            body = text;
            return null;
        }

        @Nullable
        String answer(HttpAnswer head) {
            answer = head;
            return null;
        }
    }
}

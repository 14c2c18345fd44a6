package io.sitemonitor.check.composite;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.RunEnd;
import io.sitemonitor.check.internal.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run of a {@link CompositeCheck}; used by its thread alone, except for what others may do in a context. */
final class CompositeRun {

    private static final int MAX_SAYING = 120;

    private final CompositeCheck check;
    private final CheckContext context;
    private final Deadline deadline;
    private final Map<Verdict, Found> found = new EnumMap<>(Verdict.class);
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Map<String, Duration> phases = new LinkedHashMap<>();
    private @Nullable FailureKind firstFailure;
    private @Nullable String firstPassing;
    private boolean noTimeLeft;
    private Duration longestPause = Duration.ZERO; // guarded by this

    CompositeRun(CompositeCheck check, CheckContext context) {
        this.check = check;
        this.context = context;
        deadline = Deadline.of(context);
        for (Verdict verdict : Verdict.values()) {
            found.put(verdict, new Found());
        }
    }

    /** Parts that have found the same. */
    private static final class Found {
        int weight;
        final List<String> sayings = new ArrayList<>();
    }

    CheckResult run() {
        List<Part> parts = check.parts();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (RunEnd.isFromOutside(deadline)) {
                break;
            } else if (check.mode() == CompositeCheck.Mode.ANY && weight(Verdict.PASS) > 0) {
                facts.put(part.name(), "not run");
            } else if (deadline.isOver()) {
                noTimeLeft = true;
                note(part, CheckResult.inconclusive("not run, for no time was left"));
            } else {
                note(part, run(part, parts.size() - i));
            }
        }
        boolean ended = RunEnd.isFromOutside(deadline);
        CheckResult result = ended ? RunEnd.result(deadline, late()) : conclusion();
        return result.with(new Evidence(null, phases, facts, null));
    }

    private CheckResult run(Part part, int partsLeft) {
        long from = context.time().nanos();
        PartContext share = new PartContext(deadline, partsLeft, this::retryAfter);
        try {
            CheckResult result = part.check().run(share);
            return result == null ? broken("the check returned null") : result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CheckResult.inconclusive("the run was interrupted");
        } catch (Throwable e) {
            String type = e.getClass().getSimpleName();
            return broken(e.getMessage() == null ? type : type + ": " + e.getMessage());
        } finally {
            share.close();
            phases.put(part.name(), Duration.ofNanos(Math.max(0, context.time().nanos() - from)));
        }
    }

    /** The longest pause that a part asks for holds for the whole. */
    private synchronized void retryAfter(Duration pause) {
        if (pause.compareTo(longestPause) > 0) {
            longestPause = pause;
            context.retryAfter(pause);
        }
    }

    private static CheckResult broken(String message) {
        return CheckResult.fail(FailureKind.CHECK_ERROR, message);
    }

    private void note(Part part, CheckResult result) {
        facts.put(part.name(), result.summary());
        Found same = found(result.verdict());
        same.weight += part.weight();
        String saying = SafeText.line(result.message(), MAX_SAYING);
        same.sayings.add(saying.isEmpty() ? part.name() : part.name() + " (" + saying + ")");
        if (firstFailure == null && result.verdict() == Verdict.FAIL) {
            firstFailure = result.failure();
        } else if (firstPassing == null && result.verdict() == Verdict.PASS) {
            firstPassing = part.name();
        }
    }

    private CheckResult conclusion() {
        int needed = check.needed();
        int working = weight(Verdict.PASS) + weight(Verdict.WARN);
        if (weight(Verdict.PASS) >= needed) {
            return CheckResult.pass(withFailures(working()));
        }
        if (working >= needed) {
            return CheckResult.warn(withFailures(many(Verdict.WARN, "warns", "warn")));
        }
        if (working + weight(Verdict.INCONCLUSIVE) < needed) {
            return CheckResult.fail(Objects.requireNonNull(firstFailure), need() + failures());
        }
        return noTimeLeft
                ? CheckResult.fail(FailureKind.TIMEOUT, withFailures(late()))
                : CheckResult.inconclusive(withFailures(many(Verdict.INCONCLUSIVE, "cannot tell", "cannot tell")));
    }

    private String working() {
        int working =
                found(Verdict.PASS).sayings.size() + found(Verdict.WARN).sayings.size();
        return check.mode() == CompositeCheck.Mode.ANY
                ? firstPassing + " works"
                : working + " of " + check.parts().size() + (working == 1 ? " works" : " work");
    }

    private String late() {
        return "not all parts within " + Wording.duration(deadline.limit());
    }

    private String need() {
        return switch (check.mode()) {
            case ALL, ANY -> "";
            case AT_LEAST -> check.needed() + " must work; ";
            case WEIGHTED ->
                "weight " + (weight(Verdict.PASS) + weight(Verdict.WARN)) + " of " + check.needed() + " works; ";
        };
    }

    private String withFailures(String text) {
        return found(Verdict.FAIL).sayings.isEmpty() ? text : text + "; " + failures();
    }

    private String failures() {
        return many(Verdict.FAIL, "fails", "fail");
    }

    private String many(Verdict verdict, String one, String several) {
        List<String> sayings = found(verdict).sayings;
        String verb = sayings.size() == 1 ? one : several;
        return sayings.size() + " of " + check.parts().size() + " " + verb + ": " + String.join(", ", sayings);
    }

    private int weight(Verdict verdict) {
        return found(verdict).weight;
    }

    private Found found(Verdict verdict) {
        return Objects.requireNonNull(found.get(verdict));
    }
}

package io.sitemonitor.metrics;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one check, or of a group of checks of one kind: one for each verdict and failure that occurs, found by
 * index. Registering the same timer twice gives the same timer, so no lock is needed.
 */
final class RunTimers {

    private static final int FAILURES = FailureKind.values().length + 1;
    private static final int SIZE = Verdict.values().length * FAILURES;

    private final MeterScope scope;
    private final Tags tags;
    private final AtomicReferenceArray<@Nullable Timer> timers = new AtomicReferenceArray<>(SIZE);

    RunTimers(MeterScope scope, Tags tags) {
        this.scope = scope;
        this.tags = tags;
        register(Verdict.PASS, null);
    }

    void record(CheckResult result, Duration duration) {
        Timer timer = timers.get(index(result.verdict(), result.failure()));
        if (timer == null) {
            timer = register(result.verdict(), result.failure());
        }
        timer.record(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Timer register(Verdict verdict, @Nullable FailureKind failure) {
        Timer timer = scope.keep(Timer.builder(MeterNames.CHECK_DURATION)
                .description("How long runs of checks took")
                .tags(tags)
                .tag(MeterNames.VERDICT, lowerCase(verdict))
                .tag(MeterNames.FAILURE, failure == null ? MeterNames.NONE : lowerCase(failure))
                .register(scope.registry()));
        timers.set(index(verdict, failure), timer);
        return timer;
    }

    private static int index(Verdict verdict, @Nullable FailureKind failure) {
        return verdict.ordinal() * FAILURES + (failure == null ? 0 : failure.ordinal() + 1);
    }

    static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

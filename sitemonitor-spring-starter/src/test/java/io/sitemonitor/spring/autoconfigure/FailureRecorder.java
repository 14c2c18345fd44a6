package io.sitemonitor.spring.autoconfigure;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Keeps what Spring Boot would show to a user whose application does not start; found by it through spring.factories. */
final class FailureRecorder implements FailureAnalysisReporter {

    private static final AtomicReference<FailureAnalysis> LAST = new AtomicReference<>();

    FailureRecorder() {}

    static void clear() {
        LAST.set(null);
    }

    static String text() {
        FailureAnalysis analysis = Objects.requireNonNull(LAST.get(), "no failure was explained");
        return analysis.getDescription() + "\n\n" + analysis.getAction();
    }

    @Override
    public void report(FailureAnalysis analysis) {
        LAST.set(analysis);
    }
}

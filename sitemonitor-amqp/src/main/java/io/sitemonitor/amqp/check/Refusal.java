package io.sitemonitor.amqp.check;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import java.io.IOException;

/** What is wrong, thrown from where it is seen. */
final class Refusal extends IOException {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    Refusal(FailureKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    CheckResult result() {
        return CheckResult.fail(kind, String.valueOf(getMessage()));
    }
}

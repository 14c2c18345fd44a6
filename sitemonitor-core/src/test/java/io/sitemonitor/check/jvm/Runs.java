package io.sitemonitor.check.jvm;

import static java.time.Duration.ofSeconds;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;

/** Runs checks and says what they find. */
final class Runs {

    private Runs() {}

    static CheckResult run(Check check) throws Exception {
        return check.run(FixedContext.of(ofSeconds(20)));
    }

    static String found(Check check) throws Exception {
        return run(check).summary();
    }
}

package io.sitemonitor.check.internal;

import io.sitemonitor.check.Expectation;
import org.jspecify.annotations.Nullable;

/**
 * An expectation that only warns.
 *
 * @param expectation what is expected
 * @param <T> what is judged
 */
public record MildExpectation<T>(Expectation<T> expectation) implements Expectation<T> {

    @Override
    public @Nullable String objection(T actual) throws Exception {
        return expectation.objection(actual);
    }

    @Override
    public boolean onlyWarns() {
        return true;
    }

    @Override
    public Expectation<T> orWarn() {
        return this;
    }
}

package io.sitemonitor.check.jvm;

import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A number that the host tells: how many wait for something, or anything else. */
record SuppliedGauge(
        String what,
        @Nullable LongSupplier waiting,
        @Nullable DoubleSupplier number) implements Gauge {

    @Override
    public Reading read() {
        if (waiting != null) {
            long count = waiting.getAsLong();
            return Reading.of(count, (count == 1 ? "1 waits for " : count + " wait for ") + what, Map.of());
        }
        double value = number == null ? Double.NaN : number.getAsDouble();
        return Double.isFinite(value)
                ? Reading.of(value, what + " is " + unit().text(value), Map.of())
                : Reading.unknown(what + " is no number now: " + value);
    }

    @Override
    public Unit unit() {
        return waiting != null ? Unit.COUNT : Unit.NUMBER;
    }
}

package io.sitemonitor.check.jvm;

/** A gauge with what another one has found. */
record FixedGauge(Reading reading, Gauge other) implements Gauge {

    @Override
    public Reading read() {
        return reading;
    }

    @Override
    public String what() {
        return other.what();
    }

    @Override
    public Unit unit() {
        return other.unit();
    }

    @Override
    public Limits usual() {
        return other.usual();
    }
}

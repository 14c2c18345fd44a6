package io.sitemonitor;

/** The wall clock of the model: as far from the monotonic one as it was stepped. */
final class ModelWall {

    private long offset;

    long at(long nanos) {
        return nanos + offset;
    }

    void step(long by) {
        offset += by;
    }
}

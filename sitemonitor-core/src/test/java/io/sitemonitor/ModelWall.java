package io.sitemonitor;

/** The wall clock of the model: as far from the monotonic one as it was stepped. Once a second it is looked at (P19). */
final class ModelWall {

    private static final long SECOND = 1_000_000_000L;

    private long offset;
    private long seen;
    private long unnoticed;
    private long lookAt = ModelCheck.NEVER;

    long at(long nanos) {
        return nanos + offset;
    }

    void step(long by, long now) {
        offset += by;
        lookAt = Math.min(lookAt, (now / SECOND + 1) * SECOND);
    }

    /** When a step that was made will be noticed; {@link ModelCheck#NEVER} if none was. */
    long nextLook() {
        return lookAt;
    }

    /** Looks at the clock; returns whether it has jumped by a second, or by so much little by little. */
    boolean jumped() {
        lookAt = ModelCheck.NEVER;
        long step = offset - seen;
        seen = offset;
        unnoticed += step;
        boolean jumped = Math.abs(step) >= SECOND || Math.abs(unnoticed) >= SECOND;
        unnoticed = jumped ? 0 : unnoticed;
        return jumped;
    }
}

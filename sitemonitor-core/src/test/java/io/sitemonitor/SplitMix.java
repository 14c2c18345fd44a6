package io.sitemonitor;

/** SplitMix64 (Steele, Lea, Flood 2014), written out so that every JDK draws the same numbers. */
final class SplitMix {

    private long state;

    SplitMix(long seed) {
        state = seed;
    }

    /** A number from zero, included, to the bound, excluded. */
    long below(long bound) {
        state += 0x9e3779b97f4a7c15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return Long.remainderUnsigned(z ^ (z >>> 31), bound);
    }

    /** One of several. */
    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[(int) below(choices.length)];
    }
}

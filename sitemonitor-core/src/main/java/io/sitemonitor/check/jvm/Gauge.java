package io.sitemonitor.check.jvm;

/** Something that can be read off as a number. Gauges of the same thing are equal. */
interface Gauge {

    /** Reads it; what this throws is what the run throws. */
    Reading read() throws Exception;

    /** What it is, in a few words for people. */
    String what();

    /** What the number counts. */
    Unit unit();

    /** The limits of a check that was given none. */
    default Limits usual() {
        return Limits.NONE;
    }
}

package io.sitemonitor.check;

/** What one run of a check found. The names are stable: they appear in events, meters and messages. */
public enum Verdict {
    /** It works. */
    PASS,
    /** It works, but not well: it is slow, or something is about to run out. */
    WARN,
    /** It does not work. */
    FAIL,
    /** We could not tell, and do not guess: the run says nothing about the target. */
    INCONCLUSIVE
}

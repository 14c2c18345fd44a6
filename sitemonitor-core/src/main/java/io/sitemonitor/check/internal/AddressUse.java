package io.sitemonitor.check.internal;

/** Which of the addresses of a name a run asks. */
public enum AddressUse {
    /** The first that accepts a connection. */
    FIRST,

    /** Another one if the first fails. */
    CONFIRM,

    /** Each of them. */
    EVERY
}

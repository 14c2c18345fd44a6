package io.sitemonitor.check;

/** In which way a run failed. The names are stable: they appear in events, meters and messages. */
public enum FailureKind {
    /** The name of the target could not be resolved. */
    DNS,
    /** No connection could be made, or it was lost. */
    CONNECT,
    /** The TLS handshake failed, or the certificate is not acceptable. */
    TLS,
    /** The run did not end within its timeout. */
    TIMEOUT,
    /** The target did not keep to its protocol. */
    PROTOCOL,
    /** The target answered with a status that is not expected. */
    STATUS,
    /** The answer came, but an expectation about its content does not hold. */
    ASSERTION,
    /** The answer is larger than the check allows. */
    TOO_LARGE,
    /** The target may not be contacted: the address policy forbids it. */
    REFUSED_BY_POLICY,
    /** A sign of life did not come in time. */
    MISSED_HEARTBEAT,
    /** The check itself broke: its code threw, or it could not be run. */
    CHECK_ERROR
}

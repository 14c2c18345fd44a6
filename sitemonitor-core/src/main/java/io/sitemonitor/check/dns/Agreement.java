package io.sitemonitor.check.dns;

/** In what several servers must agree. */
enum Agreement {
    /** Only one of them is asked. */
    NONE,

    /** In all the records. */
    RECORDS,

    /** In the serial of a zone. */
    SERIALS;

    private static final int SERIAL = 2;

    /** Returns what must be the same. */
    String of(DnsAnswer answer) {
        if (answer.records().isEmpty()) {
            return ResponseCode.name(answer.code()) + ", no records";
        }
        return this == SERIALS
                ? "serial " + answer.records().get(0).split(" ")[SERIAL]
                : String.join(", ", answer.records());
    }
}

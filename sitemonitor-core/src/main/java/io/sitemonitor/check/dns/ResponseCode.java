package io.sitemonitor.check.dns;

import org.jspecify.annotations.Nullable;

/** What a name server says about a question as a whole, by the names that the protocol has for it. */
public enum ResponseCode {
    /** There is such a name; whether it has records of the type is another matter. */
    NOERROR(0, "no error"),
    /** The server does not understand the question. */
    FORMERR(1, "server does not understand the question"),
    /** The server could not find out: it is broken, or those that it asks are. */
    SERVFAIL(2, "server could not find out"),
    /** There is no such name. */
    NXDOMAIN(3, "no such name"),
    /** The server does not know how to answer such questions. */
    NOTIMP(4, "server does not know such questions"),
    /** The server does not want to answer. */
    REFUSED(5, "server refuses to answer"),
    /** The server is not responsible for the zone, or the one who asks is not who he says. */
    NOTAUTH(9, "server is not responsible");

    private final int number;
    private final String meaning;

    ResponseCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    static @Nullable ResponseCode of(int number) {
        for (ResponseCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        return null;
    }

    /** Returns such as {@code NXDOMAIN}; the number for one that has no name here. */
    static String name(int number) {
        ResponseCode code = of(number);
        return code == null ? "code " + number : code.name();
    }

    /** Returns such as {@code no such name (NXDOMAIN)}. */
    static String describe(int number) {
        ResponseCode code = of(number);
        return code == null ? "server answers with code " + number : code.meaning + " (" + code.name() + ")";
    }

    int number() {
        return number;
    }
}

package io.sitemonitor.check.http;

import java.util.Locale;
import okhttp3.Protocol;

/** What is said of a status, made once for each, and of a protocol. */
final class Texts {

    private static final int FIRST = 100;
    private static final int LAST = 599;
    private static final String[] NUMBERS = new String[LAST - FIRST + 1];
    private static final String[] SAID = new String[LAST - FIRST + 1];

    static {
        for (int status = FIRST; status <= LAST; status++) {
            NUMBERS[status - FIRST] = String.valueOf(status);
            SAID[status - FIRST] = "HTTP " + status;
        }
    }

    private Texts() {}

    static String status(int status) {
        return status < FIRST || status > LAST ? String.valueOf(status) : NUMBERS[status - FIRST];
    }

    static String protocol(Protocol protocol) {
        return switch (protocol) {
            case HTTP_1_1 -> "HTTP/1.1";
            case HTTP_2, H2_PRIOR_KNOWLEDGE -> "HTTP/2";
            default -> protocol.toString().toUpperCase(Locale.ROOT);
        };
    }

    static String http(int status) {
        return status < FIRST || status > LAST ? "HTTP " + status : SAID[status - FIRST];
    }
}

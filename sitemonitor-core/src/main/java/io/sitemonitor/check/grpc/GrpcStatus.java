package io.sitemonitor.check.grpc;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import okhttp3.Headers;

/**
 * How a call of gRPC has ended.
 *
 * @param code its number; zero if all went well
 * @param text what the server says of it, possibly nothing
 */
record GrpcStatus(int code, String text) {

    /** The header that has the number. */
    static final String HEADER = "grpc-status";

    private static final List<String> NAMES = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    private static final int MOST_DIGITS = 4;

    /** Reads the end of an answer. */
    static GrpcStatus of(Headers end) throws ProtocolException {
        String code = end.get(HEADER);
        if (code == null) {
            throw new ProtocolException("it ends without a " + HEADER);
        }
        boolean number =
                !code.isEmpty() && code.length() <= MOST_DIGITS && code.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            throw new ProtocolException(HEADER + " is no number: '" + code + "'");
        }
        String text = end.get("grpc-message");
        return new GrpcStatus(Integer.parseInt(code), text == null ? "" : decoded(text));
    }

    boolean isOk() {
        return code == 0;
    }

    String name() {
        return code < NAMES.size() ? NAMES.get(code) : "status " + code;
    }

    /** Undoes the encoding of all but plain ASCII as percent sign and two digits; what is no such thing stays as it is. */
    private static String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean encoded = c == '%'
                    && i + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(i + 1))
                    && HexFormat.isHexDigit(text.charAt(i + 2));
            if (encoded) {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Shows the name, and what the server says. */
    @Override
    public String toString() {
        return text.isBlank() ? name() : name() + ": " + text;
    }
}

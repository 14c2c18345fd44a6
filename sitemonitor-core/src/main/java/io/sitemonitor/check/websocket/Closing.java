package io.sitemonitor.check.websocket;

import java.net.ProtocolException;
import java.util.Map;

/**
 * Why a connection ends (RFC 6455, section 7.4).
 *
 * @param code the number; 1005 if none was given
 * @param reason what the other side says of it, possibly nothing
 */
record Closing(int code, String reason) {

    static final int NORMAL = 1_000;

    private static final int NONE = 1_005;
    private static final int LAST_KNOWN = 1_014;
    private static final int FIRST_FREE = 3_000;
    private static final int LAST_FREE = 4_999;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(NORMAL, "normal"),
            Map.entry(1_001, "going away"),
            Map.entry(1_002, "protocol error"),
            Map.entry(1_003, "unsupported data"),
            Map.entry(NONE, "no reason"),
            Map.entry(1_007, "invalid data"),
            Map.entry(1_008, "policy violation"),
            Map.entry(1_009, "message too big"),
            Map.entry(1_010, "extension missing"),
            Map.entry(1_011, "internal error"),
            Map.entry(1_012, "service restart"),
            Map.entry(1_013, "try again later"),
            Map.entry(1_014, "bad gateway"));

    /** Reads what a close frame carries. */
    static Closing of(byte[] payload) throws ProtocolException {
        if (payload.length == 0) {
            return new Closing(NONE, "");
        }
        if (payload.length == 1) {
            throw new ProtocolException("a close frame has half a code");
        }
        int code = (payload[0] & 0xFF) << Byte.SIZE | payload[1] & 0xFF;
        boolean known = code <= LAST_KNOWN && code != NONE && NAMES.containsKey(code);
        if (!known && (code < FIRST_FREE || code > LAST_FREE)) {
            throw new ProtocolException("a close frame has the code " + code + ", which may not be sent");
        }
        return new Closing(code, Utf8.text(payload, 2, "the reason of a close frame"));
    }

    byte[] payload() {
        return new byte[] {(byte) (code >> Byte.SIZE), (byte) code};
    }

    /** Shows the code, what it means, and the reason. */
    @Override
    public String toString() {
        String name = NAMES.getOrDefault(code, "of the application");
        return code + " (" + name + ")" + (reason.isBlank() ? "" : ": " + reason);
    }
}

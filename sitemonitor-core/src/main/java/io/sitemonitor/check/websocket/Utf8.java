package io.sitemonitor.check.websocket;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text as it must be written. */
final class Utf8 {

    private Utf8() {}

    /** Reads a text, or refuses bytes that are none. */
    static String text(byte[] bytes, int from, String what) throws ProtocolException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException(what + " is no UTF-8");
        }
    }
}

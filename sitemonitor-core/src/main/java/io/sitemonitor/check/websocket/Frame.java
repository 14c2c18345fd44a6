package io.sitemonitor.check.websocket;

import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.FailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;

/**
 * A frame (RFC 6455, section 5).
 *
 * @param last whether the message ends with it
 * @param opcode what it is
 * @param payload what it carries
 */
record Frame(boolean last, int opcode, byte[] payload) {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** The longest message, in bytes. */
    static final int MAX_MESSAGE = 64 * 1024;

    static final int MAX_CONTROL = 125;

    /** The size of what masks a frame, in bytes. */
    static final int MASK = 4;

    private static final int LAST = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MAX_TWO_BYTES = 0xFFFF;

    /**
     * Reads one.
     *
     * @param room how much of a message of 64 KiB is left, in bytes
     */
    static Frame read(Conversation server, int room) throws IOException {
        int first = server.octet();
        int opcode = first & OPCODE;
        if ((first & RESERVED) != 0) {
            throw new ProtocolException("a frame has reserved bits set");
        }
        if (opcode > PONG || (opcode > BINARY && opcode < CLOSE)) {
            throw new ProtocolException("a frame has the unknown opcode " + opcode);
        }
        int second = server.octet();
        if ((second & MASKED) != 0) {
            throw new ProtocolException("a frame of the server is masked");
        }
        boolean last = (first & LAST) != 0;
        int size = second & ~MASKED;
        if (opcode >= CLOSE && (!last || size > MAX_CONTROL)) {
            throw new ProtocolException(
                    last ? "a control frame has more than " + MAX_CONTROL + " bytes" : "a control frame is fragmented");
        }
        long length = length(server, size);
        if (opcode < CLOSE && length > room) {
            throw new FailedException(
                    FailureKind.TOO_LARGE, "answer has a message of more than " + MAX_MESSAGE + " bytes");
        }
        return new Frame(last, opcode, server.bytes((int) length));
    }

    private static long length(Conversation server, int size) throws IOException {
        if (size < TWO_BYTES) {
            return size;
        }
        long length = 0;
        for (int left = size == TWO_BYTES ? Short.BYTES : Long.BYTES; left > 0; left--) {
            length = length << Byte.SIZE | server.octet();
        }
        if (length < 0) {
            throw new ProtocolException("a frame has a negative length");
        }
        if (length < TWO_BYTES || (size == EIGHT_BYTES && length <= MAX_TWO_BYTES)) {
            throw new ProtocolException("the length of a frame is not written as short as it can be");
        }
        return length;
    }

    /**
     * Returns this frame as a client has to send it.
     *
     * @param key what masks it, {@value #MASK} bytes
     */
    byte[] bytes(byte[] key) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 8);
        frame.write(last ? LAST | opcode : opcode);
        if (payload.length < TWO_BYTES) {
            frame.write(MASKED | payload.length);
        } else {
            frame.write(MASKED | TWO_BYTES);
            frame.write(payload.length >> Byte.SIZE);
            frame.write(payload.length);
        }
        frame.writeBytes(key);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ key[i % MASK]);
        }
        return frame.toByteArray();
    }
}

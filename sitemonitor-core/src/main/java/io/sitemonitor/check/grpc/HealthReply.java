package io.sitemonitor.check.grpc;

import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.FailedException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.List;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Reads the one message of the answer: a frame of gRPC around a message of protobuf with one field. */
final class HealthReply {

    private static final int MAX_MESSAGE = 4 * 1024;
    private static final int FRAME_HEAD = 5;
    private static final List<String> HEALTHS = List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN");

    private static final int STATUS_FIELD = 1;
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int SIZED = 2;
    private static final int FOUR_BYTES = 5;
    private static final int MOST_BITS = 64;

    private HealthReply() {}

    /** Returns the message, or null if there is none. */
    static byte @Nullable [] message(BufferedSource in) throws IOException {
        if (in.exhausted()) {
            return null;
        }
        if (!in.request(FRAME_HEAD)) {
            throw new ProtocolException("it ends within a frame");
        }
        int compressed = in.readByte();
        if (compressed != 0) {
            throw new ProtocolException(
                    compressed == 1 ? "its message is compressed, which was not asked for" : "it is no frame of gRPC");
        }
        long length = in.readInt() & 0xFFFF_FFFFL;
        if (length > MAX_MESSAGE) {
            throw new FailedException(
                    FailureKind.TOO_LARGE, "answer has a message of " + length + " bytes, more than " + MAX_MESSAGE);
        }
        if (!in.request(length)) {
            throw new ProtocolException("it ends within a frame");
        }
        byte[] message = in.readByteArray(length);
        if (!in.exhausted()) {
            throw new ProtocolException("it has more than one message");
        }
        return message;
    }

    /** Returns the name of the state that a message tells; that of a field that is not there is the first. */
    static String health(byte[] message) throws ProtocolException {
        ByteBuffer in = ByteBuffer.wrap(message);
        long health = 0;
        while (in.hasRemaining()) {
            long tag = varint(in);
            int type = (int) (tag & 7);
            if (tag >>> 3 == STATUS_FIELD && type == VARINT) {
                health = varint(in);
            } else {
                skip(in, type);
            }
        }
        return health >= 0 && health < HEALTHS.size() ? HEALTHS.get((int) health) : "state " + health;
    }

    /** Passes over a field that a later version of the protocol may have. */
    private static void skip(ByteBuffer in, int type) throws ProtocolException {
        if (type == VARINT) {
            varint(in);
            return;
        }
        long length = switch (type) {
            case EIGHT_BYTES -> Long.BYTES;
            case SIZED -> varint(in);
            case FOUR_BYTES -> Integer.BYTES;
            default -> throw broken();
        };
        if (length < 0 || length > in.remaining()) {
            throw broken();
        }
        in.position(in.position() + (int) length);
    }

    private static long varint(ByteBuffer in) throws ProtocolException {
        long value = 0;
        for (int shift = 0; shift < MOST_BITS && in.hasRemaining(); shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw broken();
    }

    private static ProtocolException broken() {
        return new ProtocolException("its message is none of the health service");
    }
}

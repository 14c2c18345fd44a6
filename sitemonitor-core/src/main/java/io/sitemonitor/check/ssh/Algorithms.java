package io.sitemonitor.check.ssh;

import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.FailedException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The algorithms that a server has, from the message {@code SSH_MSG_KEXINIT} (RFC 4253, section 7.1), which is not
 * encrypted yet.
 *
 * @param keyExchanges how keys may be exchanged, the preferred one first
 * @param hostKeys for what there is a host key
 */
record Algorithms(List<String> keyExchanges, List<String> hostKeys) {

    private static final int DISCONNECT = 1;
    private static final int IGNORE = 2;
    private static final int DEBUG = 4;
    private static final int KEXINIT = 20;
    private static final int COOKIE = 16;
    private static final int LISTS = 10;
    private static final int LENGTH = 4;
    private static final int MAX_PACKET = 35_000;
    private static final int MOST_IGNORED = 16;

    /** Reads packets up to the one that names them. */
    static Algorithms read(Conversation server) throws IOException {
        for (int packets = 0; packets <= MOST_IGNORED; packets++) {
            ByteBuffer message = packet(server);
            switch (message.get()) {
                case KEXINIT -> {
                    return parse(message);
                }
                case DISCONNECT -> throw new FailedException(FailureKind.STATUS, reason(message));
                case IGNORE, DEBUG -> {}
                default -> throw new ProtocolException("message is none that comes before keys are exchanged");
            }
        }
        throw new ProtocolException("more than " + MOST_IGNORED + " messages come before the algorithms");
    }

    private static ByteBuffer packet(Conversation server) throws IOException {
        int length = ByteBuffer.wrap(server.bytes(LENGTH)).getInt();
        if (length < 2 || length > MAX_PACKET) {
            throw new ProtocolException(
                    "packet has " + Integer.toUnsignedString(length) + " bytes, which none of SSH has");
        }
        byte[] packet = server.bytes(length);
        int payload = length - 1 - (packet[0] & 0xFF);
        if (payload < 1) {
            throw new ProtocolException("packet has nothing but padding");
        }
        return ByteBuffer.wrap(packet, 1, payload);
    }

    private static Algorithms parse(ByteBuffer message) throws ProtocolException {
        if (message.remaining() < COOKIE) {
            throw cut();
        }
        message.position(message.position() + COOKIE);
        String keyExchanges = text(message);
        String hostKeys = text(message);
        for (int i = 2; i < LISTS; i++) {
            text(message);
        }
        return new Algorithms(List.of(keyExchanges.split(",")), List.of(hostKeys.split(",")));
    }

    private static String reason(ByteBuffer message) throws ProtocolException {
        if (message.remaining() < LENGTH) {
            throw cut();
        }
        int code = message.getInt();
        return "server disconnects with code " + Integer.toUnsignedString(code) + ": " + text(message);
    }

    private static String text(ByteBuffer message) throws ProtocolException {
        int length = message.remaining() < LENGTH ? -1 : message.getInt();
        if (length < 0 || length > message.remaining()) {
            throw cut();
        }
        byte[] bytes = new byte[length];
        message.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ProtocolException cut() {
        return new ProtocolException("message is shorter than it says");
    }
}

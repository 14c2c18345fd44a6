package io.sitemonitor.check.mqtt;

import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.FailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A packet of MQTT (version 3.1.1, section 2).
 *
 * @param type what it is, from 1 to 14
 * @param flags the rest of the first byte
 * @param body all that follows the length
 */
record Packet(int type, int flags, byte[] body) {

    static final int CONNECT = 1;
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int SUBSCRIBE = 8;
    static final int SUBACK = 9;
    static final int UNSUBSCRIBE = 10;
    static final int UNSUBACK = 11;
    static final int PINGREQ = 12;
    static final int PINGRESP = 13;
    static final int DISCONNECT = 14;

    private static final int MAX_BODY = 64 * 1024;
    private static final int MOST_DIGITS = 4;
    private static final int DIGIT = 7;

    /** A packet to send, of texts each with its length, or of bytes. */
    static Packet of(int type, int flags, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        return new Packet(type, flags, body.toByteArray());
    }

    /** A text with its length in front. */
    static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] sized = new byte[bytes.length + 2];
        sized[0] = (byte) (bytes.length >> 8);
        sized[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, sized, 2, bytes.length);
        return sized;
    }

    /** Reads the first packet, which can be of one type only. */
    static Packet first(Conversation server, int wanted) throws IOException {
        int head = server.octet();
        if (head >> 4 != wanted) {
            throw none(head);
        }
        return read(server, head);
    }

    static Packet read(Conversation server) throws IOException {
        return read(server, server.octet());
    }

    private static Packet read(Conversation server, int head) throws IOException {
        requireAnswer(head);
        int length = 0;
        int digit = 0x80;
        for (int digits = 0; (digit & 0x80) != 0; digits++) {
            if (digits == MOST_DIGITS) {
                throw new ProtocolException("answer is none of MQTT: its length has more than 4 bytes");
            }
            digit = server.octet();
            length |= (digit & 0x7F) << DIGIT * digits;
            if (digit == 0 && digits > 0) {
                throw new ProtocolException("answer is none of MQTT: its length is longer than it must be");
            }
        }
        if (head >> 4 == PINGRESP && length != 0) {
            throw new ProtocolException("answer is none of MQTT: PINGRESP has " + length + " bytes more than it may");
        }
        if (length > MAX_BODY) {
            throw new FailedException(
                    FailureKind.TOO_LARGE, "answer has a packet of " + length + " bytes, more than " + MAX_BODY);
        }
        return new Packet(head >> 4, head & 0x0F, server.bytes(length));
    }

    /** What is not a packet that we wait for is none of MQTT, or was not asked for, and its length means nothing. */
    private static void requireAnswer(int head) throws ProtocolException {
        int type = head >> 4;
        boolean acknowledges = type == CONNACK || type == SUBACK || type == UNSUBACK || type == PINGRESP;
        if (type != PUBLISH && (!acknowledges || (head & 0x0F) != 0)) {
            throw none(head);
        }
    }

    private static ProtocolException none(int head) {
        return new ProtocolException("answer is none of MQTT: a packet begins with byte " + head);
    }

    void send(Conversation server) throws IOException {
        server.send(bytes());
    }

    byte[] bytes() {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(type << 4 | flags);
        int left = body.length;
        do {
            int digit = left & 0x7F;
            left >>>= DIGIT;
            packet.write(left == 0 ? digit : digit | 0x80);
        } while (left != 0);
        packet.writeBytes(body);
        return packet.toByteArray();
    }

    /** Returns one byte of the body, from 0 to 255. */
    int octet(int index) throws ProtocolException {
        if (index >= body.length) {
            throw new ProtocolException("answer is none of MQTT: a packet ends too soon");
        }
        return body[index] & 0xFF;
    }

    /** Tells whether this is a message with a topic and a text, sent without an acknowledgement. */
    boolean isMessage(byte[] topic, byte[] text) {
        int start = topic.length;
        return type == PUBLISH
                && body.length == start + text.length
                && Arrays.equals(body, 0, start, topic, 0, start)
                && Arrays.equals(body, start, body.length, text, 0, text.length);
    }
}

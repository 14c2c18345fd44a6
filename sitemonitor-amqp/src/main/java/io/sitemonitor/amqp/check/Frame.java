package io.sitemonitor.amqp.check;

import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import java.io.IOException;
import java.net.ProtocolException;

/**
 * A frame of AMQP 0-9-1 (section 4.2.3).
 *
 * @param type what it is
 * @param channel 0 for the connection itself, 1 for the one channel that a check opens
 * @param payload all that follows its length
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Frame(int type, int channel, byte[] payload) {

    static final int METHOD = 1;
    static final int HEADER = 2;
    static final int BODY = 3;
    static final int HEARTBEAT = 8;

    /** The most bytes that a frame has here: more than any that is asked for. */
    static final int MOST = 64 * 1024;

    private static final int END = 0xCE;

    /** A method with its arguments. */
    static Frame of(Method method, Request arguments) {
        byte[] payload = new Request()
                .number16(method.type())
                .number16(method.number())
                .raw(arguments.bytes())
                .bytes();
        return new Frame(METHOD, method.channel(), payload);
    }

    /** Reads the first answer, which is a frame unless the broker speaks another protocol. */
    static Frame first(Conversation server) throws IOException {
        int octet = server.octet();
        if (octet == 'A') {
            byte[] rest = server.bytes(7);
            if (rest[0] == 'M' && rest[1] == 'Q' && rest[2] == 'P') {
                throw new ProtocolException("broker does not speak AMQP 0-9-1; it offers version " + rest[4] + "-"
                        + rest[5] + "-" + rest[6] + " of protocol " + rest[3]);
            }
        }
        return read(server, octet);
    }

    static Frame read(Conversation server) throws IOException {
        return read(server, server.octet());
    }

    private static Frame read(Conversation server, int type) throws IOException {
        if (type != METHOD && type != HEADER && type != BODY && type != HEARTBEAT) {
            throw none("a frame begins with " + (type > ' ' && type < 0x7F ? "'" + (char) type + "'" : "byte " + type));
        }
        Arguments head = new Arguments(server.bytes(6));
        int channel = head.number16();
        if (channel > 1) {
            throw none("a frame is for channel " + channel + ", which is not open");
        }
        long size = head.number32();
        if (size > MOST) {
            throw new Refusal(FailureKind.TOO_LARGE, "answer has a frame of " + size + " bytes, more than " + MOST);
        }
        byte[] payload = server.bytes((int) size);
        if (server.octet() != END) {
            throw none("a frame is longer than it says");
        }
        return new Frame(type, channel, payload);
    }

    byte[] bytes() {
        return new Request()
                .octet(type)
                .number16(channel)
                .number32(payload.length)
                .raw(payload)
                .octet(END)
                .bytes();
    }

    private static ProtocolException none(String why) {
        return new ProtocolException("answer is none of AMQP 0-9-1: " + why);
    }
}

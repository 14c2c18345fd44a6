package io.sitemonitor.check.websocket;

import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.FailedException;
import io.sitemonitor.check.internal.Farewell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.security.SecureRandom;
import java.util.Arrays;

/** What goes over a connection after the upgrade. Answers pings meanwhile. For one run. */
final class Messages {

    /** So many answers fit between two machines before the other one reads. */
    private static final int MOST_PINGS = 64;

    private static final int MOST_FRAMES = 1_024;
    private static final int PING_SIZE = 8;

    private final Conversation server;
    private final SecureRandom random;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private int opcode;
    private int frames;
    private int pings;
    private int sent;

    Messages(Conversation server, SecureRandom random) {
        this.server = server;
        this.random = random;
    }

    /** Sends a message. */
    void send(int type, byte[] payload) throws IOException {
        sent += payload.length;
        if (sent > Settings.MOST_SENT) {
            throw new FailedException(
                    FailureKind.CHECK_ERROR, "what is sent must have at most " + Settings.MOST_SENT + " bytes in all");
        }
        server.send(frame(type, payload));
    }

    /** Returns the next message. */
    Frame next() throws IOException {
        Frame frame = receive();
        while (frame.opcode() == Frame.PONG) {
            frame = receive(); // one may come unasked
        }
        if (frame.opcode() == Frame.CLOSE) {
            throw closed(frame);
        }
        return frame;
    }

    /** Sends a ping and waits for its answer; messages that come before it are passed over. */
    void ping() throws IOException {
        byte[] payload = new byte[PING_SIZE];
        random.nextBytes(payload);
        server.send(frame(Frame.PING, payload));
        Frame frame = receive();
        while (frame.opcode() != Frame.PONG || !Arrays.equals(frame.payload(), payload)) {
            if (frame.opcode() == Frame.CLOSE) {
                throw closed(frame);
            }
            frame = receive();
        }
    }

    /** Ends the connection and waits for the other side to agree; messages that come before that are passed over. */
    Closing close() throws IOException {
        server.send(frame(Frame.CLOSE, new Closing(Closing.NORMAL, "").payload()));
        Frame frame = receive();
        while (frame.opcode() != Frame.CLOSE) {
            frame = receive();
        }
        return Closing.of(frame.payload());
    }

    /** Ends the connection, if the other side is still there. */
    void leave() {
        Farewell.say(server, frame(Frame.CLOSE, new Closing(Closing.NORMAL, "").payload()));
    }

    private FailedException closed(Frame frame) throws IOException {
        Closing closing = Closing.of(frame.payload());
        Farewell.say(server, frame(Frame.CLOSE, Arrays.copyOf(frame.payload(), Math.min(2, frame.payload().length))));
        return new FailedException(FailureKind.STATUS, "closed by the server with " + closing);
    }

    /** Returns a whole message, a pong or a close. */
    private Frame receive() throws IOException {
        while (true) {
            Frame frame = Frame.read(server, Frame.MAX_MESSAGE - begun.size());
            if (frame.opcode() == Frame.PING) {
                answer(frame);
            } else if (frame.opcode() >= Frame.CLOSE) {
                return frame;
            } else if (append(frame)) {
                return whole();
            }
        }
    }

    private void answer(Frame ping) throws IOException {
        pings++;
        if (pings > MOST_PINGS) {
            throw new ProtocolException("more than " + MOST_PINGS + " pings come");
        }
        server.send(frame(Frame.PONG, ping.payload()));
    }

    /** Tells whether the message is whole. */
    private boolean append(Frame frame) throws IOException {
        boolean goesOn = frame.opcode() == Frame.CONTINUATION;
        if (goesOn != (frames > 0)) {
            throw new ProtocolException(
                    goesOn ? "a message begins with a continuation" : "a message begins within another one");
        }
        opcode = goesOn ? opcode : frame.opcode();
        frames++;
        if (frames > MOST_FRAMES) {
            throw new ProtocolException("a message has more than " + MOST_FRAMES + " frames");
        }
        begun.writeBytes(frame.payload());
        return frame.last();
    }

    private Frame whole() throws IOException {
        Frame message = new Frame(true, opcode, begun.toByteArray());
        begun.reset();
        frames = 0;
        if (opcode == Frame.TEXT) {
            Utf8.text(message.payload(), 0, "a text");
        }
        return message;
    }

    private byte[] frame(int type, byte[] payload) {
        byte[] key = new byte[Frame.MASK];
        random.nextBytes(key);
        return new Frame(true, type, payload).bytes(key);
    }
}

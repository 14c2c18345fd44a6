package io.sitemonitor.amqp.check;

import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The other side of one run: methods go there and come back, and what comes unasked is judged. For one thread. */
final class Broker {

    /** Heartbeats, say: a broker that sends more of them than this in one run has nothing else to say. */
    private static final int MOST_SKIPPED = 1_000;

    private final Conversation server;
    private boolean begun;
    private boolean closed;
    private int skipped;

    Broker(Conversation server) {
        this.server = server;
    }

    /**
     * What came.
     *
     * @param method which method, or null if it is none that a check knows
     * @param shown its name, or its numbers
     * @param arguments what follows it
     */
    record Answer(@Nullable Method method, String shown, Arguments arguments) {}

    void send(Method method, Request arguments) throws IOException {
        send(Frame.of(method, arguments));
    }

    /** Sends them at once. */
    void send(Frame... frames) throws IOException {
        Request all = new Request();
        for (Frame frame : frames) {
            all.raw(frame.bytes());
        }
        server.send(all.bytes());
    }

    /** Reads up to one of these methods. */
    Answer await(Method... wanted) throws IOException {
        server.doing("waiting for " + wanted[0].shown());
        while (true) {
            Frame frame = next();
            if (frame.type() != Frame.METHOD) {
                throw new ProtocolException("a frame of type " + frame.type() + " was not asked for");
            }
            Answer answer = answer(frame);
            if (answer.method() != null && List.of(wanted).contains(answer.method())) {
                return answer;
            }
            judge(answer);
        }
    }

    /** Reads the message that follows a method. */
    byte[] message() throws IOException {
        server.doing("waiting for the rest of a message");
        Arguments header = new Arguments(content(Frame.HEADER).payload());
        header.number32();
        long size = header.number64();
        if (size < 0 || size > Frame.MOST) {
            throw new Refusal(
                    FailureKind.TOO_LARGE, "answer has a message of " + size + " bytes, more than " + Frame.MOST);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (body.size() < size) {
            body.writeBytes(content(Frame.BODY).payload());
        }
        if (body.size() > size) {
            throw new ProtocolException("answer is none of AMQP 0-9-1: a message is longer than it says");
        }
        return body.toByteArray();
    }

    /** Reads up to the answer to the last method, whatever comes before it. */
    void awaitEnd() throws IOException {
        server.doing("waiting for " + Method.CONNECTION_CLOSE_OK.shown());
        while (true) {
            Frame frame = next();
            if (frame.type() == Frame.METHOD && answer(frame).method() == Method.CONNECTION_CLOSE_OK) {
                return;
            }
            skip();
        }
    }

    /** Tells whether the broker has said that it closes the connection. */
    boolean hasClosed() {
        return closed;
    }

    private Frame content(int type) throws IOException {
        while (true) {
            Frame frame = next();
            if (frame.type() == type && frame.channel() == 1) {
                return frame;
            }
            if (frame.type() != Frame.METHOD || frame.channel() == 1) {
                throw new ProtocolException("a frame of type " + frame.type() + " was not asked for");
            }
            judge(answer(frame));
        }
    }

    private Frame next() throws IOException {
        while (true) {
            Frame frame = begun ? Frame.read(server) : Frame.first(server);
            begun = true;
            if (frame.type() != Frame.HEARTBEAT) {
                return frame;
            }
            skip();
        }
    }

    private void skip() throws ProtocolException {
        if (++skipped > MOST_SKIPPED) {
            throw new ProtocolException("more than " + MOST_SKIPPED + " frames come that were not asked for");
        }
    }

    private static Answer answer(Frame frame) throws ProtocolException {
        Arguments arguments = new Arguments(frame.payload());
        int type = arguments.number16();
        int number = arguments.number16();
        Method method = Method.of(type, number);
        boolean belongs = method != null && method.channel() == frame.channel();
        return new Answer(belongs ? method : null, method == null ? type + "." + number : method.shown(), arguments);
    }

    /** What a broker may say at any time. */
    private void judge(Answer answer) throws IOException {
        Method method = answer.method();
        if (method == Method.CONNECTION_CLOSE || method == Method.CHANNEL_CLOSE) {
            closed = method == Method.CONNECTION_CLOSE;
            throw new Refusal(
                    FailureKind.STATUS,
                    answer.arguments().number16() + " " + answer.arguments().shortText());
        }
        if (method == Method.CONNECTION_BLOCKED) {
            throw new Refusal(
                    FailureKind.STATUS,
                    "broker takes no messages: " + answer.arguments().shortText());
        }
        if (method == Method.BASIC_CANCEL) {
            throw new Refusal(FailureKind.STATUS, "broker has cancelled the consumer");
        }
        if (method == Method.CHANNEL_FLOW) {
            int active = answer.arguments().octet();
            if ((active & 1) == 0) {
                throw new Refusal(FailureKind.STATUS, "broker asks for no more messages");
            }
            send(Method.CHANNEL_FLOW_OK, new Request().octet(active));
        } else if (method != Method.CONNECTION_UNBLOCKED) {
            throw new ProtocolException(answer.shown() + " was not asked for");
        }
        skip();
    }
}

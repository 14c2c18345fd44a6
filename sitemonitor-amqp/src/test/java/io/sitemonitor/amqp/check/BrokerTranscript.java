package io.sitemonitor.amqp.check;

import static io.sitemonitor.amqp.check.QueueExpectation.consumersAtLeast;
import static io.sitemonitor.amqp.check.QueueExpectation.depthBelow;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.MutatedAnswers;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Script;
import java.net.Socket;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/** What a broker says in a run that passes, and what at most may pass as well, in the eyes of a reader of its own. */
enum BrokerTranscript implements MutatedAnswers.Subject {

    /** All of a run that looks at a queue, said at once. */
    QUEUE {
        @Override
        String said() {
            return BrokerTalk.START
                    + BrokerTalk.TUNE
                    + BrokerTalk.OPEN_OK
                    + BrokerTalk.CHANNEL_OPEN_OK
                    + BrokerTalk.declareOk("jobs", 12, 2)
                    + BrokerTalk.CLOSE_OK;
        }

        @Override
        public void say(Socket socket, byte[] answer) throws Exception {
            socket.getOutputStream().write(answer);
        }

        @Override
        public Check check(int port) {
            return BrokerTalk.plain(port).expectQueue("jobs", depthBelow(13), consumersAtLeast(2));
        }

        @Override
        boolean mayPass(ByteBuffer sent) {
            ByteBuffer start = method(sent, 0, 10, 10);
            boolean speaks = start.get() == 0 && start.get() == 9;
            start.position(start.getInt() + start.position());
            boolean takesPasswords = (" " + text(start, start.getInt()) + " ").contains(" PLAIN ");
            method(sent, 0, 10, 30);
            method(sent, 0, 10, 41);
            method(sent, 1, 20, 11);
            ByteBuffer queue = method(sent, 1, 50, 11);
            return speaks
                    && takesPasswords
                    && text(queue, queue.get()).equals("jobs")
                    && Integer.toUnsignedLong(queue.getInt()) < 13
                    && Integer.toUnsignedLong(queue.getInt()) >= 2;
        }
    },

    /** What follows upon the message of a round trip, said at once. */
    ROUND_TRIP {
        @Override
        String said() {
            return BrokerTalk.ACK
                    + BrokerTalk.CONSUME_OK
                    + BrokerTalk.delivery(FIRST_HALF + SECOND_HALF)
                    + BrokerTalk.CLOSE_OK;
        }

        @Override
        public void say(Socket socket, byte[] answer) throws Exception {
            AtomicReference<String> text = new AtomicReference<>("");
            Script script = BrokerTalk.ready().then(published -> {
                text.set(BrokerTalk.textOf(published));
                return new String(answer, ISO_8859_1);
            });
            script.play(
                    socket,
                    script.turns() - 1,
                    (connection, changed) -> RawServer.send(
                            connection,
                            changed.replace(FIRST_HALF, text.get().substring(0, FIRST_HALF.length()))
                                    .replace(SECOND_HALF, text.get().substring(FIRST_HALF.length()))));
        }

        @Override
        public Check check(int port) {
            return BrokerTalk.plain(port).roundTrip();
        }

        @Override
        boolean mayPass(ByteBuffer sent) {
            boolean confirms = method(sent, 1, 60, 80).getLong() == 1;
            method(sent, 1, 60, 21);
            method(sent, 1, 60, 60);
            ByteBuffer header = content(sent, 2);
            header.getInt();
            long size = header.getLong();
            StringBuilder text = new StringBuilder();
            while (text.length() < size) {
                ByteBuffer part = content(sent, 3);
                text.append(text(part, part.remaining()));
            }
            return confirms && text.toString().equals(FIRST_HALF + SECOND_HALF);
        }
    };

    /** The parts of a message as long as the one that is sent, in whose place that one's are put. */
    private static final String FIRST_HALF = "a message, as long";

    private static final String SECOND_HALF = " as that of a run.";
    private static final byte FRAME_END = (byte) 0xCE;

    /** A frame. */
    private record Piece(byte type, short channel, ByteBuffer payload) {

        boolean isMethod(int family, int number) {
            return type == 1 && payload.getShort(0) == family && payload.getShort(2) == number;
        }
    }

    abstract String said();

    abstract boolean mayPass(ByteBuffer sent);

    @Override
    public byte[] honest() {
        return said().getBytes(ISO_8859_1);
    }

    @Override
    public boolean mayPass(byte[] sent) {
        try {
            return mayPass(ByteBuffer.wrap(sent));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return false; // it is none of AMQP, or not the one that must come
        }
    }

    /** The arguments of a method that must come next; what a broker may say at any time may come before it. */
    private static ByteBuffer method(ByteBuffer sent, int channel, int family, int number) {
        while (true) {
            Piece next = next(sent);
            if (next.channel() == channel && next.isMethod(family, number)) {
                return next.payload().position(4);
            }
            requireHarmless(next);
        }
    }

    private static ByteBuffer content(ByteBuffer sent, int type) {
        while (true) {
            Piece next = next(sent);
            if (next.type() == type && next.channel() == 1) {
                return next.payload();
            }
            requireHarmless(next);
        }
    }

    private static void requireHarmless(Piece piece) {
        boolean isHarmless = piece.type() == 8
                || piece.isMethod(10, 61)
                || piece.isMethod(20, 20) && (piece.payload().get(4) & 1) == 1;
        if (!isHarmless) {
            throw new IllegalArgumentException("not the one that must come");
        }
    }

    private static Piece next(ByteBuffer sent) {
        byte type = sent.get();
        short channel = sent.getShort();
        int size = sent.getInt();
        ByteBuffer payload = sent.slice(sent.position(), size);
        sent.position(sent.position() + size);
        if (channel < 0 || channel > 1 || sent.get() != FRAME_END) {
            throw new IllegalArgumentException("no frame");
        }
        return new Piece(type, channel, payload);
    }

    private static String text(ByteBuffer from, int length) {
        byte[] text = new byte[length];
        from.get(text);
        return new String(text, ISO_8859_1);
    }
}

package io.sitemonitor.amqp.check;

import static io.sitemonitor.amqp.check.QueueExpectation.consumersAtLeast;
import static io.sitemonitor.amqp.check.QueueExpectation.depthBelow;

import io.sitemonitor.check.Script;
import io.sitemonitor.check.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** What a broker says that is honest, turn by turn, and a check that asks all it can ask. */
final class BrokerTalk {

    static final String PASSWORD = "se \"cr\\et";
    static final String START = start("PLAIN AMQPLAIN");
    static final String TUNE = said(
            Method.CONNECTION_TUNE,
            new Request().number16(2_047).number32(131_072).number16(60));
    static final String OPEN_OK = said(Method.CONNECTION_OPEN_OK, new Request().shortText(""));
    static final String CHANNEL_OPEN_OK = said(Method.CHANNEL_OPEN_OK, new Request().longText(""));
    static final String SELECT_OK = said(Method.CONFIRM_SELECT_OK, new Request());
    static final String ACK = said(Method.BASIC_ACK, new Request().number64(1).octet(0));
    static final String CONSUME_OK = said(Method.BASIC_CONSUME_OK, new Request().shortText("tag"));
    static final String CLOSE_OK = said(Method.CONNECTION_CLOSE_OK, new Request());
    static final String HEARTBEAT = said(new Frame(Frame.HEARTBEAT, 0, new byte[0]));

    private static final int ID = 36;

    private BrokerTalk() {}

    /** Passes against {@link #honest}. */
    static RabbitCheck check(int port) {
        return plain(port)
                .login("monitor", Secret.of(PASSWORD))
                .expectQueue("jobs", depthBelow(13), consumersAtLeast(2))
                .roundTrip();
    }

    static RabbitCheck plain(int port) {
        return RabbitCheck.connect("amqp://127.0.0.1:" + port);
    }

    /** For one connection. */
    static Script honest() {
        AtomicReference<String> text = new AtomicReference<>("");
        return open().then(declareOk("jobs", 12, 2))
                .then(declareOk("amq.gen-1", 0, 0))
                .then(SELECT_OK)
                .then(published -> {
                    text.set(textOf(published));
                    return ACK;
                })
                .then(consume -> CONSUME_OK + delivery(text.get()))
                .then(CLOSE_OK);
    }

    /** Up to the channel. */
    static Script open() {
        return Script.answering(START).then(TUNE).then(OPEN_OK).then(CHANNEL_OPEN_OK);
    }

    /** Up to the queue of a round trip. */
    static Script ready() {
        return open().then(declareOk("amq.gen-1", 0, 0)).then(SELECT_OK);
    }

    static String start(String mechanisms) {
        Map<String, ?> properties = Map.of("product", "RabbitMQ", "version", "3.10.8", "capabilities", Map.of("x", 1));
        return said(
                Method.CONNECTION_START,
                new Request()
                        .octet(0)
                        .octet(9)
                        .table(properties)
                        .longText(mechanisms)
                        .longText("en_US"));
    }

    static String declareOk(String name, int messages, int consumers) {
        return said(
                Method.QUEUE_DECLARE_OK,
                new Request().shortText(name).number32(messages).number32(consumers));
    }

    static String close(Method method, int code, String text) {
        return said(
                method, new Request().number16(code).shortText(text).number16(0).number16(0));
    }

    static String delivery(String text) {
        return deliver() + content(text, text.length());
    }

    static String deliver() {
        return said(
                Method.BASIC_DELIVER,
                new Request()
                        .shortText("tag")
                        .number64(1)
                        .octet(0)
                        .shortText("")
                        .shortText("amq.gen-1"));
    }

    /** A message in two frames that says it has so many bytes. */
    static String content(String text, long size) {
        byte[] header = new Request()
                .number16(60)
                .number16(0)
                .number64(size)
                .number16(0)
                .bytes();
        int half = text.length() / 2;
        return said(new Frame(Frame.HEADER, 1, header))
                + said(new Frame(Frame.BODY, 1, latin(text.substring(0, half))))
                + HEARTBEAT
                + said(new Frame(Frame.BODY, 1, latin(text.substring(half))));
    }

    static String textOf(String published) {
        return published.substring(published.length() - 1 - ID, published.length() - 1);
    }

    static String said(Method method, Request arguments) {
        return said(Frame.of(method, arguments));
    }

    static String said(Frame frame) {
        return new String(frame.bytes(), StandardCharsets.ISO_8859_1);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

package io.sitemonitor.amqp.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.HeldMemoryProbe;
import io.sitemonitor.check.RawServer;
import java.net.Socket;
import java.util.Map;
import java.util.function.Supplier;

/** Brokers that are honest up to some turn, and then say what is made to fill the memory of whoever reads it. */
enum HeavyBroker implements HeldMemoryProbe.Subject {
    TABLE_OF_MANY_TEXTS(0, () -> start(sized(texts(new Request(), 7_200)), "PLAIN")),
    TABLE_OF_MANY_TABLES(0, () -> start(tables(), "PLAIN")),
    LONG_PRODUCT(
            0,
            () -> start(
                    new Request()
                            .table(Map.of("product", "\u0416".repeat(32_000)))
                            .bytes(),
                    "AMQPLAIN")),
    MANY_MECHANISMS(0, () -> start(new Request().table(Map.of()).bytes(), "y ".repeat(32_000))),
    REASON_OF_MANY_BYTES(2, () -> BrokerTalk.close(Method.CONNECTION_CLOSE, 530, "\u0416".repeat(127))),
    HEARTBEATS(3, () -> BrokerTalk.HEARTBEAT.repeat(500_000)),
    LONG_FRAME(3, () -> BrokerTalk.said(new Frame(Frame.METHOD, 1, new byte[4_000_000]))),
    LONG_MESSAGE(8, () -> message("y".repeat(60_000)).repeat(60)),
    MESSAGE_OF_EMPTY_PIECES(8, () -> message("").repeat(300_000));

    private static final int DEEP = 15;
    private static final int MESSAGE = 65_536;

    private final int turn;
    private final Supplier<String> said;

    HeavyBroker(int turn, Supplier<String> said) {
        this.turn = turn;
        this.said = said;
    }

    @Override
    public Check check(int port) {
        return BrokerTalk.check(port);
    }

    String said() {
        String all = said.get();
        return turn < 8 ? all : BrokerTalk.CONSUME_OK + BrokerTalk.deliver() + BrokerTalk.content("", MESSAGE) + all;
    }

    void serve(Socket socket, String all) throws Exception {
        BrokerTalk.honest().play(socket, turn, (connection, honest) -> {
            RawServer.send(connection, all);
            connection.shutdownOutput();
            RawServer.drain(connection);
        });
    }

    private static String start(byte[] table, String mechanisms) {
        return BrokerTalk.said(
                Method.CONNECTION_START,
                new Request().octet(0).octet(9).raw(table).longText(mechanisms).longText("en_US"));
    }

    private static String message(String part) {
        return BrokerTalk.said(new Frame(Frame.BODY, 1, part.getBytes(UTF_8)));
    }

    /** Texts without a letter, of names as short as they can be. */
    private static Request texts(Request table, int count) {
        for (int i = 0; i < count; i++) {
            table.shortText(Integer.toString(i, Character.MAX_RADIX)).octet('S').number32(0);
        }
        return table;
    }

    /** Tables in tables, as deep as they are read, with texts in each. */
    private static byte[] tables() {
        byte[] inner = {0, 0, 0, 0};
        for (int i = 0; i < DEEP; i++) {
            inner = sized(texts(new Request(), 480).shortText("t").octet('F').raw(inner));
        }
        return inner;
    }

    private static byte[] sized(Request table) {
        byte[] entries = table.bytes();
        return new Request().number32(entries.length).raw(entries).bytes();
    }
}

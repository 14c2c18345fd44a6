package io.sitemonitor.check;

import static io.sitemonitor.check.Http2.CONTINUATION;
import static io.sitemonitor.check.Http2.DATA;
import static io.sitemonitor.check.Http2.END;
import static io.sitemonitor.check.Http2.END_HEADERS;
import static io.sitemonitor.check.Http2.END_STREAM;
import static io.sitemonitor.check.Http2.HEADERS;
import static io.sitemonitor.check.Http2.PING;
import static io.sitemonitor.check.Http2.SETTINGS;
import static io.sitemonitor.check.Http2.START;
import static io.sitemonitor.check.Http2.STREAM;
import static io.sitemonitor.check.Http2.frame;
import static io.sitemonitor.check.Http2.headers;
import static io.sitemonitor.check.Http2.joined;
import static io.sitemonitor.check.TextExpectation.containing;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sitemonitor.check.dns.DnsCheck;
import io.sitemonitor.check.dns.RecordType;
import io.sitemonitor.check.grpc.GrpcHealthCheck;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.http.HttpVersion;
import io.sitemonitor.check.rdap.DomainExpiryCheck;
import io.sitemonitor.check.udp.UdpCheck;
import io.sitemonitor.check.websocket.Upgraded;
import io.sitemonitor.check.websocket.WebSocketCheck;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Answers in frames, and in other than plain HTTP, that are made to fill the memory of whoever reads them. */
enum HeavyFrames implements HeldMemoryProbe.Subject {
    HTTP2_HEAD_OF_REPEATED_HEADERS(HeavyFrames::http2, HeavyFrames::request, () -> bomb(0x88)),
    HTTP2_TRAILERS_OF_REPEATED_HEADERS(
            HeavyFrames::http2,
            HeavyFrames::request,
            () -> joined(headers(0, ":status", "200"), Http2.data(0, (byte) 'y'), bomb())),
    HTTP2_PINGS(HeavyFrames::http2, HeavyFrames::request, () -> times(80_000, frame(PING, 0, 0, new byte[8]))),
    HTTP2_SETTINGS(HeavyFrames::http2, HeavyFrames::request, () -> times(100_000, frame(SETTINGS, 0, 0))),
    HTTP2_LONG_BODY(
            HeavyFrames::http2,
            HeavyFrames::request,
            () -> joined(headers(0, ":status", "200"), times(600, frame(DATA, 0, STREAM, text("y", 16_384))))),
    HTTP2_BODY_OF_MANY_PIECES(
            HeavyFrames::http2,
            HeavyFrames::request,
            () -> joined(
                    headers(0, ":status", "200"),
                    times(150_000, frame(DATA, 0, STREAM, (byte) 'y')),
                    Http2.data(END_STREAM))),
    GRPC_HEAD_OF_REPEATED_HEADERS(HeavyFrames::grpc, HeavyFrames::request, () -> bomb(0x88)),
    GRPC_TRAILERS_OF_REPEATED_HEADERS(
            HeavyFrames::grpc, HeavyFrames::request, () -> joined(Http2.HEAD, Http2.SERVING, bomb())),
    GRPC_LONG_MESSAGE(
            HeavyFrames::grpc,
            HeavyFrames::request,
            () -> joined(
                    Http2.HEAD,
                    Http2.data(0, (byte) 0, (byte) 0, (byte) 0, (byte) 16, (byte) 0),
                    times(600, frame(DATA, 0, STREAM, text("y", 16_384))))),
    GRPC_LONG_STATUS(
            HeavyFrames::grpc,
            HeavyFrames::request,
            () -> joined(Http2.HEAD, headers(END_STREAM, "grpc-status", "13", "grpc-message", "%D0%96".repeat(2_600)))),
    WEBSOCKET_LONG_MESSAGE(
            HeavyFrames::webSocket, Upgraded::accept, () -> Upgraded.frame(0x81, text("\u0416", 65_534))),
    WEBSOCKET_MESSAGE_OF_MANY_FRAMES(
            HeavyFrames::webSocket,
            Upgraded::accept,
            () -> joined(Upgraded.frame(1), times(400_000, Upgraded.frame(0)))),
    WEBSOCKET_MANY_PINGS(
            HeavyFrames::webSocket, Upgraded::accept, () -> times(40_000, Upgraded.frame(0x89, text("y", 125)))),
    WEBSOCKET_LONG_HEAD(
            HeavyFrames::webSocket,
            socket -> {
                RawServer.readHead(socket);
                RawServer.send(socket, "HTTP/1.1 101 Switching Protocols\r\n");
            },
            () -> times(400_000, "a: b\r\n".getBytes(UTF_8))),
    RDAP_LISTS(
            HeavyFrames::domain,
            RawServer::readHead,
            () -> json("{\"objectClassName\":\"domain\",\"events\":[" + "[],".repeat(8_000) + "[]]}")),
    RDAP_STATES(
            HeavyFrames::domain,
            RawServer::readHead,
            () -> json(
                    "{\"objectClassName\":\"domain\",\"status\":[" + "\"\u0416\u0416\u0416\",".repeat(19_000) + "1]}")),
    RDAP_LONG_TEXT(
            HeavyFrames::domain,
            RawServer::readHead,
            () -> json("{\"objectClassName\":\"domain\",\"ldhName\":\"" + "\u0416y".repeat(87_000) + "\"}")),
    RDAP_LIST_OF_REGISTRIES(
            port -> DomainExpiryCheck.forDomain("shop.example").bootstrap("http://127.0.0.1:" + port + "/"),
            RawServer::readHead,
            () -> json("{\"version\":\"1.0\",\"services\":[" + "[[\"a\"],[\"https://a/\"]],".repeat(1_900) + "[]]}")),
    DNS_ADDRESSES(port -> dns(port, RecordType.A), answering(4_000, addresses(4_000).length), () -> addresses(4_000)),
    DNS_NAME_SERVERS(
            port -> dns(port, RecordType.NS), answering(4_501, nameServers(2_250).length), () -> nameServers(2_250)),
    UDP_DATAGRAM(
            port -> UdpCheck.send("127.0.0.1", port, "?")
                    .expectText(containing("all is well"))
                    .showAnswer(),
            socket -> {},
            () -> text("\u0416", 65_000));

    /** What a server reads before it sends its bytes; says what must come before them. */
    @FunctionalInterface
    private interface Beginning {
        void of(Socket socket) throws Exception;
    }

    private static final int FRAME = 16_384;
    private static final int QUESTION_AT = 12;
    private static final int RECORDS_AT = QUESTION_AT + 14 + 4;
    private static final int RECORD_HEAD = 12;

    private final IntFunction<Check> check;
    private final Beginning beginning;
    private final Supplier<byte[]> bytes;

    HeavyFrames(IntFunction<Check> check, Beginning beginning, Supplier<byte[]> bytes) {
        this.check = check;
        this.beginning = beginning;
        this.bytes = bytes;
    }

    @Override
    public Check check(int port) {
        return check.apply(port);
    }

    byte[] bytes() {
        return bytes.get();
    }

    void serve(Socket socket, byte[] answer) throws Exception {
        beginning.of(socket);
        socket.getOutputStream().write(answer);
        RawServer.drain(socket);
    }

    private static Check http2(int port) {
        return HttpCheck.get("http://127.0.0.1:" + port + "/")
                .version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE)
                .expectBody(containing("all is well"));
    }

    private static Check grpc(int port) {
        return GrpcHealthCheck.connect("127.0.0.1", port).plainText();
    }

    private static Check webSocket(int port) {
        return WebSocketCheck.connect("ws://127.0.0.1:" + port + "/").expectText(containing("all is well"));
    }

    private static Check domain(int port) {
        return DomainExpiryCheck.forDomain("shop.example").server("http://127.0.0.1:" + port + "/");
    }

    private static Check dns(int port, RecordType type) {
        return DnsCheck.lookup("shop.example", type)
                .server("127.0.0.1", port)
                .overTcp()
                .expectNoRecords();
    }

    private static void request(Socket socket) throws Exception {
        Http2.readRequest(socket);
        socket.getOutputStream().write(START);
    }

    /** A header of 4,000 bytes that the other side is to remember, and then is repeated by single bytes. */
    private static byte[] bomb(int... first) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        Arrays.stream(first).forEach(head::write);
        byte[] field = Http2.fields("a", "y".repeat(4_000));
        field[0] = 0x40; // to be remembered
        head.writeBytes(field);
        byte[] repeated = new byte[FRAME];
        Arrays.fill(repeated, (byte) 0xBE); // the one remembered last
        return joined(
                frame(HEADERS, 0, STREAM, head.toByteArray()),
                times(60, frame(CONTINUATION, 0, STREAM, repeated)),
                frame(CONTINUATION, END_HEADERS, STREAM),
                END);
    }

    private static byte[] json(String document) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/rdap+json\r\nConnection: close\r\nContent-Length: "
                        + document.getBytes(UTF_8).length + "\r\n\r\n" + document)
                .getBytes(UTF_8);
    }

    /** The beginning of an answer of DNS: all up to its records. */
    private static Beginning answering(int count, int size) {
        return socket -> {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] question = in.readNBytes(in.readUnsignedShort());
            ByteBuffer answer = ByteBuffer.allocate(2 + RECORDS_AT)
                    .putShort((short) (RECORDS_AT + size))
                    .put(question, 0, RECORDS_AT);
            answer.put(4, (byte) 0x84)
                    .put(5, (byte) 0)
                    .putShort(8, (short) count)
                    .putShort(12, (short) 0);
            socket.getOutputStream().write(answer.array());
        };
    }

    /** Addresses of the name that was asked for. */
    private static byte[] addresses(int count) {
        return times(count, record(QUESTION_AT, 1, (byte) 192, (byte) 0, (byte) 2, (byte) 7));
    }

    /** Name servers, all of the same long name, of the name that was asked for and of the long one. */
    private static byte[] nameServers(int pairs) {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (int length : new int[] {63, 63, 63, 60}) {
            name.write(length);
            name.writeBytes(text("y", length));
        }
        name.write(0);
        byte[] pointer = Http2.number(0xC000 | RECORDS_AT + RECORD_HEAD);
        byte[] its = {pointer[2], pointer[3]};
        return joined(
                record(QUESTION_AT, 2, name.toByteArray()),
                times(pairs, joined(record(QUESTION_AT, 2, its), record(RECORDS_AT + RECORD_HEAD, 2, its))));
    }

    private static byte[] record(int nameAt, int type, byte... data) {
        return ByteBuffer.allocate(RECORD_HEAD + data.length)
                .putShort((short) (0xC000 | nameAt))
                .putShort((short) type)
                .putShort((short) 1)
                .putInt(300)
                .putShort((short) data.length)
                .put(data)
                .array();
    }

    private static byte[] text(String text, int bytes) {
        return text.repeat(bytes / text.getBytes(UTF_8).length).getBytes(UTF_8);
    }

    private static byte[] times(int count, byte[] part) {
        ByteBuffer all = ByteBuffer.allocate(count * part.length);
        for (int i = 0; i < count; i++) {
            all.put(part);
        }
        return all.array();
    }
}

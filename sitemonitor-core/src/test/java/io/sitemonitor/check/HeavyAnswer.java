package io.sitemonitor.check;

import static io.sitemonitor.check.TextExpectation.containing;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sitemonitor.check.http.BodyExpectation;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.http.HttpExpectation;
import io.sitemonitor.check.http.ValueExpectation;
import io.sitemonitor.check.imap.ImapCheck;
import io.sitemonitor.check.redis.RedisCheck;
import io.sitemonitor.check.smtp.SmtpCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/** Answers that are made to fill the memory of whoever reads them. */
enum HeavyAnswer implements HeldMemoryProbe.Subject {
    LONG_BODY(head("") + "Content-Length: 9999999\r\n\r\n", HeavyAnswer::text, () -> "y".repeat(9_000_000)),
    LONG_BODY_OF_LETTERS_BEYOND_LATIN(
            head("") + "\r\n", HeavyAnswer::text, () -> "\u20AC" + "\u0416y".repeat(174_000) + "\u20AC"),
    BODY_OF_MANY_CHUNKS(
            head("Transfer-Encoding: chunked\r\n") + "\r\n", HeavyAnswer::text, () -> "1\r\ny\r\n".repeat(100_000)),
    BOMB(head("Content-Encoding: gzip\r\n") + "\r\n", HeavyAnswer::text, () -> gzip("y".repeat(50_000_000))),
    JSON_OF_LISTS(json(), HeavyAnswer::json, () -> "[" + "[],".repeat(330_000) + "[]]"),
    JSON_OF_OBJECTS(json(), HeavyAnswer::json, () -> "[" + "{},".repeat(9_000) + "{}]"),
    JSON_OF_NAMES(json(), HeavyAnswer::json, () -> names(9_900)),
    JSON_OF_LONG_NUMBERS(json(), HeavyAnswer::json, () -> "[" + ("1." + "3".repeat(97) + ",").repeat(5_200) + "1]"),
    JSON_OF_TEXTS(
            json(),
            HeavyAnswer::json,
            () -> "[" + "\"\u0416y\u0416yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\",".repeat(9_000) + "1]"),
    JSON_FOR_A_PATH(
            json(),
            url -> HttpCheck.get(url).expectBody(BodyExpectation.jsonPath("$..a", ValueExpectation.equalTo("x"))),
            () -> names(9_900)),
    XML_OF_TAGS(json(), HeavyAnswer::xml, () -> "<a>" + "<b/>".repeat(9_990) + "</a>"),
    XML_OF_ATTRIBUTES(json(), HeavyAnswer::xml, () -> "<a>" + "<b c='d' e='f'>g</b>".repeat(2_490) + "</a>"),
    XML_OF_TEXTS(json(), HeavyAnswer::xml, () -> "<a>" + ("<b>" + "y".repeat(190) + "</b>").repeat(2_600) + "</a>"),
    LONG_HEAD("HTTP/1.1 200 OK\r\n", HeavyAnswer::text, () -> "a: b\r\n".repeat(400_000)),
    HEAD_OF_EMPTY_HEADERS("HTTP/1.1 200 OK\r\n", HeavyAnswer::heads, () -> headers(40_000) + "\r\nbody"),
    LONG_TRAILERS(
            head("Transfer-Encoding: chunked\r\n") + "\r\n1\r\ny\r\n0\r\n",
            HeavyAnswer::text,
            () -> "a:b\r\n".repeat(50_000) + "\r\n"),
    LINES_OF_SMTP("", url -> SmtpCheck.connect("127.0.0.1", port(url)), () -> lines("220-", 120) + "220 ready\r\n"),
    LINES_OF_IMAP(
            "* OK ready\r\n", url -> ImapCheck.connect("127.0.0.1", port(url)), () -> lines("* ", 120) + "s1 OK\r\n"),
    VALUES_OF_REDIS(
            "+PONG\r\n*15\r\n",
            url -> RedisCheck.connect("127.0.0.1", port(url)).expectRole("master"),
            () -> ("$60002\r\n" + "\u0416".repeat(30_001) + "\r\n").repeat(15)),
    ITEMS_OF_REDIS(
            "+PONG\r\n",
            url -> RedisCheck.connect("127.0.0.1", port(url)).expectRole("master"),
            () -> "*900\r\n" + "*0\r\n".repeat(899) + "*-1\r\n");

    private final String head;
    private final Function<String, Check> check;
    private final Supplier<String> body;

    HeavyAnswer(String head, Function<String, Check> check, Supplier<String> body) {
        this.head = head;
        this.check = check;
        this.body = body;
    }

    @Override
    public Check check(int port) {
        return check.apply("http://127.0.0.1:" + port + "/");
    }

    /** The answer; what is beyond Latin in UTF-8. */
    byte[] bytes() {
        String rest = body.get();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(ISO_8859_1));
        bytes.writeBytes(rest.getBytes(this == BOMB ? ISO_8859_1 : UTF_8));
        return bytes.toByteArray();
    }

    static void serve(Socket socket, byte[] answer) throws IOException {
        if (answer[0] == 'H') {
            RawServer.readHead(socket);
        }
        OutputStream out = socket.getOutputStream();
        out.write(answer);
        out.flush();
        socket.shutdownOutput();
        RawServer.drain(socket);
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }

    private static String lines(String start, int count) {
        return (start + "\u0416".repeat(4_000) + "\r\n").repeat(count);
    }

    private static String head(String more) {
        return "HTTP/1.1 200 OK\r\n" + more;
    }

    private static String json() {
        return head("Content-Type: application/json\r\n") + "\r\n";
    }

    private static String names(int count) {
        StringBuilder names = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            names.append("\"n").append(i).append("\u0416\":").append(i).append(',');
        }
        return names.append("\"a\":1}").toString();
    }

    private static String headers(int count) {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            headers.append(Integer.toString(i, 36)).append(":\r\n");
        }
        return headers.toString();
    }

    private static Check text(String url) {
        return HttpCheck.get(url).expectBody(containing("all is well"));
    }

    private static Check heads(String url) {
        return HttpCheck.get(url).expect(HttpExpectation.header("zzz", containing("x")));
    }

    private static Check json(String url) {
        return HttpCheck.get(url).expectBody(BodyExpectation.json("/a", ValueExpectation.equalTo("x")));
    }

    private static Check xml(String url) {
        return HttpCheck.get(url).expectBody(BodyExpectation.xpath("//b[c='x']/@c", ValueExpectation.equalTo("x")));
    }

    private static String gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(ISO_8859_1);
    }
}

package io.sitemonitor.check;

import static io.sitemonitor.check.TextExpectation.containing;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sitemonitor.check.ftp.FtpCheck;
import io.sitemonitor.check.grpc.GrpcHealthCheck;
import io.sitemonitor.check.http.BodyExpectation;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.http.ValueExpectation;
import io.sitemonitor.check.imap.ImapCheck;
import io.sitemonitor.check.mqtt.MqttCheck;
import io.sitemonitor.check.pop.PopCheck;
import io.sitemonitor.check.rdap.DomainExpiryCheck;
import io.sitemonitor.check.redis.RedisCheck;
import io.sitemonitor.check.smtp.SmtpCheck;
import io.sitemonitor.check.ssh.SshCheck;
import io.sitemonitor.check.tcp.TcpCheck;
import io.sitemonitor.check.websocket.Upgraded;
import io.sitemonitor.check.websocket.WebSocketCheck;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * All that a server says in a run that passes, and which texts at most may pass as well. The latter is said by patterns of
 * its own, which know nothing of the code that reads the answers.
 */
enum Transcript implements MutatedAnswers.Subject {
    TCP(
            "220 ready\r\n250 fine\r\n",
            port -> TcpCheck.connect("127.0.0.1", port)
                    .expectLine(containing("ready"))
                    .send("HELLO\r\n")
                    .expect("250 fine"),
            "(?s)[^\n]*ready[^\n]*\n.*250 fine.*"),

    SMTP(
            "220-welcome\r\n220 mx ESMTP\r\n250-mx\r\n250-SIZE 1000\r\n250 AUTH PLAIN\r\n235 2.7.0 welcome\r\n"
                    + "250 2.1.0 sender\r\n250 2.1.5 recipient\r\n250 2.0.0 forgotten\r\n",
            port -> SmtpCheck.connect("127.0.0.1", port)
                    .login("monitor", Constants.PASSWORD)
                    .insecureLoginInPlainText()
                    .acceptsRecipient("a@shop.example", "b@shop.example"),
            reply("220") + reply("250") + "(?:" + reply("334") + reply("334") + ")?" + reply("235") + reply("250")
                    + reply("25[01]") + reply("250") + "(?s:.*)"),

    IMAP(
            "* OK ready\r\n* CAPABILITY IMAP4rev1 IDLE\r\ns1 OK done\r\ns2 OK welcome\r\n* FLAGS ()\r\n* 17 EXISTS\r\n"
                    + "* 2 RECENT\r\ns3 OK [READ-ONLY] done\r\n",
            port -> ImapCheck.connect("127.0.0.1", port)
                    .login("monitor", Constants.PASSWORD)
                    .insecureLoginInPlainText()
                    .expectCapability("idle")
                    .mailbox("INBOX"),
            "(?is)\\* OK\\b[^\n]*\n.*\\* CAPABILITY [^\n]*\\bIDLE\\b[^\n]*\n.*s1 OK\\b[^\n]*\n.*s2 OK\\b[^\n]*\n.*\\* \\d{1,10} EXISTS\r?\n"
                    + "(?:\\* [^\n]*\n)*s3 OK\\b.*"),

    POP(
            "+OK ready\r\n+OK\r\nUIDL\r\nSASL PLAIN\r\n.\r\n+OK go on\r\n+OK welcome\r\n+OK 3 1200\r\n",
            port -> PopCheck.connect("127.0.0.1", port)
                    .login("monitor", Constants.PASSWORD)
                    .insecureLoginInPlainText()
                    .expectCapability("SASL"),
            "(?is)\\+OK\\b[^\n]*\n\\+OK\\b[^\n]*\n(?:[^\n]*\n)*?SASL\\b[^\n]*\n(?:[^\n]*\n)*?\\.\r?\n\\+OK\\b[^\n]*\n\\+OK\\b[^\n]*\n\\+OK \\d+ \\d+\\b.*"),

    FTP(
            "220-welcome\r\n to the shop\r\n220 ready\r\n331 go on\r\n230 welcome\r\n200 binary\r\n213 1200\r\n250 there\r\n",
            port -> FtpCheck.connect("127.0.0.1", port)
                    .login("monitor", Constants.PASSWORD)
                    .insecureLoginInPlainText()
                    .expectFile("/prices.csv")
                    .expectDirectory("/orders"),
            reply("220") + "(?:" + reply("33[12]") + ")?" + reply("230|202") + reply("200") + reply("213")
                    + reply("250|200") + "(?s:.*)"),

    SSH(
            "welcome to the shop\r\nSSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"
                    + Talks.keyExchange("curve25519-sha256", "ssh-ed25519,rsa-sha2-512"),
            port -> SshCheck.connect("127.0.0.1", port)
                    .expectKeyExchange("curve25519-sha256")
                    .expectHostKeyAlgorithm("ssh-ed25519"),
            "(?s)(?:[^\n]*\n)*?SSH-(?:2\\.0|1\\.99)-[^\n]*\n.*curve25519-sha256.*ssh-ed25519.*"),

    REDIS(
            "+OK\r\n+PONG\r\n*3\r\n$5\r\nslave\r\n$9\r\n127.0.0.1\r\n:6379\r\n"
                    + "$62\r\n# Replication\r\nrole:slave\r\nmaster_link_status:up\r\nother:more\r\n\r\n+OK\r\n:1\r\n:12\r\n",
            port -> RedisCheck.connect("127.0.0.1", port)
                    .login("monitor", Constants.PASSWORD)
                    .insecureLoginInPlainText()
                    .expectRole("slave")
                    .expectMasterLinkUp()
                    .database(3)
                    .expectKey("greeting")
                    .expectListShorterThan("jobs", 13),
            "(?s)\\+OK\r?\n\\+PONG\r?\n\\*\\d+\r?\n\\$0*5\r?\n(?:slave|replica)\r\n.*[\r\n]master_link_status:up[\r\n].*\\+OK\r?\n:\\+?0*[1-9]\\d*\r?\n:\\+?0*1?[0-9]\r?\n.*"),

    MQTT(
            "\u0020\u0002\u0000\u0000\u00D0\u0000",
            port -> MqttCheck.connect("127.0.0.1", port)
                    .clientId("monitor")
                    .login("monitor", Constants.PASSWORD)
                    .insecureLoginInPlainText(),
            "(?s)\u0020\u0002\u0000\u0000\u00D0\u0000.*"),

    HTTP(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 27\r\nConnection: close\r\n\r\n"
                    + "Today all is well in town.\n",
            port -> HttpCheck.get(Constants.url(port)).expectBody(containing("all is well")),
            sent -> Constants.succeeds(sent) && Constants.body(sent).contains("all is well")),

    HTTP_CHUNKED(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nToday all\r\n12;x=y\r\n is well in town.\n\r\n0\r\nX: y\r\n\r\n",
            port -> HttpCheck.get(Constants.url(port)).expectBody(containing("all is well")),
            sent -> Constants.succeeds(sent)
                    && sent.contains("all")
                    && sent.contains("is well")
                    && (sent.contains("all is well") || sent.indexOf("\n0") > 0)),

    HTTP_GZIP(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
                    + Constants.gzip("Today all is well in town.\n".repeat(20)),
            port -> HttpCheck.get(Constants.url(port)).expectBody(containing("all is well")),
            sent -> Constants.succeeds(sent)
                    && Constants.gunzip(Constants.body(sent)).contains("all is well")),

    HTTP_JSON(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"name\": \"shop\", \"status\": \"ok\", \"queue\": {\"depth\": 12}}",
            port -> HttpCheck.get(Constants.url(port))
                    .expectBody(BodyExpectation.json("/status", ValueExpectation.equalTo("ok"))),
            sent -> Constants.succeeds(sent)
                    && Pattern.compile("\"status\"\\s*:\\s*\"ok\"")
                            .matcher(sent)
                            .find()),

    RDAP(
            "HTTP/1.1 200 OK\r\nContent-Type: application/rdap+json\r\n\r\n{\"objectClassName\": \"domain\", \"ldhName\": \"SHOP.EXAMPLE\","
                    + " \"status\": [\"active\"], \"events\": [{\"eventAction\": \"expiration\", \"eventDate\": \"2099-01-31T12:00:00Z\"}]}",
            port -> DomainExpiryCheck.forDomain("shop.example").server(Constants.url(port)),
            sent -> Constants.succeeds(sent)
                    && sent.matches("(?s).*\"objectClassName\"\\s*:\\s*\"domain\".*")
                    && sent.matches("(?s).*\"eventAction\"\\s*:\\s*\"expiration\".*")
                    && sent.matches("(?s).*\"eventDate\"\\s*:\\s*\"\\+?[2-9]\\d{3,8}-[01]\\d-[0-3]\\dT.*")
                    && !sent.matches("(?s).*\"eventDate\"\\s*:\\s*\"20[01]\\d-.*")),

    WEBSOCKET(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
                    + "\u0081\u0019Today all is well in town\u0088\u0002\u0003\u00E8",
            Opening.UPGRADE,
            port -> WebSocketCheck.connect("ws://127.0.0.1:" + port + "/")
                    .expectText(containing("all is well"))
                    .expectClose(),
            sent -> {
                String head = sent.split("\r?\n\r?\n", 2)[0] + "\n";
                return head.matches("(?s)HTTP/1\\.1 101(?: [^\n]*)?\r?\n.*")
                        && head.matches("(?is).*\nupgrade:[^\n]*websocket[^\n]*\n.*")
                        && head.matches("(?is).*\nconnection:[^\n]*upgrade[^\n]*\n.*")
                        && head.matches("(?is).*\nsec-websocket-accept:[ \t]*\\{accept\\}[ \t]*\r?\n.*")
                        && sent.matches("(?s).*all.{0,4}is.{0,4}well.*\u0088.*");
            }),

    GRPC(
            new String(Http2.joined(Http2.START, Http2.HEAD, Http2.SERVING, Http2.END), ISO_8859_1),
            Opening.HTTP_2,
            port -> GrpcHealthCheck.connect("127.0.0.1", port).plainText(),
            sent -> sent.matches(
                    "(?s).*(?::status.200|\u0088).*application/grpc.*\u0008[\u0001\u0081].*grpc-status.{1,2}0.*"));

    /** What a server reads before it says all. */
    private enum Opening {
        NONE,
        UPGRADE,
        HTTP_2
    }

    private final String honest;
    private final Opening opening;
    private final IntFunction<Check> check;
    private final Predicate<String> mayPass;

    Transcript(String honest, IntFunction<Check> check, String mayPass) {
        this(honest, check, Pattern.compile(mayPass).asMatchPredicate());
    }

    Transcript(String honest, IntFunction<Check> check, Predicate<String> mayPass) {
        this(honest, Opening.NONE, check, mayPass);
    }

    Transcript(String honest, Opening opening, IntFunction<Check> check, Predicate<String> mayPass) {
        this.honest = honest;
        this.opening = opening;
        this.check = check;
        this.mayPass = mayPass;
    }

    @Override
    public byte[] honest() {
        return honest.getBytes(ISO_8859_1);
    }

    @Override
    public void say(Socket socket, byte[] answer) throws Exception {
        byte[] said = answer;
        if (opening == Opening.HTTP_2) {
            Http2.readRequest(socket);
        } else if (opening == Opening.UPGRADE) {
            String acceptance = Upgraded.acceptance(RawServer.readHead(socket));
            said = new String(answer, ISO_8859_1)
                    .replace("{accept}", acceptance)
                    .getBytes(ISO_8859_1);
        }
        socket.getOutputStream().write(said);
    }

    @Override
    public Check check(int port) {
        return check.apply(port);
    }

    @Override
    public boolean mayPass(byte[] sent) {
        return mayPass.test(new String(sent, ISO_8859_1));
    }

    /** A reply of one or several lines with this number. */
    private static String reply(String code) {
        String number = "(?:" + code + ")";
        return number + "(?:(?: [^\n]*)?|-[^\n]*\n(?:[^\n]*\n)*?" + number + "(?: [^\n]*)?)\r?\n";
    }

    /** What enum constants cannot have before they are made. */
    private static final class Constants {

        private static final Secret PASSWORD = Secret.of("correct horse");
        private static final int METHOD = 2;
        private static final Pattern LENGTH =
                Pattern.compile("\r?\ncontent-length:[ \t]*(\\d{1,18})[ \t]*\r?\n", Pattern.CASE_INSENSITIVE);

        static String url(int port) {
            return "http://127.0.0.1:" + port + "/";
        }

        static boolean succeeds(String sent) {
            return sent.matches("(?s)HTTP/1\\.[01] 2\\d\\d(?: [^\n]*)?\r?\n.*");
        }

        /** What stands behind the head, as far as the head says that it is the body; empty if it is shorter than that. */
        static String body(String sent) {
            Matcher end = Pattern.compile("\r?\n\r?\n").matcher(sent);
            if (!end.find()) {
                return "";
            }
            String rest = sent.substring(end.end());
            Matcher length = LENGTH.matcher(sent.substring(0, end.end()));
            if (!length.find()) {
                return rest;
            }
            long count = Long.parseLong(length.group(1));
            return count > rest.length() ? "" : rest.substring(0, (int) count);
        }

        static String gzip(String text) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(text.getBytes(ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toString(ISO_8859_1);
        }

        static String gunzip(String bytes) {
            byte[] packed = bytes.getBytes(ISO_8859_1);
            if (packed.length > METHOD) {
                packed[METHOD] = 8; // the only one there is, and not looked at by everybody; the rest has a checksum
            }
            try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                return new String(gzip.readAllBytes(), ISO_8859_1);
            } catch (IOException e) {
                return "";
            }
        }
    }
}

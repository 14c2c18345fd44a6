package io.sitemonitor.check;

import io.sitemonitor.check.ftp.FtpCheck;
import io.sitemonitor.check.imap.ImapCheck;
import io.sitemonitor.check.mqtt.MqttCheck;
import io.sitemonitor.check.pop.PopCheck;
import io.sitemonitor.check.redis.RedisCheck;
import io.sitemonitor.check.smtp.SmtpCheck;
import io.sitemonitor.check.ssh.SshCheck;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** For each kind of check that converses a server that says the right thing, and a check that says all it can say. */
public enum Talks {
    SMTP(
            Script.greeting("220-welcome\r\n220 mx.shop.example ESMTP\r\n")
                    .then("250-mx.shop.example\r\n250-SIZE 1000\r\n250 AUTH LOGIN PLAIN\r\n")
                    .then("235 2.7.0 welcome\r\n")
                    .then("250 2.1.0 sender\r\n")
                    .then("250 2.1.5 recipient\r\n")
                    .then("250 2.0.0 forgotten\r\n"),
            "250-more\r\n") {
        @Override
        public SocketCheck<?> check(int port) {
            return SmtpCheck.connect("127.0.0.1", port)
                    .login("monitor", PASSWORD)
                    .insecureLoginInPlainText()
                    .acceptsRecipient("a@shop.example", "b@shop.example");
        }
    },

    IMAP(
            Script.greeting("* OK ready\r\n")
                    .then("* CAPABILITY IMAP4rev1 IDLE\r\ns1 OK done\r\n")
                    .then("s2 OK welcome\r\n")
                    .then("* FLAGS ()\r\n* 17 EXISTS\r\n* 2 RECENT\r\ns3 OK [READ-ONLY] done\r\n"),
            "* OK more\r\n") {
        @Override
        public SocketCheck<?> check(int port) {
            return ImapCheck.connect("127.0.0.1", port)
                    .login("monitor", PASSWORD)
                    .insecureLoginInPlainText()
                    .expectCapability("idle")
                    .mailbox("INBOX");
        }
    },

    POP(
            Script.greeting("+OK ready\r\n")
                    .then("+OK\r\nUIDL\r\nSASL PLAIN\r\n.\r\n")
                    .then("+OK go on\r\n")
                    .then("+OK welcome\r\n")
                    .then("+OK 3 1200\r\n"),
            "+OK more\r\n") {
        @Override
        public SocketCheck<?> check(int port) {
            return PopCheck.connect("127.0.0.1", port)
                    .login("monitor", PASSWORD)
                    .insecureLoginInPlainText()
                    .expectCapability("SASL");
        }
    },

    FTP(
            Script.greeting("220-welcome\r\n to the shop\r\n220 ready\r\n")
                    .then("331 go on\r\n")
                    .then("230 welcome\r\n")
                    .then("200 binary\r\n")
                    .then("213 1200\r\n")
                    .then("250 there\r\n"),
            "220-more\r\n") {
        @Override
        public SocketCheck<?> check(int port) {
            return FtpCheck.connect("127.0.0.1", port)
                    .login("monitor", PASSWORD)
                    .insecureLoginInPlainText()
                    .expectFile("/prices.csv")
                    .expectDirectory("/orders");
        }
    },

    SSH(
            Script.greeting("welcome to the shop\r\nSSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")
                    .then(request -> keyExchange("curve25519-sha256", "ssh-ed25519,rsa-sha2-512")),
            "more\r\n") {
        @Override
        public SocketCheck<?> check(int port) {
            return SshCheck.connect("127.0.0.1", port).expectHostKeyAlgorithm("ssh-ed25519");
        }

        @Override
        public String more(int turn) {
            return turn == 0 ? super.more(turn) : packet(new byte[] {2, 0, 0, 0, 0});
        }
    },

    REDIS(
            Script.answering("+OK\r\n")
                    .then("+PONG\r\n")
                    .then("*3\r\n$5\r\nslave\r\n$9\r\n127.0.0.1\r\n:6379\r\n")
                    .then("$62\r\n# Replication\r\nrole:slave\r\nmaster_link_status:up\r\nother:more\r\n\r\n")
                    .then("+OK\r\n")
                    .then(":1\r\n")
                    .then(":12\r\n"),
            "*2\r\n") {
        @Override
        public SocketCheck<?> check(int port) {
            return RedisCheck.connect("127.0.0.1", port)
                    .login("monitor", PASSWORD)
                    .insecureLoginInPlainText()
                    .expectRole("slave")
                    .expectMasterLinkUp()
                    .database(3)
                    .expectKey("greeting")
                    .expectListShorterThan("jobs", 13);
        }
    },

    MQTT(
            Script.answering("\u0020\u0002\u0000\u0000")
                    .then("\u00D0\u0000")
                    .then("\u0090\u0003\u0000\u0001\u0000")
                    .then(published -> published)
                    .then("\u00B0\u0002\u0000\u0002"),
            "\u0030\u0004\u0000\u0001a!") {
        @Override
        public SocketCheck<?> check(int port) {
            return MqttCheck.connect("127.0.0.1", port)
                    .clientId("monitor")
                    .login("monitor", PASSWORD)
                    .insecureLoginInPlainText()
                    .roundTrip("monitor/shop");
        }
    };

    private static final Secret PASSWORD = Secret.of("correct horse");

    private final Script script;
    private final String more;

    Talks(Script script, String more) {
        this.script = script;
        this.more = more;
    }

    /** Passes against {@link #script}. */
    public abstract SocketCheck<?> check(int port);

    public Script script() {
        return script;
    }

    /** What can be said in this turn for ever without coming to an end. */
    public String more(int turn) {
        return more;
    }

    /** The message with the algorithms, as a packet. */
    public static String keyExchange(String methods, String hostKeys) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream message = new DataOutputStream(bytes)) {
            message.write(20);
            message.write(new byte[16]);
            for (String list : new String[] {methods, hostKeys, "aes", "aes", "mac", "mac", "none", "none", "", ""}) {
                message.writeInt(list.length());
                message.writeBytes(list);
            }
            message.write(new byte[5]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packet(bytes.toByteArray());
    }

    /** A packet of SSH that is not encrypted. */
    public static String packet(byte[] message) {
        int padding = 8 - (5 + message.length) % 8 + 4;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream packet = new DataOutputStream(bytes)) {
            packet.writeInt(1 + message.length + padding);
            packet.write(padding);
            packet.write(message);
            packet.write(new byte[padding]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}

package io.sitemonitor.check;

import io.sitemonitor.check.internal.Greetings;
import io.sitemonitor.check.internal.LineText;
import io.sitemonitor.check.internal.ReplyLines;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How a protocol that begins in plain text asks for encryption. */
public enum StartTls {

    /** {@code STARTTLS} after {@code EHLO} (RFC 3207). */
    SMTP {
        @Override
        void ask(Conversation server) throws IOException {
            Greetings.reply(server, PHASE, 220);
            server.send("EHLO sitemonitor\r\n");
            require(ReplyLines.read(server), 250);
            server.send("STARTTLS\r\n");
            require(ReplyLines.read(server), 220);
        }
    },

    /** {@code STARTTLS} (RFC 3501). */
    IMAP {
        @Override
        void ask(Conversation server) throws IOException {
            require(Greetings.line(server, PHASE, "* BYE"), "* OK");
            server.send("a1 STARTTLS\r\n");
            String line = server.line();
            for (int skipped = 0; line.startsWith("* ") && skipped < MOST_SKIPPED; skipped++) {
                line = server.line(); // what the server wants to tell besides
            }
            require(line, "a1 OK");
        }
    },

    /** {@code STLS} (RFC 2595). */
    POP3 {
        @Override
        void ask(Conversation server) throws IOException {
            require(Greetings.line(server, PHASE, "-ERR"), "+OK");
            server.send("STLS\r\n");
            require(server.line(), "+OK");
        }
    },

    /** {@code AUTH TLS} (RFC 4217). */
    FTP {
        @Override
        void ask(Conversation server) throws IOException {
            Greetings.reply(server, PHASE, 220);
            server.send("AUTH TLS\r\n");
            require(ReplyLines.read(server), 234);
        }
    },

    /** The {@code SSLRequest} of PostgreSQL. */
    POSTGRESQL {
        @Override
        void ask(Conversation server) throws IOException {
            server.send(new byte[] {0, 0, 0, 8, 0x04, (byte) 0xD2, 0x16, 0x2F});
            int answer = server.octet();
            if (answer != 'S') {
                throw new ProtocolException(
                        answer == 'N' ? "server does not offer TLS" : "answer is none of PostgreSQL");
            }
        }
    },

    /** The extended operation {@code StartTLS} (RFC 4511). */
    LDAP {
        @Override
        void ask(Conversation server) throws IOException {
            byte[] name = "1.3.6.1.4.1.1466.20037".getBytes(StandardCharsets.US_ASCII);
            byte[] request = new byte[9 + name.length];
            byte[] head = {
                0x30,
                (byte) (7 + name.length),
                0x02,
                0x01,
                0x01,
                0x77,
                (byte) (2 + name.length),
                (byte) 0x80,
                (byte) name.length
            };
            System.arraycopy(head, 0, request, 0, head.length);
            System.arraycopy(name, 0, request, head.length, name.length);
            server.send(request);
            require(message(server));
        }

        /** Reads one message: a sequence whose length is in one byte or in up to two bytes after a first one. */
        private byte[] message(Conversation server) throws IOException {
            if (server.octet() != 0x30) {
                throw new ProtocolException("answer is none of LDAP");
            }
            int length = server.octet();
            if (length > 0x7F) {
                int digits = length & 0x7F;
                if (digits < 1 || digits > 2) {
                    throw new ProtocolException("answer is none of LDAP");
                }
                length = 0;
                for (int i = 0; i < digits; i++) {
                    length = length << 8 | server.octet();
                }
            }
            return server.bytes(length);
        }

        /** The message number 1, and a result that begins with the code of success. */
        private void require(byte[] message) throws ProtocolException {
            byte[] start = {0x02, 0x01, 0x01, 0x78};
            byte[] success = {0x0A, 0x01, 0x00};
            boolean answers = message.length > 8 && Arrays.equals(message, 0, 4, start, 0, 4);
            int result = !answers ? 0 : message[4] >= 0 ? 5 : 5 + (message[4] & 0x7F);
            if (!answers || result < 5 || result + 3 > message.length) {
                throw new ProtocolException("answer is none of LDAP");
            }
            if (!Arrays.equals(message, result, result + 3, success, 0, 3)) {
                throw new ProtocolException("server does not offer TLS: result code " + message[result + 2]);
            }
        }
    };

    private static final String PHASE = "starttls";
    private static final int MOST_SKIPPED = 20;

    /** Speaks with the server from its first word to the one after which the handshake begins. */
    abstract void ask(Conversation server) throws IOException;

    /** From the first word of the server on until the connection is encrypted: the phase {@code starttls}, then {@code tls}. */
    void negotiate(Conversation server, TlsSettings settings) throws IOException {
        server.phase(PHASE);
        server.doing("asking for TLS");
        ask(server);
        server.secure(settings);
    }

    private static void require(ReplyLines reply, int code) throws ProtocolException {
        if (reply.code() != code) {
            throw new ProtocolException("server does not offer TLS: " + reply);
        }
    }

    private static void require(String line, String start) throws ProtocolException {
        if (!LineText.begins(line, start)) {
            throw new ProtocolException("server does not offer TLS: " + line);
        }
    }
}

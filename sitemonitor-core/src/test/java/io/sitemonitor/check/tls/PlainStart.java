package io.sitemonitor.check.tls;

import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.StartTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** The server's side of a protocol up to the TLS handshake: by turns what it says and how it knows that it was answered. */
final class PlainStart {

    private final List<String> words;
    private final boolean lines;

    private PlainStart(boolean lines, String... words) {
        this.lines = lines;
        this.words = new ArrayList<>(List.of(words));
    }

    static PlainStart of(StartTls protocol) {
        return switch (protocol) {
            case SMTP ->
                new PlainStart(
                        true, "220-mail\r\n220 ready\r\n", "250-mail\r\n250-SIZE 5\r\n250 STARTTLS\r\n", "220 go\r\n");
            case IMAP -> new PlainStart(true, "* OK ready\r\n", "* CAPABILITY IMAP4rev1\r\na1 OK begin\r\n");
            case POP3 -> new PlainStart(true, "+OK ready\r\n", "+OK begin\r\n");
            case FTP -> new PlainStart(true, "220-welcome\r\n all of you\r\n220 ready\r\n", "234 go\r\n");
            case POSTGRESQL -> new PlainStart(false, "", "S");
            case LDAP ->
                new PlainStart(
                        false, "", "\u0030\u000C\u0002\u0001\u0001\u0078\u0007\n\u0001\u0000\u0004\u0000\u0004\u0000");
        };
    }

    static PlainStart refusing(StartTls protocol) {
        return switch (protocol) {
            case SMTP -> new PlainStart(true, "220 ready\r\n", "250 mail\r\n", "502 no such command\r\n");
            case IMAP -> new PlainStart(true, "* OK ready\r\n", "a1 BAD no such command\r\n");
            case POP3 -> new PlainStart(true, "+OK ready\r\n", "-ERR no such command\r\n");
            case FTP -> new PlainStart(true, "220 ready\r\n", "530 no\r\n");
            case POSTGRESQL -> new PlainStart(false, "", "N");
            case LDAP ->
                new PlainStart(
                        false, "", "\u0030\u000C\u0002\u0001\u0001\u0078\u0007\n\u0001\u0002\u0004\u0000\u0004\u0000");
        };
    }

    PlainStart followedBy(String more) {
        words.set(words.size() - 1, words.get(words.size() - 1) + more);
        return this;
    }

    void serve(Socket socket) throws IOException {
        for (int i = 0; i < words.size(); i++) {
            if (i > 0) {
                hear(socket.getInputStream());
            }
            RawServer.send(socket, words.get(i));
        }
    }

    private void hear(InputStream in) throws IOException {
        if (!lines) {
            in.read(new byte[64]);
            return;
        }
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            // up to the end of the line
        }
    }
}

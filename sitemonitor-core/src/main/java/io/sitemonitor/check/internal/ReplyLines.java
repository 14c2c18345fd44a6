package io.sitemonitor.check.internal;

import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * A reply as SMTP (RFC 5321) and FTP (RFC 959) have it: a number of three digits and text, on several lines if a dash
 * follows the number.
 *
 * @param code the number, from 100 to 599
 * @param lines the texts after the number, at least one
 */
public record ReplyLines(int code, List<String> lines) {

    private static final int MOST_LINES = 100;

    /**
     * Reads a reply.
     *
     * @param server the other side
     * @return the reply
     * @throws IOException if the connection breaks, or it is none
     */
    public static ReplyLines read(Conversation server) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = server.line();
        int code = code(line);
        if (code < 0) {
            throw new ProtocolException("answer is no reply: '" + line + "'");
        }
        while (code(line) != code || isFollowed(line)) {
            if (lines.size() == MOST_LINES) {
                throw new ProtocolException("reply has more than " + MOST_LINES + " lines");
            }
            lines.add(text(line, code));
            line = server.line();
        }
        lines.add(text(line, code));
        return new ReplyLines(code, List.copyOf(lines));
    }

    /**
     * Sends a line and reads the reply.
     *
     * @param server the other side
     * @param command what it is about, for the message if there is no reply
     * @param line what is sent, without its end
     * @return the reply
     * @throws IOException if the connection breaks, or it is none
     */
    public static ReplyLines ask(Conversation server, String command, String line) throws IOException {
        server.doing("waiting for the answer to " + command);
        server.send(line + "\r\n");
        return read(server);
    }

    /**
     * Refuses a reply with another number: the run fails with {@code STATUS} and the reply as its message.
     *
     * @param wanted the numbers to go on with
     * @return this
     * @throws FailedException if the number is none of them
     */
    public ReplyLines require(int... wanted) throws FailedException {
        for (int each : wanted) {
            if (code == each) {
                return this;
            }
        }
        throw new FailedException(FailureKind.STATUS, toString());
    }

    /**
     * Tells whether one of the lines begins with a word, whatever its case.
     *
     * @param word such as {@code STARTTLS}
     * @return whether the server offers that
     */
    public boolean offers(String word) {
        return lines.stream().anyMatch(line -> LineText.begins(line, word));
    }

    /** Returns the number and the first line. */
    @Override
    public String toString() {
        return (code + " " + lines.get(0)).strip();
    }

    /** FTP allows lines without the number between the first and the last. */
    private static String text(String line, int code) {
        return code(line) == code ? line.substring(Math.min(line.length(), 4)) : line;
    }

    private static boolean isFollowed(String line) {
        return line.length() > 3 && line.charAt(3) == '-';
    }

    /** Returns the number, or -1 if the line does not begin with one. */
    private static int code(String line) {
        boolean ends = line.length() == 3 || (line.length() > 3 && (line.charAt(3) == ' ' || line.charAt(3) == '-'));
        if (!ends) {
            return -1;
        }
        int code = 0;
        for (int i = 0; i < 3; i++) {
            char c = line.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            code = code * 10 + (c - '0');
        }
        return code < 100 || code > 599 ? -1 : code;
    }
}

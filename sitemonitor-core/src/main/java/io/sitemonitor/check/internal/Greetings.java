package io.sitemonitor.check.internal;

import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import java.io.IOException;
import java.util.Locale;

/**
 * The first words of a server, with which it takes or refuses a connection. They are read once, be it before or after the
 * connection is encrypted.
 */
public final class Greetings {

    private Greetings() {}

    /**
     * Reads a greeting as SMTP and FTP have it, unless that has been done.
     *
     * @param server the other side
     * @param phase the phase in which it is read
     * @param wanted the number of a server that takes the connection
     * @return the number and the first line
     * @throws IOException if the connection breaks, it is no reply, or one with another number
     */
    public static String reply(Conversation server, String phase, int wanted) throws IOException {
        String known = server.greeting();
        if (known != null) {
            return known;
        }
        server.phase(phase);
        ReplyLines reply = ReplyLines.read(server);
        server.greeted(reply.toString());
        return reply.require(wanted).toString();
    }

    /**
     * Reads a greeting of one line, unless that has been done.
     *
     * @param server the other side
     * @param phase the phase in which it is read
     * @param refusal how a line begins with which the server refuses the connection, such as {@code * BYE}
     * @return the line, which may be anything else
     * @throws IOException if the connection breaks or is refused
     */
    public static String line(Conversation server, String phase, String refusal) throws IOException {
        String known = server.greeting();
        if (known != null) {
            return known;
        }
        server.phase(phase);
        String line = server.line();
        server.greeted(line);
        if (line.toUpperCase(Locale.ROOT).startsWith(refusal)) {
            throw new FailedException(FailureKind.STATUS, line);
        }
        return line;
    }
}

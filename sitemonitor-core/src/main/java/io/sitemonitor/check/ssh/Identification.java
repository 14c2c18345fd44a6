package io.sitemonitor.check.ssh;

import io.sitemonitor.check.Conversation;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * The first line of an SSH server that is meant for programs (RFC 4253, section 4.2).
 *
 * @param protocol the version of the protocol, such as {@code 2.0}
 * @param software the software and its version
 */
record Identification(String protocol, String software) {

    private static final String START = "SSH-";
    private static final int MAX_LENGTH = 253; // with the end of the line 255
    private static final int MOST_LINES_BEFORE = 50;

    /** Reads it; lines before it are meant for people. */
    static Identification read(Conversation server) throws IOException {
        String first = null;
        for (int lines = 0; lines <= MOST_LINES_BEFORE; lines++) {
            String line = line(server, first);
            if (line.startsWith(START)) {
                server.greeted(line);
                return parse(line);
            }
            if (first == null) {
                first = line;
                server.excerpt(line);
            }
        }
        throw new ProtocolException("more than " + MOST_LINES_BEFORE + " lines come before the identification");
    }

    /** Servers that are too busy say so in a line and close. */
    private static String line(Conversation server, @Nullable String first) throws IOException {
        try {
            return server.line();
        } catch (EOFException e) {
            if (first == null) {
                throw e;
            }
            throw new ProtocolException("connection closed without an identification, after '" + first + "'");
        }
    }

    private static Identification parse(String line) throws ProtocolException {
        int dash = line.indexOf('-', START.length());
        if (line.length() > MAX_LENGTH || dash < 0) {
            throw new ProtocolException("identification is none of SSH: '" + line + "'");
        }
        String protocol = line.substring(START.length(), dash);
        if (!protocol.equals("2.0") && !protocol.equals("1.99")) {
            throw new ProtocolException("server speaks SSH " + protocol + " and not 2.0");
        }
        int space = line.indexOf(' ', dash);
        return new Identification(protocol, line.substring(dash + 1, space < 0 ? line.length() : space));
    }
}

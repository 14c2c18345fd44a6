package io.sitemonitor.check.imap;

import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.FailedException;
import io.sitemonitor.check.internal.LineText;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/** Commands of IMAP, each with a tag of its own by which its answer is known (RFC 3501). For one run. */
final class Tagged {

    private static final int MOST_LINES = 200;

    private final Conversation server;
    private int commands;
    private String tag = "";

    Tagged(Conversation server) {
        this.server = server;
    }

    Conversation server() {
        return server;
    }

    /** Sends a command and returns what the server tells until it is done, without the stars. */
    List<String> ask(String name, String command) throws IOException {
        send(name, command);
        List<String> told = new ArrayList<>();
        if (!isDone(told)) {
            throw new ProtocolException("server asks for more after " + name);
        }
        return told;
    }

    /** Sends a command of two parts, the second one when the server asks for it. */
    void ask(String name, String command, String more) throws IOException {
        send(name, command);
        List<String> told = new ArrayList<>();
        if (!isDone(told)) {
            server.send(more + "\r\n");
            if (!isDone(told)) {
                throw new ProtocolException("server asks for more after " + name);
            }
        }
    }

    private void send(String name, String command) throws IOException {
        commands++;
        tag = "s" + commands;
        server.doing("waiting for the answer to " + name);
        server.send(tag + " " + command + "\r\n");
    }

    /** Reads until the server has done it (true), or asks for more (false). */
    private boolean isDone(List<String> told) throws IOException {
        while (true) {
            String line = server.line();
            if (line.startsWith("* ")) {
                note(line.substring(2), told);
            } else if (line.startsWith(tag + " ")) {
                requireOk(line.substring(tag.length() + 1));
                return true;
            } else if (line.equals("+") || line.startsWith("+ ")) {
                return false;
            } else {
                throw new ProtocolException("answer is none of IMAP: '" + line + "'");
            }
        }
    }

    private static void note(String line, List<String> told) throws IOException {
        if (LineText.begins(line, "BYE")) {
            throw new FailedException(FailureKind.STATUS, line);
        }
        if (told.size() == MOST_LINES) {
            throw new ProtocolException("answer has more than " + MOST_LINES + " lines");
        }
        told.add(line);
    }

    private static void requireOk(String status) throws IOException {
        if (LineText.begins(status, "NO") || LineText.begins(status, "BAD")) {
            throw new FailedException(FailureKind.STATUS, status);
        }
        if (!LineText.begins(status, "OK")) {
            throw new ProtocolException("answer is none of IMAP: '" + status + "'");
        }
    }
}

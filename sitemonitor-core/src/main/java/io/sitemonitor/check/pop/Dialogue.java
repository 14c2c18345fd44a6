package io.sitemonitor.check.pop;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.FailedException;
import io.sitemonitor.check.internal.GreetedTalk;
import io.sitemonitor.check.internal.Greetings;
import io.sitemonitor.check.internal.LineText;
import io.sitemonitor.check.internal.Login;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is said to a POP3 server in one run (RFC 1939, RFC 2449). */
record Dialogue(Settings settings, Conversation server, boolean startedTls) {

    private static final Pattern STAT =
            Pattern.compile("\\+OK (\\d{1,10}) (\\d{1,18})(?: .*)?", Pattern.CASE_INSENSITIVE);
    private static final int MOST_LINES = 100;

    CheckResult speak() throws IOException {
        return new GreetedTalk(server, settings.login(), settings.greeting())
                .hold(() -> require(Greetings.line(server, "greeting", "-ERR")), greeting -> ask(), "QUIT\r\n");
    }

    private String ask() throws IOException {
        server.phase("capability");
        expect(capabilities());
        Login login = settings.login();
        if (!login.isGiven()) {
            return "ready";
        }
        server.phase("login");
        require(say("USER", "USER " + login.name()));
        require(say("PASS", "PASS " + login.reveal()));
        server.phase("mailbox");
        String answer = require(say("STAT", "STAT"));
        Matcher stat = STAT.matcher(answer);
        if (!stat.matches()) {
            throw new ProtocolException("answer to STAT is none of POP3: '" + answer + "'");
        }
        server.fact("messages", stat.group(1));
        server.fact("bytes", stat.group(2));
        return "logged in";
    }

    /** Returns the lines of the answer; old servers do not know the question. */
    private List<String> capabilities() throws IOException {
        List<String> found = new ArrayList<>();
        String answer = say("CAPA", "CAPA");
        if (isRefusal(answer)) {
            return found;
        }
        require(answer);
        for (String line = server.line(); !line.equals("."); line = server.line()) {
            if (found.size() == MOST_LINES) {
                throw new ProtocolException("answer to CAPA has more than " + MOST_LINES + " lines");
            }
            found.add(line.toUpperCase(Locale.ROOT));
        }
        server.fact("capabilities", String.join(", ", found));
        return found;
    }

    private void expect(List<String> capabilities) throws IOException {
        for (String wanted : settings.capabilities()) {
            boolean taken = startedTls && wanted.equals("STLS");
            if (!taken
                    && capabilities.stream().noneMatch(line -> line.equals(wanted) || line.startsWith(wanted + " "))) {
                throw new FailedException(FailureKind.ASSERTION, "server does not offer " + wanted);
            }
        }
    }

    private String say(String command, String line) throws IOException {
        server.doing("waiting for the answer to " + command);
        server.send(line + "\r\n");
        return server.line();
    }

    private static String require(String answer) throws IOException {
        if (isRefusal(answer)) {
            throw new FailedException(FailureKind.STATUS, answer);
        }
        if (!LineText.begins(answer, "+OK")) {
            throw new ProtocolException("answer is none of POP3: '" + answer + "'");
        }
        return answer;
    }

    private static boolean isRefusal(String answer) {
        return answer.regionMatches(true, 0, "-ERR", 0, "-ERR".length());
    }
}

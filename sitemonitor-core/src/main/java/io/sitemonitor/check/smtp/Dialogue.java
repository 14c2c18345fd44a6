package io.sitemonitor.check.smtp;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.FailedException;
import io.sitemonitor.check.internal.GreetedTalk;
import io.sitemonitor.check.internal.Greetings;
import io.sitemonitor.check.internal.Login;
import io.sitemonitor.check.internal.ReplyLines;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What is said to a mail server in one run (RFC 5321, RFC 4954). */
record Dialogue(Settings settings, Conversation server, boolean startedTls) {

    private static final int READY = 220;
    private static final int LOGGED_IN = 235;
    private static final int DONE = 250;
    private static final int WILL_FORWARD = 251;
    private static final int GO_ON = 334;
    private static final int FIRST_UNKNOWN = 500;
    private static final int LAST_UNKNOWN = 504;

    CheckResult speak() throws IOException {
        return new GreetedTalk(server, settings.login(), settings.greeting())
                .hold(() -> Greetings.reply(server, "greeting", READY), greeting -> ask(), "QUIT\r\n");
    }

    private String ask() throws IOException {
        ReplyLines hello = hello();
        expectExtensions(hello);
        String done = "ready";
        if (settings.login().isGiven()) {
            login(settings.login(), hello);
            done = "logged in";
        }
        Settings.Envelope envelope = settings.envelope();
        if (envelope != null) {
            server.phase("recipient");
            say("MAIL", "MAIL FROM:<" + envelope.from() + ">").require(DONE);
            say("RCPT", "RCPT TO:<" + envelope.to() + ">").require(DONE, WILL_FORWARD);
            say("RSET", "RSET").require(DONE);
            done = "recipient accepted";
        }
        return done;
    }

    private ReplyLines hello() throws IOException {
        server.phase("hello");
        ReplyLines reply = say("EHLO", "EHLO " + settings.helloName());
        if (reply.code() >= FIRST_UNKNOWN && reply.code() <= LAST_UNKNOWN) {
            throw new ProtocolException("server does not know EHLO: " + reply);
        }
        reply.require(DONE);
        List<String> lines = reply.lines();
        server.fact("extensions", String.join(", ", lines.subList(1, lines.size())));
        return reply;
    }

    private void expectExtensions(ReplyLines hello) throws IOException {
        for (String keyword : settings.extensions()) {
            boolean taken = startedTls && keyword.equalsIgnoreCase("STARTTLS");
            if (!taken && !hello.offers(keyword)) {
                throw new FailedException(FailureKind.ASSERTION, "server does not offer " + keyword);
            }
        }
    }

    private void login(Login login, ReplyLines hello) throws IOException {
        server.phase("login");
        Set<String> offered = mechanisms(hello);
        if (offered.contains("PLAIN")) {
            say("AUTH", "AUTH PLAIN " + login.plain()).require(LOGGED_IN);
        } else if (offered.contains("LOGIN")) {
            String password = Login.base64(login.reveal());
            say("AUTH", "AUTH LOGIN").require(GO_ON);
            say("AUTH", Login.base64(login.name())).require(GO_ON);
            say("AUTH", password).require(LOGGED_IN);
        } else {
            throw new FailedException(FailureKind.ASSERTION, "server offers no login by PLAIN or LOGIN");
        }
    }

    /** Some old servers write {@code AUTH=PLAIN} instead of {@code AUTH PLAIN}. */
    private static Set<String> mechanisms(ReplyLines hello) {
        Set<String> found = new TreeSet<>();
        for (String line : hello.lines()) {
            String upper = line.toUpperCase(Locale.ROOT);
            if (upper.startsWith("AUTH ") || upper.startsWith("AUTH=")) {
                found.addAll(List.of(upper.substring("AUTH ".length()).split(" ")));
            }
        }
        return found;
    }

    private ReplyLines say(String command, String line) throws IOException {
        return ReplyLines.ask(server, command, line);
    }
}

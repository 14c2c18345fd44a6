package io.sitemonitor.check.imap;

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
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is said to an IMAP server in one run. */
record Dialogue(Settings settings, Tagged commands, boolean startedTls) {

    private static final Pattern EXISTS = Pattern.compile("(\\d{1,10}) EXISTS", Pattern.CASE_INSENSITIVE);

    CheckResult speak() throws IOException {
        return new GreetedTalk(commands.server(), settings.login(), settings.greeting())
                .hold(this::greeting, this::ask, "s0 LOGOUT\r\n");
    }

    private String greeting() throws IOException {
        String greeting = Greetings.line(commands.server(), "greeting", "* BYE");
        if (!isKnown(greeting) && !LineText.begins(greeting, "* OK")) {
            throw new ProtocolException("greeting is none of IMAP: '" + greeting + "'");
        }
        return greeting;
    }

    /** Tells whether the server knows already who is calling. */
    private static boolean isKnown(String greeting) {
        return LineText.begins(greeting, "* PREAUTH");
    }

    private String ask(String greeting) throws IOException {
        Conversation server = commands.server();
        server.phase("capability");
        Set<String> capabilities = capabilities();
        server.fact("capabilities", String.join(" ", capabilities));
        String done = "ready";
        if (settings.login().isGiven() && !isKnown(greeting)) {
            server.phase("login");
            login(settings.login(), capabilities);
            if (!capabilities.containsAll(settings.capabilities())) {
                capabilities.addAll(capabilities());
            }
            done = "logged in";
        }
        expect(capabilities);
        String mailbox = settings.mailbox();
        if (mailbox != null) {
            server.phase("mailbox");
            server.fact("messages", messages(mailbox));
            done = "mailbox opened";
        }
        return done;
    }

    private Set<String> capabilities() throws IOException {
        for (String line : commands.ask("CAPABILITY", "CAPABILITY")) {
            if (LineText.begins(line, "CAPABILITY")) {
                Set<String> found = new TreeSet<>(
                        List.of(line.toUpperCase(Locale.ROOT).trim().split(" +")));
                found.remove("CAPABILITY");
                return found;
            }
        }
        throw new ProtocolException("server names no capabilities");
    }

    private void expect(Set<String> capabilities) throws IOException {
        for (String wanted : settings.capabilities()) {
            boolean taken = startedTls && wanted.equals("STARTTLS");
            if (!taken && !capabilities.contains(wanted)) {
                throw new FailedException(FailureKind.ASSERTION, "server does not offer " + wanted);
            }
        }
    }

    private void login(Login login, Set<String> capabilities) throws IOException {
        if (capabilities.contains("AUTH=PLAIN")) {
            commands.ask("AUTHENTICATE", "AUTHENTICATE PLAIN", login.plain());
        } else if (capabilities.contains("LOGINDISABLED")) {
            throw new FailedException(FailureKind.ASSERTION, "server offers no login by LOGIN or PLAIN");
        } else {
            commands.ask("LOGIN", "LOGIN " + quoted(login.name()) + " " + quoted(login.reveal()));
        }
    }

    private static String quoted(String text) throws FailedException {
        if (!LineText.isPrintableAscii(text)) {
            throw new FailedException(
                    FailureKind.CHECK_ERROR,
                    "user and password must be of ASCII for this server, which does not offer AUTH=PLAIN");
        }
        return '"' + Settings.escaped(text) + '"';
    }

    private String messages(String mailbox) throws IOException {
        for (String line : commands.ask("EXAMINE", "EXAMINE " + quoted(mailbox))) {
            Matcher exists = EXISTS.matcher(line);
            if (exists.matches()) {
                return exists.group(1);
            }
        }
        throw new ProtocolException("server does not say how many messages the mailbox has");
    }
}

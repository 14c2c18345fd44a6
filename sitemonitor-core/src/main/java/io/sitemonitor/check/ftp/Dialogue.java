package io.sitemonitor.check.ftp;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.internal.GreetedTalk;
import io.sitemonitor.check.internal.Greetings;
import io.sitemonitor.check.internal.Login;
import io.sitemonitor.check.internal.ReplyLines;
import java.io.IOException;

/** What is said to an FTP server in one run (RFC 959, RFC 3659). */
record Dialogue(Settings settings, Conversation server) {

    private static final int DONE = 200;
    private static final int NOT_NEEDED = 202;
    private static final int SIZE = 213;
    private static final int READY = 220;
    private static final int LOGGED_IN = 230;
    private static final int ACTION_DONE = 250;
    private static final int NEED_PASSWORD = 331;

    /** What an anonymous user is asked for: an address of mail, which nobody reads. */
    private static final String NO_PASSWORD = "sitemonitor@";

    CheckResult speak() throws IOException {
        return new GreetedTalk(server, settings.login(), settings.greeting())
                .hold(() -> Greetings.reply(server, "greeting", READY), greeting -> ask(), "QUIT\r\n");
    }

    private String ask() throws IOException {
        String done = "ready";
        if (settings.login().isGiven()) {
            server.phase("login");
            login(settings.login());
            done = "logged in";
        }
        String file = settings.file();
        String directory = settings.directory();
        if (file != null) {
            server.phase("files");
            say("TYPE", "TYPE I").require(DONE); // many servers refuse to tell the size of a text
            ReplyLines size = say("SIZE", "SIZE " + file).require(SIZE);
            server.fact("size", size.lines().get(0));
            done = "file found";
        }
        if (directory != null) {
            server.phase("files");
            say("CWD", "CWD " + directory).require(DONE, ACTION_DONE);
            done = file == null ? "directory found" : "file and directory found";
        }
        return done;
    }

    private void login(Login login) throws IOException {
        String password = login.password() == null ? NO_PASSWORD : login.reveal();
        ReplyLines user = say("USER", "USER " + login.name()).require(LOGGED_IN, NEED_PASSWORD);
        if (user.code() == NEED_PASSWORD) {
            say("PASS", "PASS " + password).require(LOGGED_IN, NOT_NEEDED);
        }
    }

    private ReplyLines say(String command, String line) throws IOException {
        return ReplyLines.ask(server, command, line);
    }
}

package io.sitemonitor.check.redis;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.FailedException;
import io.sitemonitor.check.internal.Farewell;
import io.sitemonitor.check.internal.Login;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What is said to a Redis server in one run. */
record Dialogue(Settings settings, Conversation server) {

    CheckResult speak() throws IOException {
        settings.login().requireProtection(server);
        try {
            if (settings.login().isGiven()) {
                server.phase("login");
                login(settings.login());
            }
            server.phase("ping");
            require("PING", ask("PING"), "PONG");
            expectRole();
            expectMasterLink();
            expectKeys();
            return CheckResult.pass("ready");
        } finally {
            Farewell.say(server, request("QUIT"));
        }
    }

    private void login(Login login) throws IOException {
        String password = login.reveal();
        Reply answer = login.user() == null ? ask("AUTH", password) : ask("AUTH", login.name(), password);
        require("AUTH", answer, "OK");
    }

    private void expectRole() throws IOException {
        String wanted = settings.role();
        if (wanted == null) {
            return;
        }
        server.phase("role");
        String role = role(ask("ROLE"));
        server.fact("role", role);
        if (!role.equals(wanted)) {
            throw unexpected("server is a " + role + " and no " + wanted);
        }
    }

    private static String role(Reply answer) throws IOException {
        if (answer instanceof Reply.Array array
                && !array.items().isEmpty()
                && array.items().get(0) instanceof Reply.Bulk first) {
            String name = first.text();
            if (name != null) {
                return Settings.current(name);
            }
        }
        throw new ProtocolException("answer to ROLE names none");
    }

    private void expectMasterLink() throws IOException {
        if (!settings.masterLink()) {
            return;
        }
        server.phase("replication");
        Map<String, String> told = lines(ask("INFO", "replication"));
        if ("master".equals(told.get("role"))) {
            throw unexpected("server is a master and no replica");
        }
        String link = told.get("master_link_status");
        if (link == null) {
            throw new ProtocolException("answer to INFO does not say how the link to the master is");
        }
        server.fact("masterLink", link);
        if (!link.equals("up")) {
            throw unexpected("link to the master is " + link);
        }
    }

    private static Map<String, String> lines(Reply answer) {
        Map<String, String> found = new TreeMap<>();
        String text = answer instanceof Reply.Bulk bulk ? bulk.text() : null;
        if (text != null) {
            text.lines().filter(line -> line.indexOf(':') > 0).forEach(line -> {
                int colon = line.indexOf(':');
                found.put(line.substring(0, colon), line.substring(colon + 1));
            });
        }
        return found;
    }

    private void expectKeys() throws IOException {
        if (settings.keys().isEmpty() && settings.lists().isEmpty()) {
            return;
        }
        server.phase("keys");
        if (settings.database() != 0) {
            require("SELECT", ask("SELECT", Integer.toString(settings.database())), "OK");
        }
        for (String key : settings.keys()) {
            if (number("EXISTS", key) == 0) {
                throw unexpected("key '" + key + "' is not there");
            }
        }
        for (Settings.Limit limit : settings.lists()) {
            long entries = number("LLEN", limit.key());
            server.fact("list " + limit.key(), Long.toString(entries));
            if (entries >= limit.entries()) {
                throw unexpected(
                        "list '" + limit.key() + "' has " + entries + " entries, not less than " + limit.entries());
            }
        }
    }

    private long number(String command, String key) throws IOException {
        if (ask(command, key) instanceof Reply.Number number) {
            return number.value();
        }
        throw new ProtocolException("answer to " + command + " is no number");
    }

    private static void require(String command, Reply answer, String wanted) throws IOException {
        if (!(answer instanceof Reply.Text text && text.text().equals(wanted))) {
            throw new ProtocolException("answer to " + command + " is not " + wanted);
        }
    }

    private static FailedException unexpected(String what) {
        return new FailedException(FailureKind.ASSERTION, what);
    }

    private Reply ask(String... words) throws IOException {
        server.doing("waiting for the answer to " + words[0]);
        server.send(request(words));
        Reply answer = new ReplyReader(server).read();
        if (answer instanceof Reply.Problem problem) {
            throw new FailedException(FailureKind.STATUS, problem.text());
        }
        return answer;
    }

    /** Writes a command as a list of texts, each with its length, so that nothing in them is taken for another command. */
    private static String request(String... words) {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            int length = word.getBytes(StandardCharsets.UTF_8).length;
            request.append('$').append(length).append("\r\n").append(word).append("\r\n");
        }
        return request.toString();
    }
}

package io.sitemonitor.check.websocket;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import java.io.IOException;
import java.security.SecureRandom;

/** What is said to a WebSocket server in one run. */
record Dialogue(Settings settings, Conversation server) {

    CheckResult speak() throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[Upgrade.KEY];
        random.nextBytes(key);
        server.phase("upgrade");
        server.doing("waiting for the answer to the upgrade");
        new Upgrade(settings, server).make(key);
        Messages messages = new Messages(server, random);
        CheckResult result = steps(messages);
        if (result.failure() != null) {
            messages.leave();
            return result;
        }
        if (settings.pings()) {
            server.phase("ping");
            server.doing("waiting for the answer to a ping");
            messages.ping();
        }
        if (settings.awaitsClose()) {
            server.phase("close");
            server.doing("waiting for the end of the connection");
            server.fact("close", messages.close().toString());
        } else {
            messages.leave();
        }
        return result;
    }

    private CheckResult steps(Messages messages) throws IOException {
        CheckResult warning = null;
        for (Step step : settings.steps()) {
            server.phase("dialogue");
            server.doing("waiting for a message");
            CheckResult result = step.take(server, messages);
            if (result != null && result.failure() != null) {
                return result;
            }
            warning = warning == null ? result : warning;
        }
        if (warning != null) {
            return warning;
        }
        return CheckResult.pass(settings.steps().isEmpty() ? "upgraded" : "answered as expected");
    }
}

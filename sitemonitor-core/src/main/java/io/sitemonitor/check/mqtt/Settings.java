package io.sitemonitor.check.mqtt;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.LineText;
import io.sitemonitor.check.internal.Login;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is asked of an MQTT broker. */
record Settings(String clientId, Login login, @Nullable String topic) {

    static final Settings DEFAULT = new Settings("", Login.NONE, null);

    private static final int MAX_ID = 255;
    private static final int MAX_TOPIC = 500;
    private static final int MAX_SHOWN = 60;

    Settings clientId(String id) {
        boolean none = Objects.requireNonNull(id, "clientId").isEmpty();
        return new Settings(none ? "" : LineText.require("clientId", id, MAX_ID), login, topic);
    }

    Settings login(Login other) {
        return new Settings(clientId, other, topic);
    }

    Settings topic(String name) {
        LineText.require("topic", name, MAX_TOPIC);
        if (name.indexOf('+') >= 0 || name.indexOf('#') >= 0 || name.startsWith("$")) {
            throw new IllegalArgumentException(
                    "topic must be a single one of one's own, without '+' and '#' and not beginning with '$', but was '"
                            + SafeText.line(name, MAX_SHOWN) + "'");
        }
        return new Settings(clientId, login, name);
    }
}

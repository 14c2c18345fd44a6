package io.sitemonitor.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Refuses properties of destinations of which nothing was made, since alerts that go nowhere are worse than no start. */
final class Destinations {

    private Destinations() {}

    static void check(AlertProperties given, Set<String> listeners, ApplicationContext context) {
        stray(
                "telegram",
                "token",
                given.telegram().token(),
                "chat",
                given.telegram().chat());
        AlertProperties.Matrix matrix = given.matrix();
        stray("matrix", "homeserver", matrix.homeserver(), "access-token", matrix.accessToken());
        stray("matrix", "homeserver", matrix.homeserver(), "room", matrix.room());
        stray(
                "gotify",
                "server",
                given.gotify().server(),
                "token",
                given.gotify().token());
        stray(
                "pushover",
                "token",
                given.pushover().token(),
                "user",
                given.pushover().user());
        AlertProperties.Twilio twilio = given.sms().twilio();
        stray("sms.twilio", "account-sid", twilio.accountSid(), "auth-token", twilio.authToken());
        stray("sms.twilio", "account-sid", twilio.accountSid(), "from", twilio.from());
        leading(given).forEach((name, value) -> {
            if (value != null && context.containsBean(name) && !listeners.contains(name)) {
                throw Property.wrong(
                        AlertProperties.PREFIX + '.' + name,
                        "there is a bean named '" + name + "' that is no AlertListener; give that bean another name");
            }
        });
    }

    private static void stray(String group, String name, @Nullable String value, String other, @Nullable String given) {
        if (given != null) {
            String property = AlertProperties.PREFIX + '.' + group + '.';
            Property.required(property + name, value, property + other);
        }
    }

    /** What makes a listener, by the name of its bean. */
    private static Map<String, @Nullable Object> leading(AlertProperties given) {
        Map<String, @Nullable Object> leading = new LinkedHashMap<>();
        leading.put("jfr", given.jfr() ? "on" : null);
        leading.put("slack", given.slack().webhook());
        leading.put("teams", given.teams().workflow());
        leading.put("discord", given.discord().webhook());
        leading.put("telegram", given.telegram().token());
        leading.put("mattermost", given.mattermost().webhook());
        leading.put("rocketchat", given.rocketchat().webhook());
        leading.put("google-chat", given.googleChat().webhook());
        leading.put("matrix", given.matrix().homeserver());
        leading.put("ntfy", given.ntfy().topic());
        leading.put("gotify", given.gotify().server());
        leading.put("pushover", given.pushover().token());
        leading.put("pagerduty", given.pagerduty().routingKey());
        leading.put("alertmanager", given.alertmanager().urls().isEmpty() ? null : "on");
        leading.put("webhook", given.webhook().url());
        return leading;
    }
}

package io.sitemonitor.spring.autoconfigure;

import java.util.Locale;
import java.util.Set;

/** Knows which properties could hold a secret: destinations and headers hold passwords, and so may an address. */
final class Secrets {

    /** What is shown in place of a secret. */
    static final String HIDDEN = "***";

    private static final String ALERTS = plain(AlertProperties.PREFIX);
    private static final String EVENTS = plain(AmqpEventsAutoConfiguration.EVENTS);
    private static final Set<String> OF_EVENTS = Set.of(EVENTS + "uri", EVENTS + "username", EVENTS + "password");
    private static final String POLICIES = ALERTS + "policies";
    private static final String HEARTBEAT = plain(SiteMonitorProperties.PREFIX + ".heartbeat.url");
    private static final String HEARTBEATS = plain(HeartbeatsAutoConfiguration.HEARTBEATS);

    private Secrets() {}

    /** Tells whether a property that does not exist could be a secret: nobody knows what was meant to be there. */
    static boolean mayBeUnknown(String property, String value) {
        String name = plain(property);
        return name.startsWith(ALERTS) || name.startsWith(EVENTS) || mayBe(property, value);
    }

    /** Tells whether it is one of ours that could be secret, by its name in any spelling, that of an environment variable included. */
    static boolean mayBe(String property, String value) {
        String name = plain(property);
        if (!name.startsWith(SiteMonitorProperties.PREFIX)) {
            return false;
        }
        return name.startsWith(ALERTS) && !name.startsWith(POLICIES)
                || OF_EVENTS.contains(name)
                || name.startsWith(HEARTBEAT)
                || name.startsWith(HEARTBEATS)
                || name.contains("headers")
                || value.indexOf('@') >= 0 && value.contains("://")
                || value.indexOf('?') >= 0;
    }

    /** Spring Boot takes names for the same that differ in dashes, underscores or capital letters. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}

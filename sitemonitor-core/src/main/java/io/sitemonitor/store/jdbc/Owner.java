package io.sitemonitor.store.jdbc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Who has the records of a monitor open, as it is written in their first row.
 *
 * @param token tells this owner from all others
 * @param session the session of the database that it uses, as {@link Database#session} names it
 * @param renewals how often it has said that it lives
 * @param who who that is, for people
 */
record Owner(String token, String session, long renewals, String who) {

    static Owner me() {
        return new Owner(
                UUID.randomUUID().toString(),
                "",
                0,
                "process " + ProcessHandle.current().pid() + " on " + host());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a machine without a name";
        }
    }

    /** The same owner in a session of its own. */
    Owner in(String otherSession) {
        return new Owner(token, otherSession, renewals, who);
    }

    Owner renewed() {
        return new Owner(token, session, renewals + 1, who);
    }

    byte[] key() {
        return token.getBytes(StandardCharsets.UTF_8);
    }

    byte[] value() {
        return String.join("\n", session, Long.toString(renewals), who).getBytes(StandardCharsets.UTF_8);
    }

    static Owner of(byte[] key, byte[] value) {
        String[] lines = new String(value, StandardCharsets.UTF_8).split("\n", -1);
        String token = new String(key, StandardCharsets.UTF_8);
        return lines.length == 3 && lines[1].matches("\\d{1,18}")
                ? new Owner(token, lines[0], Long.parseLong(lines[1]), lines[2])
                : new Owner(token, "", Arrays.hashCode(value), "an unknown process");
    }
}

package io.sitemonitor.spring.heartbeat;

import io.sitemonitor.Monitor;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.heartbeat.HeartbeatCheck;
import io.sitemonitor.definition.CheckDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the signs of life that jobs send to the {@link HeartbeatCheck}s of a monitor, by the names of the checks, whichever
 * way these came to the monitor.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; it never blocks.
 */
public final class HeartbeatReceiver {

    /** The shortest token, in characters. */
    public static final int SHORTEST_TOKEN = 16;

    /** The longest token, in characters. */
    public static final int LONGEST_TOKEN = 500;

    private static final String SCHEME = "Bearer ";

    private final Monitor monitor;
    private final @Nullable Secret token;

    private HeartbeatReceiver(Monitor monitor, @Nullable Secret token) {
        this.monitor = Objects.requireNonNull(monitor, "monitor");
        this.token = token;
    }

    /** What a job says. */
    public enum Sign {
        /** It begins to work. */
        START,
        /** It has done its work. */
        BEAT,
        /** It has failed. */
        FAIL
    }

    /**
     * Takes signs from whoever knows a token.
     *
     * @param monitor whose checks are meant
     * @param token from {@value #SHORTEST_TOKEN} to {@value #LONGEST_TOKEN} characters of ASCII without spaces
     * @return the receiver
     * @throws IllegalArgumentException if the token is none; the message does not show it
     */
    public static HeartbeatReceiver of(Monitor monitor, Secret token) {
        String text = token.reveal();
        boolean isWord = text.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (text.length() < SHORTEST_TOKEN || text.length() > LONGEST_TOKEN || !isWord) {
            throw new IllegalArgumentException("the token must have from " + SHORTEST_TOKEN + " to " + LONGEST_TOKEN
                    + " characters, letters, digits and signs of ASCII without spaces");
        }
        return new HeartbeatReceiver(monitor, token);
    }

    /**
     * Takes signs from everybody, for an application that has its own guard at the door.
     *
     * @param monitor whose checks are meant
     * @return the receiver
     */
    public static HeartbeatReceiver insecureForAnyone(Monitor monitor) {
        return new HeartbeatReceiver(monitor, null);
    }

    /**
     * Tells whether somebody may send signs. How long that takes does not depend on how much of the token is right.
     *
     * @param authorization the header {@code Authorization} of the request, such as {@code Bearer 4f6c…}; null if there is
     *     none
     * @return whether it names the token
     */
    public boolean admits(@Nullable String authorization) {
        Secret wanted = token;
        // of equal length whatever was given, so that the length of the token shows as little as the token itself
        return wanted == null || MessageDigest.isEqual(digest(bearer(authorization)), digest(wanted.reveal()));
    }

    private static String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return "";
        }
        return authorization.substring(SCHEME.length()).strip();
    }

    /**
     * Hands a sign to the check that it is meant for.
     *
     * @param check the name of the check
     * @param sign what the job says
     * @param reason why it failed, in a line that everybody may read; null if there is none to give
     * @return whether there is a heartbeat check of this name
     */
    public boolean receive(String check, Sign sign, @Nullable String reason) {
        Optional<CheckDefinition> definition = monitor.definition(check);
        if (definition.isEmpty() || !(definition.get().check() instanceof HeartbeatCheck heartbeat)) {
            return false;
        }
        switch (sign) {
            case START -> heartbeat.start();
            case BEAT -> heartbeat.beat();
            case FAIL -> heartbeat.fail(reason);
        }
        return true;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}

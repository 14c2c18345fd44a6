package io.sitemonitor.check.internal;

import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who a check says it is to a server, and whether its password may be sent over a connection that is not encrypted.
 *
 * @param user the name, or null if there is none
 * @param password the password, or null if there is none
 * @param inPlainText whether the password may be sent in any case
 */
public record Login(@Nullable String user, @Nullable Secret password, boolean inPlainText) {

    /** No login. */
    public static final Login NONE = new Login(null, null, false);

    /** The longest name, in characters. */
    public static final int MAX_USER = 255;

    /** The longest password, in bytes of UTF-8. */
    public static final int MAX_PASSWORD = 4_096;

    /**
     * Returns a login of somebody.
     *
     * @param name the name
     * @param secret the password
     * @return a copy
     * @throws IllegalArgumentException if the name is empty, longer than 255 characters or holds control characters
     */
    public Login as(String name, Secret secret) {
        return new Login(
                LineText.require("user", name, MAX_USER), Objects.requireNonNull(secret, "password"), inPlainText);
    }

    /**
     * Returns a login without a name.
     *
     * @param secret the password
     * @return a copy
     */
    public Login with(Secret secret) {
        return new Login(null, Objects.requireNonNull(secret, "password"), inPlainText);
    }

    /**
     * Returns the same login, to be sent over any connection.
     *
     * @return a copy
     */
    public Login allowPlainText() {
        return new Login(user, password, true);
    }

    /**
     * Tells whether there is anything to say.
     *
     * @return whether there is a name or a password
     */
    public boolean isGiven() {
        return user != null || password != null;
    }

    /**
     * Refuses a connection over which the password would be sent for everybody to read.
     *
     * @param server the other side
     * @throws FailedException if it is one: the run fails with {@code CHECK_ERROR}
     */
    public void requireProtection(Conversation server) throws FailedException {
        if (password != null && !inPlainText && server.tls() == null) {
            throw new FailedException(
                    FailureKind.CHECK_ERROR,
                    "the password is not sent, since the connection is not encrypted; see insecureLoginInPlainText");
        }
    }

    /**
     * Returns the name.
     *
     * @return the name, empty if there is none
     */
    public String name() {
        return user == null ? "" : user;
    }

    /**
     * Returns the password, for the one who sends it on a line.
     *
     * @return the password as it is now, empty if there is none
     * @throws FailedException if it is too long or holds control characters: the run fails with {@code CHECK_ERROR}
     */
    public String reveal() throws FailedException {
        String text = password == null ? "" : password.reveal();
        boolean sendable = bytes(text).length <= MAX_PASSWORD && text.chars().noneMatch(Character::isISOControl);
        if (!sendable) {
            throw new FailedException(
                    FailureKind.CHECK_ERROR,
                    "the password must have at most " + MAX_PASSWORD + " bytes and no control character");
        }
        return text;
    }

    /**
     * Returns name and password as the mechanism {@code PLAIN} sends them (RFC 4616).
     *
     * @return in Base64
     * @throws FailedException if the password is too long or holds control characters
     */
    public String plain() throws FailedException {
        return plain(name(), reveal());
    }

    /**
     * Returns what may be shown nowhere.
     *
     * @return the password, and the forms in which it is sent; empty if there is none
     */
    public List<Secret> secrets() {
        if (password == null) {
            return List.of();
        }
        String text = password.reveal();
        List<Secret> secrets = new ArrayList<>(List.of(password, Secret.of(base64(text))));
        secrets.add(Secret.of(plain(name(), text)));
        return secrets;
    }

    /**
     * Writes a text in Base64.
     *
     * @param text the text
     * @return its UTF-8 in Base64
     */
    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }

    private static String plain(String name, String secret) {
        return base64('\0' + name + '\0' + secret);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

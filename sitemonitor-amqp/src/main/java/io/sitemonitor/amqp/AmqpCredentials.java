package io.sitemonitor.amqp;

import java.util.Objects;

/**
 * Who logs in to a broker. Equal to any other with the same user and password.
 *
 * @param user the user, as it is: nothing is decoded
 * @param password the password, as it is; it may be empty and appears in no text that this class makes
 */
public record AmqpCredentials(String user, String password) {

    /**
     * Keeps both.
     *
     * @throws IllegalArgumentException if one of them holds the character NUL, with which the login separates them; the
     *     message holds neither
     */
    public AmqpCredentials {
        if (Objects.requireNonNull(user, "user").indexOf('\0') >= 0
                || Objects.requireNonNull(password, "password").indexOf('\0') >= 0) {
            throw new IllegalArgumentException("user and password must not hold the character NUL");
        }
    }

    /** Returns a text without the password. */
    @Override
    public String toString() {
        return "AmqpCredentials[user=" + user + ", password=***]";
    }
}

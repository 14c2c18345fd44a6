package io.sitemonitor.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

/** A user and a password that stand in properties of their own, as they are and not encoded. */
record Credentials(String user, String password) {

    /** Returns both, or null if neither is set. */
    static @Nullable Credentials of(String property, @Nullable String user, @Nullable String password) {
        if (user == null && password == null) {
            return null;
        }
        if (password == null) {
            throw Property.wrong(property + ".password", "it is missing; " + property + ".username needs it");
        }
        if (user == null) {
            throw Property.wrong(property + ".username", "it is missing; " + property + ".password needs it");
        }
        return new Credentials(user, password);
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}

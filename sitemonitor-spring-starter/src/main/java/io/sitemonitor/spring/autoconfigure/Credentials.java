package io.sitemonitor.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

/** A user and a password that stand in properties of their own, as they are and not encoded. */
record Credentials(String user, String password) {

    /** Returns both, or null if neither is set. */
    static @Nullable Credentials of(String property, @Nullable String user, @Nullable String password) {
        if (user == null && password == null) {
            return null;
        }
        return new Credentials(
                Property.required(property + ".username", user, property + ".password"),
                Property.required(property + ".password", password, property + ".username"));
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}

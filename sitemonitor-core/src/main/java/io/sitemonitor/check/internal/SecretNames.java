package io.sitemonitor.check.internal;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names of parameters whose values nobody may read. */
public final class SecretNames {

    private static final List<String> PARTS = List.of(
            "token", "key", "pass", "pwd", "secret", "auth", "sig", "credential", "session", "jwt", "code", "otp");

    private SecretNames() {}

    /**
     * Judges a name.
     *
     * @param name the name of a parameter, or null
     * @return whether it is one like {@code token}
     */
    public static boolean isOne(@Nullable String name) {
        if (name == null) {
            return false;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        for (String part : PARTS) {
            if (lower.contains(part)) {
                return true;
            }
        }
        return false;
    }
}

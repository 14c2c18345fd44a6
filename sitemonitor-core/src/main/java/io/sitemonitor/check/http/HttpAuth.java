package io.sitemonitor.check.http;

import io.sitemonitor.check.Secret;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a check signs in to the origin of its address. */
sealed interface HttpAuth {

    /** What may be shown nowhere. */
    Secret secret();

    /** User and password with the first request (RFC 7617). */
    record Basic(String user, Secret secret) implements HttpAuth {
        public Basic {
            requireUser(user);
        }
    }

    /** A token (RFC 6750). */
    record Bearer(Secret secret) implements HttpAuth {
        public Bearer {
            Objects.requireNonNull(secret, "token");
        }
    }

    /** User and password once the server has asked for them, without showing the password to it (RFC 7616). */
    record Digest(String user, Secret secret) implements HttpAuth {
        public Digest {
            requireUser(user);
        }
    }

    /** A token that another server gives out. */
    record OAuth(OAuth2 source) implements HttpAuth {
        @Override
        public Secret secret() {
            return source.secret();
        }
    }

    private static void requireUser(@Nullable String user) {
        Objects.requireNonNull(user, "user");
        boolean plain = !user.isEmpty() && user.indexOf(':') < 0 && user.length() <= 1_000;
        for (int i = 0; plain && i < user.length(); i++) {
            plain = user.charAt(i) >= ' ' && user.charAt(i) != 0x7F;
        }
        if (!plain) {
            throw new IllegalArgumentException(
                    "user must have 1 to 1000 characters, no colon and no control characters");
        }
    }
}

package io.sitemonitor.incident;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * Ids that follow from what they name: the same on every attempt, after every restart and on every replica. A
 * name-based UUID (RFC 9562, version 3).
 */
public final class StableId {

    private StableId() {}

    /**
     * Returns the id of what the parts name together.
     *
     * @param parts what tells it from everything else, in a fixed order
     * @return a UUID in its usual form
     */
    public static String of(String... parts) {
        StringBuilder name = new StringBuilder("sitemonitor");
        for (String part : parts) {
            Objects.requireNonNull(part, "part");
            name.append('\n').append(part.length()).append(':').append(part);
        }
        return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}

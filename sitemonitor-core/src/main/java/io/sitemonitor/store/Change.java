package io.sitemonitor.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record that is written or removed.
 *
 * @param key which record; from 1 to {@value #LONGEST_KEY} characters
 * @param bytes what it holds from now on, at most {@value #MOST_BYTES}; null to remove it, which may be done to one that is not
 *     there. Not copied: nobody changes them afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Change(String key, byte @Nullable [] bytes) {

    /** The longest key, in characters. */
    public static final int LONGEST_KEY = 1_000;

    /** The most that a record holds, in bytes: 1 MiB. */
    public static final int MOST_BYTES = 1024 * 1024;

    /** Creates a change. */
    public Change {
        Objects.requireNonNull(key, "key");
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    "key must have from 1 to " + LONGEST_KEY + " characters, not " + key.length());
        }
        if (bytes != null && bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "record '" + key + "' has " + bytes.length + " bytes, more than " + MOST_BYTES);
        }
    }

    /**
     * Writes a record, in place of what it held before.
     *
     * @param key which record
     * @param bytes what it holds from now on
     * @return the change
     * @throws IllegalArgumentException if key or bytes are outside their range
     */
    public static Change put(String key, byte[] bytes) {
        return new Change(key, Objects.requireNonNull(bytes, "bytes"));
    }

    /**
     * Removes a record.
     *
     * @param key which record
     * @return the change
     * @throws IllegalArgumentException if the key is outside its range
     */
    public static Change remove(String key) {
        return new Change(key, null);
    }
}

package io.sitemonitor.check;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A text that nobody may read: a password, a token, a key. It prints as {@code ***} wherever it is shown.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; a supplier is called by the threads of runs, possibly by
 * several at once.
 */
public final class Secret {

    private final @Nullable String text;
    private final @Nullable Supplier<String> source;

    private Secret(@Nullable String text, @Nullable Supplier<String> source) {
        this.text = text;
        this.source = source;
    }

    /**
     * Wraps a text.
     *
     * @param text the text
     * @return the secret; equal to any other of the same text
     * @throws IllegalArgumentException if the text is empty
     */
    public static Secret of(String text) {
        if (Objects.requireNonNull(text, "secret").isEmpty()) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        return new Secret(text, null);
    }

    /**
     * Asks for the text anew each time that it is needed, for one that is rotated. The supplier should answer at once,
     * from memory.
     *
     * @param source what has the text
     * @return the secret; equal to any other of the same supplier
     */
    public static Secret from(Supplier<String> source) {
        return new Secret(null, Objects.requireNonNull(source, "source"));
    }

    /**
     * Returns the text, for the one who sends it where it belongs.
     *
     * @return the text, never empty
     * @throws IllegalStateException if the supplier has none
     */
    public String reveal() {
        if (source == null) {
            return Objects.requireNonNull(text, "text");
        }
        String current = source.get();
        if (current == null || current.isEmpty()) {
            throw new IllegalStateException("the source of a secret has none");
        }
        return current;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that && Objects.equals(text, that.text) && Objects.equals(source, that.source);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, source);
    }

    /** Prints nothing of the secret. */
    @Override
    public String toString() {
        return "***";
    }
}

package io.sitemonitor.check.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Hides what a check knows and nobody may read, since servers like to repeat what they were sent.
 *
 * @param texts what to hide, the longest first, so that none is hidden in part
 */
public record Mask(List<String> texts) {

    /** Nothing to hide. */
    public static final Mask NONE = new Mask(List.of());

    private static final int SHORTEST = 3;

    /**
     * Hides these texts. Those of less than three characters are left, since hiding each {@code a} of a message would
     * rather tell the secret than hide it.
     *
     * @param secrets the texts
     * @return what hides them
     */
    public static Mask of(Collection<String> secrets) {
        List<String> texts = secrets.stream()
                .filter(text -> text.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        return texts.isEmpty() ? NONE : new Mask(texts);
    }

    /**
     * Hides them.
     *
     * @param text any text
     * @return the text with {@code ***} in their place
     */
    public String hide(String text) {
        String hidden = text;
        for (String secret : texts) {
            hidden = hidden.replace(secret, "***");
        }
        return hidden;
    }

    /** Shows how many there are. */
    @Override
    public String toString() {
        return texts.size() + " secrets";
    }
}

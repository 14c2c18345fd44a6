package io.sitemonitor.check;

import java.util.Objects;

/**
 * Makes text from outside fit to be shown: in a log line, an e-mail header, a message or a page. For authors of checks
 * and listeners.
 */
public final class SafeText {

    private static final char REPLACEMENT = '\uFFFD';

    private SafeText() {}

    /**
     * Returns {@code text} as one harmless line: line breaks and tabs become spaces, other control characters and those
     * that change the direction of writing become {@code U+FFFD}, and what is longer than {@code limit} is cut and ends
     * in an ellipsis.
     *
     * @param text any text
     * @param limit the longest result, in characters; at least 1
     * @return the text itself if nothing had to be changed
     */
    public static String line(String text, int limit) {
        Objects.requireNonNull(text, "text");
        if (text.length() <= limit && isLine(text)) {
            return text;
        }
        int kept = text.length() <= limit ? text.length() : limit - 1;
        if (kept > 0 && kept < text.length() && Character.isHighSurrogate(text.charAt(kept - 1))) {
            kept--;
        }
        StringBuilder line = new StringBuilder(kept + 1);
        for (int i = 0; i < kept; i++) {
            char c = text.charAt(i);
            line.append(isHarmless(c) ? c : Character.isWhitespace(c) ? ' ' : REPLACEMENT);
        }
        return kept < text.length() ? line.append('…').toString() : line.toString();
    }

    /**
     * Tells whether {@code text} is one harmless line already.
     *
     * @param text any text
     * @return whether it holds no control character and none that changes the direction of writing
     */
    public static boolean isLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isHarmless(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHarmless(char c) {
        if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) {
            return false;
        }
        return c < 0x061C || !(isBidiControl(c) || c == '\u2028' || c == '\u2029' || c == '\uFEFF');
    }

    private static boolean isBidiControl(char c) {
        return c == '\u061C'
                || c == '\u200E'
                || c == '\u200F'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }
}

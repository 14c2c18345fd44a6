package io.sitemonitor.check.internal;

import io.sitemonitor.check.SafeText;
import java.util.Objects;

/** Texts that become part of a line, of a protocol or of a message, and so must not end it. */
public final class LineText {

    private static final int MAX_SHOWN = 60;
    private static final int MAX_NAME = 100;
    private static final String TOKEN_EXTRAS = "!#$%&'*+-.^_`|~";

    private LineText() {}

    /**
     * Tells whether a line begins with a word, whatever its case, and not with a longer one.
     *
     * @param line the line
     * @param word the word, or several
     * @return whether it does
     */
    public static boolean begins(String line, String word) {
        return line.regionMatches(true, 0, word, 0, word.length())
                && (line.length() == word.length() || line.charAt(word.length()) == ' ');
    }

    /**
     * Refuses what is empty, too long, or more than a line.
     *
     * @param option the name of the option, for the message
     * @param value the text
     * @param most the longest text, in characters
     * @return the text
     * @throws IllegalArgumentException if it is refused
     */
    public static String require(String option, String value, int most) {
        Objects.requireNonNull(value, option);
        if (value.isEmpty() || value.length() > most || !SafeText.isLine(value)) {
            throw refused(option, "one line of 1 to " + most + " characters", value);
        }
        return value;
    }

    /**
     * Refuses a text that does not do as a name, which is shown in messages and facts.
     *
     * @param option the name of the option, for the message
     * @param value the text
     * @return the text
     * @throws IllegalArgumentException if it is blank, longer than 100 characters or no plain line
     */
    public static String requireName(String option, String value) {
        return require(option, Objects.requireNonNull(value, option).isBlank() ? "" : value, MAX_NAME);
    }

    /**
     * Refuses what is no single word of plain ASCII.
     *
     * @param option the name of the option, for the message
     * @param value the text
     * @param most the longest text, in characters
     * @param without characters that must not be in it besides the space
     * @return the text
     * @throws IllegalArgumentException if it is refused
     */
    public static String requireWord(String option, String value, int most, String without) {
        Objects.requireNonNull(value, option);
        boolean word = !value.isEmpty() && value.length() <= most;
        for (int i = 0; word && i < value.length(); i++) {
            char c = value.charAt(i);
            word = c > ' ' && c < 0x7F && without.indexOf(c) < 0;
        }
        if (!word) {
            throw refused(option, "one word of 1 to " + most + " letters, digits and signs", value);
        }
        return value;
    }

    /**
     * Tells whether a text is of ASCII without control characters.
     *
     * @param text the text
     * @return whether it is
     */
    public static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }

    /**
     * Tells whether a text is a token as RFC 9110 has it, such as the name of a header.
     *
     * @param text the text
     * @return whether it is
     */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && TOKEN_EXTRAS.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static IllegalArgumentException refused(String option, String rule, String value) {
        return new IllegalArgumentException(
                option + " must be " + rule + ", but was '" + SafeText.line(value, MAX_SHOWN) + "'");
    }
}

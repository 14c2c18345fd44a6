package io.sitemonitor.check.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps the password of an address or of a list of properties, which drivers and pools like to quote, out of a text. */
public final class Credentials {

    private static final String MASK = "***";
    private static final Pattern PROPERTY = Pattern.compile(
            "((?:password|passwd|pwd|passphrase|secret|token)\\s*=\\s*)(?:\"[^\"]*\"|'[^']*'|[^;&\\s,'\"})\\]]+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WORD = Pattern.compile("\\S+");

    /** What stands in an address before its password, which ends with the last {@code @}. */
    private static final Pattern USER =
            Pattern.compile("//[^/:@]*:|jdbc:oracle:[a-z0-9]{1,20}:[^/@]{0,200}/", Pattern.CASE_INSENSITIVE);

    private Credentials() {}

    /**
     * Masks what looks like a password. Takes time in proportion to the length of the text, whatever is in it.
     *
     * @param text any text
     * @return the text with {@code ***} in place of each password
     */
    public static String mask(String text) {
        String masked = PROPERTY.matcher(text).replaceAll("$1" + MASK);
        return masked.indexOf('@') < 0
                ? masked
                : WORD.matcher(masked).replaceAll(word -> Matcher.quoteReplacement(maskedWord(word.group())));
    }

    private static String maskedWord(String word) {
        int end = word.lastIndexOf('@');
        Matcher user = USER.matcher(word);
        return end >= 0 && user.region(0, end).find()
                ? word.substring(0, user.end()) + MASK + word.substring(end)
                : word;
    }
}

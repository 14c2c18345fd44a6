package io.sitemonitor.check.internal;

import java.util.regex.Pattern;

/** Keeps the password of an address or of a list of properties, which drivers and pools like to quote, out of a text. */
public final class Credentials {

    private static final String MASK = "***";
    private static final Pattern PROPERTY = Pattern.compile(
            "((?:password|passwd|pwd|passphrase|secret|token)\\s*=\\s*)(?:\"[^\"]*\"|'[^']*'|[^;&\\s,'\"})\\]]+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORITY = Pattern.compile("(//[^\\s/:@]*:)\\S*@");
    private static final Pattern ORACLE =
            Pattern.compile("(jdbc:oracle:[a-z0-9]+:[^\\s/@]*/)\\S*@", Pattern.CASE_INSENSITIVE);

    private Credentials() {}

    /**
     * Masks what looks like a password.
     *
     * @param text any text
     * @return the text with {@code ***} in place of each password
     */
    public static String mask(String text) {
        String masked = PROPERTY.matcher(text).replaceAll("$1" + MASK);
        masked = AUTHORITY.matcher(masked).replaceAll("$1" + MASK + "@");
        return ORACLE.matcher(masked).replaceAll("$1" + MASK + "@");
    }
}

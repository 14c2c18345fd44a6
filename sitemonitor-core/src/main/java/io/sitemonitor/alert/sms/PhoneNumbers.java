package io.sitemonitor.alert.sms;

import io.sitemonitor.check.SafeText;
import org.jspecify.annotations.Nullable;

/** Telephone numbers as E.164 writes them: a plus sign, then 7 to 15 digits of which the first is not 0. */
final class PhoneNumbers {

    private static final int LEAST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;

    private PhoneNumbers() {}

    /** Returns the number without the spaces and signs that people write between its digits; null if it is none. */
    static @Nullable String normalize(String number) {
        StringBuilder digits = new StringBuilder(number.length());
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            if (isDigit || (c == '+' && i == 0)) {
                digits.append(c);
            } else if (" -.()/".indexOf(c) < 0) {
                return null;
            }
        }
        int count = digits.length() - 1;
        boolean valid =
                count >= LEAST_DIGITS && count <= MOST_DIGITS && digits.charAt(0) == '+' && digits.charAt(1) != '0';
        return valid ? digits.toString() : null;
    }

    /** Refuses what is not a number. */
    static String require(String number) {
        String normalized = normalize(number);
        if (normalized == null) {
            throw new IllegalArgumentException("a telephone number must be '+' and 7 to 15 digits, such as"
                    + " +254711000000, but was '" + SafeText.line(number, 40) + "'");
        }
        return normalized;
    }
}

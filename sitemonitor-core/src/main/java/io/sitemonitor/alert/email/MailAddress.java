package io.sitemonitor.alert.email;

import io.sitemonitor.check.SafeText;
import java.net.IDN;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address fit for an envelope and a header: a local part of plain ASCII and a domain, which is given in ASCII
 * whatever it was written in.
 */
record MailAddress(@Nullable String name, String address) {

    private static final int MAX_LOCAL = 64;
    private static final int MAX_DOMAIN = 253;
    private static final String SIGNS = "!#$%&'*+/=?^_`{|}~-.";

    /** What this Java turns into another domain than the rules of today do. */
    private static final String CHANGED_LATER = "\u00DF\u03C2\u200C\u200D";

    /** Reads {@code local@domain}; null if that is not an address. */
    static @Nullable MailAddress parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || !isLocal(text.substring(0, at))) {
            return null;
        }
        String domain = domain(text.substring(at + 1));
        return domain == null ? null : new MailAddress(null, text.substring(0, at) + '@' + domain);
    }

    /** Reads {@code local@domain}. */
    static MailAddress require(String text) {
        MailAddress address = parse(text);
        if (address == null) {
            throw new IllegalArgumentException(
                    "an e-mail address must look like ops@shop.example, but was '" + SafeText.line(text, 100) + "'");
        }
        return address;
    }

    /** Reads {@code local@domain} or {@code Name <local@domain>}. */
    static MailAddress requireNamed(String text) {
        int open = text.lastIndexOf('<');
        if (open < 0 || !text.endsWith(">")) {
            return require(text);
        }
        String name = text.substring(0, open).strip();
        MailAddress address = parse(text.substring(open + 1, text.length() - 1));
        if (address == null || name.length() > 100 || !SafeText.isLine(name)) {
            throw new IllegalArgumentException("an e-mail address must look like ops@shop.example or"
                    + " Operations <ops@shop.example>, but was '" + SafeText.line(text, 100) + "'");
        }
        return name.isEmpty() ? address : new MailAddress(name, address.address());
    }

    /** The value of a header that names it. */
    String header() {
        return name == null ? address : MailHeaders.words(name, true) + " <" + address + '>';
    }

    private static boolean isLocal(String local) {
        if (local.length() > MAX_LOCAL || local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
            return false;
        }
        return local.chars().allMatch(c -> isLetterOrDigit(c) || SIGNS.indexOf(c) >= 0);
    }

    private static @Nullable String domain(String written) {
        // in ASCII it gets no shorter; what is much too long makes newer Java runtimes throw something else
        if (written.length() > MAX_DOMAIN || written.chars().anyMatch(c -> CHANGED_LATER.indexOf(c) >= 0)) {
            return null;
        }
        String ascii;
        try {
            ascii = IDN.toASCII(written);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (ascii.isEmpty() || ascii.length() > MAX_DOMAIN || ascii.endsWith(".")) {
            return null;
        }
        for (String label : ascii.split("\\.", -1)) {
            boolean valid = !label.isEmpty()
                    && label.length() <= 63
                    && !label.startsWith("-")
                    && !label.endsWith("-")
                    && label.chars().allMatch(c -> isLetterOrDigit(c) || c == '-');
            if (!valid) {
                return null;
            }
        }
        return ascii;
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}

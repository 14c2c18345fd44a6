package io.sitemonitor.check.rdap;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.HostNames;
import java.util.Locale;
import java.util.Objects;

/** Names of domains as registries know them: in lower case, with what is not ASCII as A-labels. */
final class DomainName {

    private static final int MAX = 253;
    private static final int MAX_LABEL = 63;
    private static final int MAX_SHOWN = 60;

    private DomainName() {}

    /** Reads a domain that can be registered. */
    static String require(String option, String name) {
        Objects.requireNonNull(name, option);
        String ascii = ascii(name);
        boolean known = ascii.length() <= MAX && ascii.indexOf('.') > 0 && !endsWithFigure(ascii);
        for (String label : ascii.split("\\.", -1)) {
            known = known && isLabel(label);
        }
        if (!known) {
            throw new IllegalArgumentException(option + " must be the name of a domain such as shop.example, but was '"
                    + SafeText.line(name, MAX_SHOWN) + "'");
        }
        return ascii;
    }

    /** Writes a name as all others are written, so that it can be compared; what is no name stays what it is. */
    static String ascii(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        try {
            return HostNames.ascii(bare).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return bare.toLowerCase(Locale.ROOT);
        }
    }

    /** An address ends so, and no top-level domain does: one that is written in ASCII otherwise begins with {@code xn--}. */
    private static boolean endsWithFigure(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isLabel(String label) {
        boolean plain = !label.isEmpty() && label.length() <= MAX_LABEL;
        for (int i = 0; plain && i < label.length(); i++) {
            char c = label.charAt(i);
            boolean edge = i == 0 || i == label.length() - 1;
            plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && !edge);
        }
        return plain;
    }
}

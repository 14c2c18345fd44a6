package io.sitemonitor.amqp.message;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.check.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * The keys of messages on topic exchanges, three words with dots between them: {@code shop.storefront.down}. Bindings select
 * by them: {@code shop.#} is all of a monitor, {@code *.*.down} every outage.
 *
 * <p>In a name each dot, star, hash, white space and control character is {@code _}; an empty name is {@code _}. A
 * monitor's word has at most {@value #MAX_MONITOR} bytes of UTF-8, a check's at most {@value #MAX_CHECK}, the rest of the name
 * is left out, so that the key never exceeds the 255 bytes that AMQP allows. Different names can therefore have the same
 * word; the message has the name as it is.
 */
public final class RoutingKeys {

    /** The longest word of a monitor, in bytes. */
    public static final int MAX_MONITOR = 100;

    /** The longest word of a check, in bytes. */
    public static final int MAX_CHECK = 120;

    /** The longest third word, in bytes: what is left after two dots. */
    private static final int MAX_WHAT = 255 - MAX_MONITOR - MAX_CHECK - 2;

    private static final String NOTHING = "_";

    private RoutingKeys() {}

    /**
     * Returns the key of an alert.
     *
     * @param alert the alert
     * @return its monitor, its check and its kind in lower case, such as {@code shop.storefront.down}
     */
    public static String of(Alert alert) {
        return of(alert.monitor(), alert.check(), alert.kind().name().toLowerCase(Locale.ROOT));
    }

    /**
     * Returns the pattern by which a queue is bound to all messages of a monitor.
     *
     * @param monitor the name of the monitor
     * @return its word and {@code #}, such as {@code shop.#}
     */
    public static String allOf(String monitor) {
        return word(monitor, MAX_MONITOR) + ".#";
    }

    static String of(String monitor, String check, String what) {
        return word(monitor, MAX_MONITOR) + '.' + word(check, MAX_CHECK) + '.' + word(what, MAX_WHAT);
    }

    private static String word(String name, int maxBytes) {
        Objects.requireNonNull(name, "name");
        StringBuilder word = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            i += Character.charCount(c);
            String letter = isSeparator(c) ? NOTHING : Character.toString(c);
            bytes += letter.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxBytes) {
                break;
            }
            word.append(letter);
        }
        return word.isEmpty() ? NOTHING : word.toString();
    }

    private static boolean isSeparator(int c) {
        return c == '.'
                || c == '*'
                || c == '#'
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || !MessageJson.isWhole(Character.toString(c))
                || !SafeText.isLine(Character.toString(c));
    }
}

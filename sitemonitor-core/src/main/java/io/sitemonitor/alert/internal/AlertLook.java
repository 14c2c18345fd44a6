package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import java.util.Locale;

/**
 * What an alert looks like where people read it in a chat: the same everywhere.
 *
 * @param emoji one sign for it
 * @param rgb its colour, from {@code 0x000000} to {@code 0xFFFFFF}
 */
public record AlertLook(String emoji, int rgb) {

    private static final AlertLook CLOSED = new AlertLook("✅", 0x2E9E44);
    private static final AlertLook TAKEN = new AlertLook("🙋", 0x3B82C4);
    private static final AlertLook CRITICAL = new AlertLook("🔴", 0xD32F2F);
    private static final AlertLook ERROR = new AlertLook("🟠", 0xE8710A);
    private static final AlertLook WARNING = new AlertLook("🟡", 0xF2B600);
    private static final AlertLook INFO = new AlertLook("🔵", 0x3B82C4);

    /**
     * Returns the look of an alert: that of its severity, unless it closes something or somebody has taken it on.
     *
     * @param alert the alert
     * @return its look
     */
    public static AlertLook of(Alert alert) {
        if (alert.kind().isClosing()) {
            return CLOSED;
        }
        if (alert.kind() == AlertKind.ACKNOWLEDGED) {
            return TAKEN;
        }
        return switch (alert.severity()) {
            case CRITICAL -> CRITICAL;
            case ERROR -> ERROR;
            case WARNING -> WARNING;
            case INFO -> INFO;
        };
    }

    /**
     * Returns the colour as CSS writes it.
     *
     * @return such as {@code #D32F2F}
     */
    public String hex() {
        return String.format(Locale.ROOT, "#%06X", rgb);
    }
}

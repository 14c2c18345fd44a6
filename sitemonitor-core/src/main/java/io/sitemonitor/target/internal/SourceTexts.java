package io.sitemonitor.target.internal;

import io.sitemonitor.check.internal.Credentials;

/** How what a source of targets says is made fit to be shown. */
public final class SourceTexts {

    private SourceTexts() {}

    /**
     * Masks what looks like a password.
     *
     * @param text what a driver or a pool says
     * @return the text with {@code ***} in place of each password
     */
    public static String masked(String text) {
        return Credentials.mask(text);
    }
}

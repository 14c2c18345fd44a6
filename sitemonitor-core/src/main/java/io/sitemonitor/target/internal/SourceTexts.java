package io.sitemonitor.target.internal;

import io.sitemonitor.check.internal.Credentials;
import io.sitemonitor.check.internal.sql.SqlSecrets;

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

    /**
     * Takes passwords out of what is thrown.
     *
     * @param thrown what a driver or a pool has thrown
     * @return the exception itself if it tells no password, else one in its place
     */
    public static Exception withoutSecrets(Exception thrown) {
        return SqlSecrets.without(thrown);
    }
}

package io.sitemonitor.store.internal;

import io.sitemonitor.check.internal.sql.SqlSecrets;

/** How what a store says is made fit to be shown. */
public final class StoreTexts {

    private StoreTexts() {}

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

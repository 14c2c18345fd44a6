package io.sitemonitor.check.internal.sql;

import io.sitemonitor.check.internal.Credentials;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the password of a JDBC URL, which drivers and pools like to quote, out of what is thrown. */
public final class SqlSecrets {

    private SqlSecrets() {}

    /**
     * Takes away what an exception tells and nobody may read.
     *
     * @param thrown what a driver or a pool has thrown
     * @return the exception itself if neither it nor what it carries tells a secret, else one in its place that does not
     * @param <E> its type
     */
    public static <E extends Exception> Exception without(E thrown) {
        if (!tells(thrown, new HashSet<>())) {
            return thrown;
        }
        Throwable root = thrown;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        String text = text(thrown) + (root == thrown ? "" : " (caused by " + text(root) + ")");
        SQLException other = thrown instanceof SQLException sql
                ? new SQLException(Credentials.mask(text), sql.getSQLState(), sql.getErrorCode())
                : new SQLException(Credentials.mask(text));
        other.setStackTrace(thrown.getStackTrace());
        return other;
    }

    private static boolean tells(@Nullable Throwable thrown, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) {
            return false;
        }
        String text = String.valueOf(thrown.getMessage());
        if (!Credentials.mask(text).equals(text) || tells(thrown.getCause(), seen)) {
            return true;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (tells(suppressed, seen)) {
                return true;
            }
        }
        if (thrown instanceof SQLException sql) {
            for (Iterator<Throwable> chain = sql.iterator(); chain.hasNext(); ) {
                if (tells(chain.next(), seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String text(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }
}

package io.sitemonitor.store.jdbc;

import io.sitemonitor.store.internal.StoreTexts;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Set;

/** What is made of what drivers and pools throw. */
final class SqlTroubles {

    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    private SqlTroubles() {}

    static boolean isNoTable(SQLException thrown) {
        return NO_TABLE.contains(String.valueOf(thrown.getSQLState()));
    }

    static IOException toIo(Exception thrown) {
        Exception safe = StoreTexts.withoutSecrets(first(thrown));
        return new IOException(safe.getMessage() == null ? safe.getClass().getSimpleName() : safe.getMessage(), safe);
    }

    /** What went wrong with a batch, without the text of the batch with all of its values. */
    private static Exception first(Exception thrown) {
        return thrown instanceof BatchUpdateException batch && batch.getNextException() != null
                ? batch.getNextException()
                : thrown;
    }
}

package io.sitemonitor.check.jdbc;

import io.sitemonitor.check.jdbc.FirstRow.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values without holding more of them than a row may have. */
final class Rows {

    private static final String BINARY = "(binary)";

    private Rows() {}

    /** Reads the present row. */
    static List<Column> columns(ResultSet rows) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        int count = Math.min(meta.getColumnCount(), FirstRow.MOST_COLUMNS);
        List<Column> columns = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            String label = meta.getColumnLabel(i);
            columns.add(new Column(label == null ? "" : cut(label), text(rows, i, meta.getColumnType(i))));
        }
        return columns;
    }

    /** What may be long is read as a stream, so that no more is fetched than is kept. */
    private static @Nullable String text(ResultSet rows, int column, int type) throws SQLException {
        return switch (type) {
            case Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> binary(rows, column);
            case Types.CLOB, Types.NCLOB, Types.LONGVARCHAR, Types.LONGNVARCHAR, Types.SQLXML -> stream(rows, column);
            default -> plain(rows, column);
        };
    }

    private static @Nullable String plain(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        return text == null ? null : cut(text);
    }

    private static @Nullable String binary(ResultSet rows, int column) throws SQLException {
        try (InputStream in = rows.getBinaryStream(column)) {
            return in == null ? null : BINARY;
        } catch (IOException e) {
            return BINARY;
        }
    }

    private static @Nullable String stream(ResultSet rows, int column) throws SQLException {
        try (Reader reader = rows.getCharacterStream(column)) {
            if (reader == null) {
                return null;
            }
            char[] text = new char[FirstRow.MAX_TEXT];
            int length = 0;
            while (length < text.length) {
                int read = reader.read(text, length, text.length - length);
                if (read <= 0) {
                    break;
                }
                length += read;
            }
            return new String(text, 0, length);
        } catch (IOException e) {
            throw new SQLException("column " + column + " cannot be read: " + e.getMessage(), "08000", e);
        }
    }

    private static String cut(String text) {
        return text.length() <= FirstRow.MAX_TEXT ? text : text.substring(0, FirstRow.MAX_TEXT);
    }
}

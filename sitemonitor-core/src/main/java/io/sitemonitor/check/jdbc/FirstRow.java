package io.sitemonitor.check.jdbc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first row of what a query gives, and how many rows were read. Columns count from 1; names of columns are found
 * whatever their case.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class FirstRow {

    /** How many columns are read; more are left out. */
    public static final int MOST_COLUMNS = 64;

    /** How much of a column is read, in characters; the rest is left out. */
    public static final int MAX_TEXT = 4_000;

    private static final int LONGEST_NUMBER = 200;
    private static final int MOST_DIGITS = 1_000;

    private final List<Column> columns;
    private final int rows;

    /**
     * A column.
     *
     * @param label its name
     * @param text its value; null if it is null
     */
    record Column(String label, @Nullable String text) {}

    FirstRow(List<Column> columns, int rows) {
        this.columns = List.copyOf(columns);
        this.rows = rows;
    }

    /**
     * Counts the columns that were read.
     *
     * @return a number from 1 to 64
     */
    public int columns() {
        return columns.size();
    }

    /**
     * Counts the rows that were read: 1, or with {@link JdbcCheck#expectRows} all that it takes to judge their number.
     *
     * @return a number, at least 1
     */
    public int rows() {
        return rows;
    }

    /**
     * Returns a value as text, as the driver writes it; at most 4,000 characters of it. What is binary is
     * {@code (binary)}.
     *
     * @param column the number of the column, from 1 on
     * @return the text, or null if the value is null
     * @throws IllegalArgumentException if there is no such column
     */
    public @Nullable String text(int column) {
        if (column < 1 || column > columns.size()) {
            throw new IllegalArgumentException("column must be from 1 to " + columns.size() + ", but was " + column);
        }
        return columns.get(column - 1).text();
    }

    /**
     * Returns a value as text; see {@link #text(int)}.
     *
     * @param column the name of the column; the first one of that name counts
     * @return the text, or null if the value is null
     * @throws IllegalArgumentException if there is no such column
     */
    public @Nullable String text(String column) {
        return text(find(column));
    }

    /**
     * Returns a value as a number.
     *
     * @param column the number of the column, from 1 on
     * @return the number, or null if the value is null
     * @throws IllegalArgumentException if there is no such column, or it is no number
     */
    public @Nullable BigDecimal number(int column) {
        String text = text(column);
        return text == null ? null : number(text.strip(), column);
    }

    /**
     * Returns a value as a number; see {@link #number(int)}.
     *
     * @param column the name of the column; the first one of that name counts
     * @return the number, or null if the value is null
     * @throws IllegalArgumentException if there is no such column, or it is no number
     */
    public @Nullable BigDecimal number(String column) {
        return number(find(column));
    }

    private int find(String column) {
        Objects.requireNonNull(column, "column");
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).label().equalsIgnoreCase(column)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("there is no column '" + column + "'");
    }

    /** Numbers with more digits than anybody needs are refused: to write one of them out could take all memory. */
    private static BigDecimal number(String text, int column) {
        try {
            BigDecimal number = text.length() > LONGEST_NUMBER ? null : new BigDecimal(text);
            if (number != null && Math.abs((long) number.scale()) <= MOST_DIGITS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, without the text, which may be long
        }
        throw new IllegalArgumentException("column " + column + " is no number");
    }

    /** Tells the number of columns and rows, but no value. */
    @Override
    public String toString() {
        return "FirstRow[" + columns.size() + " columns, " + rows + " rows read]";
    }
}

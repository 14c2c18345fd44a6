package io.sitemonitor.check.jdbc;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.internal.Wording;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many rows are expected and how long a run may take.
 *
 * @param leastRows the least number of rows
 * @param mostRows the largest number of rows; {@link Integer#MAX_VALUE} for any
 * @param counted whether the rows are counted at all
 * @param warnAbove from where on it is slow
 * @param failAbove from where on it is too slow
 */
record Limits(
        int leastRows,
        int mostRows,
        boolean counted,
        @Nullable Duration warnAbove,
        @Nullable Duration failAbove) {

    static final Limits NONE = new Limits(0, Integer.MAX_VALUE, false, null, null);

    /** The most rows that can be asked for. */
    static final int MOST_ROWS = 10_000;

    Limits {
        if (leastRows < 0 || leastRows > MOST_ROWS) {
            throw new IllegalArgumentException(
                    "expectRows must begin with a number from 0 to " + MOST_ROWS + ", but was " + leastRows);
        }
        if (mostRows < leastRows || mostRows > MOST_ROWS && mostRows != Integer.MAX_VALUE) {
            throw new IllegalArgumentException("expectRows must end with a number from " + leastRows + " to "
                    + MOST_ROWS + ", or with Integer.MAX_VALUE, but was " + mostRows);
        }
        if (warnAbove != null && failAbove != null && warnAbove.compareTo(failAbove) >= 0) {
            throw new IllegalStateException(
                    "warnAbove must be less than failAbove, but they were " + warnAbove + " and " + failAbove);
        }
    }

    Limits rows(int least, int most) {
        return new Limits(least, most, true, warnAbove, failAbove);
    }

    Limits warnAbove(Duration limit) {
        return new Limits(leastRows, mostRows, counted, Wording.requireLimit("warnAbove", limit), failAbove);
    }

    Limits failAbove(Duration limit) {
        return new Limits(leastRows, mostRows, counted, warnAbove, Wording.requireLimit("failAbove", limit));
    }

    /** How many rows must be read to judge their number, and the first one in any case. */
    int rowsRead() {
        return Math.max(1, mostRows == Integer.MAX_VALUE ? leastRows : mostRows + 1);
    }

    /** Judges how many of {@link #rowsRead} rows there were. */
    @Nullable
    CheckResult objection(int rows) {
        if (rows < leastRows) {
            return CheckResult.fail(text(rows) + ", fewer than " + leastRows);
        }
        return rows > mostRows ? CheckResult.fail("the query gives more than " + text(mostRows)) : null;
    }

    private static String text(int rows) {
        return rows == 1 ? "1 row" : rows + " rows";
    }

    CheckResult timed(String done, Duration took) {
        if (failAbove != null && took.compareTo(failAbove) > 0) {
            return CheckResult.fail(slow(done, took, failAbove));
        }
        return warnAbove != null && took.compareTo(warnAbove) > 0
                ? CheckResult.warn(slow(done, took, warnAbove))
                : CheckResult.pass(done);
    }

    private static String slow(String done, Duration took, Duration limit) {
        return done + " in " + Wording.duration(took) + ", more than " + Wording.duration(limit);
    }
}

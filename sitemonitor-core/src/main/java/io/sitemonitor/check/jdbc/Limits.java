package io.sitemonitor.check.jdbc;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.internal.LatencyLimits;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How many rows are expected and how long a run may take.
 *
 * @param leastRows the least number of rows
 * @param mostRows the largest number of rows; {@link Integer#MAX_VALUE} for any
 * @param counted whether the rows are counted at all
 * @param waiting how long the data source may take to give a connection
 * @param whole how long all of it may take
 */
record Limits(int leastRows, int mostRows, boolean counted, LatencyLimits waiting, LatencyLimits whole) {

    static final Limits NONE = new Limits(
            0, Integer.MAX_VALUE, false, LatencyLimits.none("warnWhenWaiting", "failWhenWaiting"), LatencyLimits.NONE);

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
    }

    Limits rows(int least, int most) {
        return new Limits(least, most, true, waiting, whole);
    }

    Limits waiting(UnaryOperator<LatencyLimits> change) {
        return new Limits(leastRows, mostRows, counted, change.apply(waiting), whole);
    }

    Limits whole(UnaryOperator<LatencyLimits> change) {
        return new Limits(leastRows, mostRows, counted, waiting, change.apply(whole));
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

    /** Judges how long it took. The first failure counts, otherwise the first warning, beginning with the one that is given. */
    CheckResult timed(String done, Duration waited, Duration took, @Nullable CheckResult warning) {
        CheckResult wait = waiting.judge("the connection was given", waited);
        CheckResult slow = whole.judge(done, took);
        if (wait != null && wait.failure() != null) {
            return wait;
        }
        if (slow != null && slow.failure() != null) {
            return slow;
        }
        if (warning != null) {
            return warning;
        }
        CheckResult milder = wait == null ? slow : wait;
        return milder == null ? CheckResult.pass(done) : milder;
    }
}

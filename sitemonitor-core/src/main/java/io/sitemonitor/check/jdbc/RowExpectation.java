package io.sitemonitor.check.jdbc;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SafeText;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Usual expectations of the first column of the first row, for {@link JdbcCheck#expect}. Each is equal to any other made of
 * the same values, and its objection shows the value that it found.
 */
public final class RowExpectation {

    private static final int SHOWN = 100;

    private RowExpectation() {}

    /**
     * Expects a text.
     *
     * @param text the text, as the driver writes the value
     * @return the expectation
     */
    public static Expectation<FirstRow> is(String text) {
        return new Is(Objects.requireNonNull(text, "text"));
    }

    /**
     * Expects a number that is not less. One that is null, or no number, is not as expected either.
     *
     * @param limit the least number
     * @return the expectation
     */
    public static Expectation<FirstRow> atLeast(long limit) {
        return new AtLeast(limit);
    }

    /**
     * Expects a number that is not more. One that is null, or no number, is not as expected either.
     *
     * @param limit the largest number
     * @return the expectation
     */
    public static Expectation<FirstRow> atMost(long limit) {
        return new AtMost(limit);
    }

    private record Is(String text) implements Expectation<FirstRow> {

        @Override
        public @Nullable String objection(FirstRow row) {
            String found = row.text(1);
            return text.equals(found) ? null : "the first column is " + shown(found) + ", not " + shown(text);
        }
    }

    private record AtLeast(long limit) implements Expectation<FirstRow> {

        @Override
        public @Nullable String objection(FirstRow row) {
            BigDecimal found = number(row);
            return found != null && found.compareTo(BigDecimal.valueOf(limit)) >= 0
                    ? null
                    : "the first column is " + shown(row.text(1)) + ", not at least " + limit;
        }
    }

    private record AtMost(long limit) implements Expectation<FirstRow> {

        @Override
        public @Nullable String objection(FirstRow row) {
            BigDecimal found = number(row);
            return found != null && found.compareTo(BigDecimal.valueOf(limit)) <= 0
                    ? null
                    : "the first column is " + shown(row.text(1)) + ", not at most " + limit;
        }
    }

    private static @Nullable BigDecimal number(FirstRow row) {
        try {
            return row.number(1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String shown(@Nullable String text) {
        return text == null ? "null" : "'" + SafeText.line(text, SHOWN) + "'";
    }
}

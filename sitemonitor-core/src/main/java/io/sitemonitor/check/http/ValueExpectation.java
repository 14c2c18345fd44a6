package io.sitemonitor.check.http;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SafeText;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a value found in a document should be like. The value comes as its text: a number or a boolean as JSON writes it, a
 * string without its quotes, an object or an array as JSON, {@code null} and what is missing as null.
 *
 * <p>Immutable, and equal to any other with the same options.
 */
public final class ValueExpectation {

    private static final int MAX_SHOWN = 100;

    private final Rule rule;

    private ValueExpectation(Rule rule) {
        this.rule = rule;
    }

    /**
     * Expects that there is a value, whatever it is.
     *
     * @return the expectation
     */
    public static ValueExpectation present() {
        return new ValueExpectation(new Rule(Kind.PRESENT, "", null, null));
    }

    /**
     * Expects that there is none.
     *
     * @return the expectation
     */
    public static ValueExpectation absent() {
        return new ValueExpectation(new Rule(Kind.ABSENT, "", null, null));
    }

    /**
     * Expects this text, exactly as written; numbers are compared by their value, so {@code 5} and {@code 5.0} are equal.
     *
     * @param text the text, such as {@code UP}, {@code true} or {@code 5}
     * @return the expectation
     */
    public static ValueExpectation equalTo(String text) {
        return new ValueExpectation(new Rule(Kind.EQUAL, Objects.requireNonNull(text, "text"), number(text), null));
    }

    /**
     * Expects another text than this, or none.
     *
     * @param text the text
     * @return the expectation
     */
    public static ValueExpectation notEqualTo(String text) {
        return new ValueExpectation(new Rule(Kind.NOT_EQUAL, Objects.requireNonNull(text, "text"), number(text), null));
    }

    /**
     * Expects a number of at least this.
     *
     * @param number the least number
     * @return the expectation
     * @throws IllegalArgumentException if it is no number
     */
    public static ValueExpectation atLeast(double number) {
        return new ValueExpectation(new Rule(Kind.AT_LEAST, "", decimal(number), null));
    }

    /**
     * Expects a number of at most this.
     *
     * @param number the largest number
     * @return the expectation
     * @throws IllegalArgumentException if it is no number
     */
    public static ValueExpectation atMost(double number) {
        return new ValueExpectation(new Rule(Kind.AT_MOST, "", decimal(number), null));
    }

    /**
     * Expects something of the text of the value.
     *
     * @param expectation such as {@link io.sitemonitor.check.TextExpectation#containing}
     * @return the expectation
     */
    public static ValueExpectation text(Expectation<? super String> expectation) {
        return new ValueExpectation(new Rule(Kind.TEXT, "", null, Objects.requireNonNull(expectation, "expectation")));
    }

    /** Says what is wrong with a value, or returns null. */
    @Nullable
    String objection(String where, @Nullable String value) throws Exception {
        if (rule.kind == Kind.ABSENT) {
            return value == null ? null : where + " is " + shown(value) + ", but should not be there";
        }
        if (value == null) {
            return rule.kind == Kind.NOT_EQUAL ? null : where + " is missing";
        }
        BigDecimal wanted = rule.number;
        BigDecimal found = wanted == null ? null : number(value);
        return switch (rule.kind) {
            case PRESENT, ABSENT -> null;
            case EQUAL -> isEqual(value, found) ? null : where + " is " + shown(value) + ", not " + shown(rule.text);
            case NOT_EQUAL -> isEqual(value, found) ? where + " is " + shown(value) : null;
            case AT_LEAST -> compare(where, value, found, Objects.requireNonNull(wanted), 1);
            case AT_MOST -> compare(where, value, found, Objects.requireNonNull(wanted), -1);
            case TEXT -> {
                String objection = Objects.requireNonNull(rule.expectation).objection(value);
                yield objection == null ? null : where + ": " + objection;
            }
        };
    }

    private boolean isEqual(String value, @Nullable BigDecimal found) {
        BigDecimal wanted = rule.number;
        return value.equals(rule.text) || (wanted != null && found != null && wanted.compareTo(found) == 0);
    }

    private static @Nullable String compare(
            String where, String value, @Nullable BigDecimal found, BigDecimal wanted, int sign) {
        if (found == null) {
            return where + " is " + shown(value) + ", which is no number";
        }
        return Integer.signum(found.compareTo(wanted)) != -sign
                ? null
                : where + " is " + shown(value) + (sign > 0 ? ", less than " : ", more than ") + wanted.toPlainString();
    }

    private static String shown(String value) {
        return "'" + SafeText.line(value, MAX_SHOWN) + "'";
    }

    /** A number as JSON has it; what is longer than any number of use is none. */
    private static @Nullable BigDecimal number(String text) {
        if (text.isEmpty() || text.length() > 64) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale()) > 1_000 ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static BigDecimal decimal(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("the number expected must be finite, but was " + number);
        }
        return BigDecimal.valueOf(number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValueExpectation that && rule.equals(that.rule);
    }

    @Override
    public int hashCode() {
        return rule.hashCode();
    }

    @Override
    public String toString() {
        return rule.toString();
    }

    private enum Kind {
        PRESENT,
        ABSENT,
        EQUAL,
        NOT_EQUAL,
        AT_LEAST,
        AT_MOST,
        TEXT
    }

    private record Rule(
            Kind kind,
            String text,
            @Nullable BigDecimal number,
            @Nullable Expectation<? super String> expectation) {}
}

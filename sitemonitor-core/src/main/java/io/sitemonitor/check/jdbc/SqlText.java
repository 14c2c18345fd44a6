package io.sitemonitor.check.jdbc;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.Credentials;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement, and what of it nobody may read: the values within its quotes, which drivers like to repeat. What counts as a
 * value differs from one database to the next (double quotes, backslashes, dollar signs), so all that comes after the
 * first quote is taken for one.
 */
final class SqlText {

    private static final String MASK = "***";
    private static final int SHORTEST = 3;
    private static final int SHOWN = 200;
    private static final Pattern QUOTE = Pattern.compile("['\"]|\\$\\w*\\$");

    /** How H2 marks the place of an error within a statement that it repeats. */
    private static final String PLACE = "[*]";

    private final String sql;
    private final String shown;
    private final List<Pattern> values;

    SqlText(String sql) {
        this.sql = sql;
        Matcher quote = QUOTE.matcher(sql);
        boolean quoted = quote.find();
        String open = quoted ? sql.substring(0, quote.start()) + MASK : sql;
        shown = SafeText.line(Credentials.mask(open), SHOWN);
        values = quoted ? values(sql.substring(quote.end())) : List.of();
    }

    /** The longest first, lest a shorter one leave a piece of it. */
    private static List<Pattern> values(String rest) {
        List<String> values = new ArrayList<>();
        for (String piece : QUOTE.split(rest.replace(PLACE, ""))) {
            piece.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= SHORTEST)
                    .forEach(values::add);
        }
        values.sort(Comparator.comparingInt(String::length).reversed());
        return values.stream()
                .distinct()
                .map(value -> Pattern.compile(Pattern.quote(value), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE))
                .toList();
    }

    String sql() {
        return sql;
    }

    /** The statement up to its first value. */
    String shown() {
        return shown;
    }

    /** A text of a driver without the values of the statement, and without passwords. */
    String clean(String text) {
        String clean = text.replace(PLACE, "");
        for (Pattern value : values) {
            clean = value.matcher(clean).replaceAll(MASK);
        }
        return Credentials.mask(clean);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SqlText that && sql.equals(that.sql);
    }

    @Override
    public int hashCode() {
        return sql.hashCode();
    }

    @Override
    public String toString() {
        return shown;
    }
}

package io.sitemonitor.schedule.internal;

import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * Reads cron expressions: the fields of Vixie cron (crontab(5)), with {@code L}, {@code W}, {@code #} and {@code ?} as
 * Quartz has them.
 */
final class CronParser {

    private static final int MAX_LENGTH = 256;
    private static final String EVERY = "*";

    private final String text;

    private CronParser(String text) {
        this.text = text;
    }

    static CronFields parse(String text) {
        if (text.length() > MAX_LENGTH || !isPlain(text)) {
            throw new IllegalArgumentException("a cron expression must have at most " + MAX_LENGTH
                    + " characters, all of them printable ASCII; this one has " + text.length());
        }
        return new CronParser(text).fields();
    }

    private CronFields fields() {
        StringTokenizer tokens = new StringTokenizer(macro(), " \t");
        if (tokens.countTokens() != CronField.values().length) {
            throw new IllegalArgumentException(
                    "a cron expression has 5 fields (minute hour day-of-month month day-of-week), but '" + text
                            + "' has " + tokens.countTokens());
        }
        String minute = tokens.nextToken();
        String hour = tokens.nextToken();
        String dayOfMonth = anyDay(tokens.nextToken());
        String month = tokens.nextToken();
        String dayOfWeek = anyDay(tokens.nextToken());
        CronFields fields = new CronFields(
                set(CronField.MINUTE, minute),
                (int) set(CronField.HOUR, hour),
                days(dayOfMonth, dayOfWeek),
                (int) set(CronField.MONTH, month),
                minute.startsWith(EVERY) || hour.startsWith(EVERY));
        if (!fields.everMatches()) {
            throw new IllegalArgumentException(
                    "cron expression '" + text + "' never matches: none of its months has such a day");
        }
        return fields;
    }

    private String macro() {
        String given = text.strip().toUpperCase(Locale.ROOT);
        if (!given.startsWith("@")) {
            return given;
        }
        return switch (given) {
            case "@HOURLY" -> "0 * * * *";
            case "@DAILY", "@MIDNIGHT" -> "0 0 * * *";
            case "@WEEKLY" -> "0 0 * * 0";
            case "@MONTHLY" -> "0 0 1 * *";
            case "@YEARLY", "@ANNUALLY" -> "0 0 1 1 *";
            default ->
                throw new IllegalArgumentException(
                        "a cron macro must be one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually, but was '"
                                + text + "'");
        };
    }

    private CronDays days(String dayOfMonth, String dayOfWeek) {
        DayBits month = new DayBits();
        DayBits week = new DayBits();
        items(CronField.DAY_OF_MONTH, dayOfMonth).forEach(item -> dayOfMonth(item, month));
        items(CronField.DAY_OF_WEEK, dayOfWeek).forEach(item -> dayOfWeek(item, week));
        boolean either = isRestricted(dayOfMonth) && isRestricted(dayOfWeek);
        return new CronDays(month.days, month.last, month.nearest, week.days, week.last, week.nth, either);
    }

    private static String anyDay(String field) {
        return field.equals("?") ? EVERY : field;
    }

    /** As in Vixie cron, what begins with an asterisk is no restriction in this sense, even with a step. */
    private static boolean isRestricted(String field) {
        return !field.startsWith(EVERY);
    }

    private void dayOfMonth(String item, DayBits into) {
        if (item.equals("L")) {
            into.last |= 1;
        } else if (item.equals("LW")) {
            into.nearest |= 1;
        } else if (item.startsWith("L-")) {
            int before = CronField.number(item.substring(2));
            into.last |= 1 << require(CronField.DAY_OF_MONTH, item, before, 1, 30, "must be L-1 to L-30");
        } else if (item.endsWith("W")) {
            int day = CronField.number(item.substring(0, item.length() - 1));
            into.nearest |= 1 << require(CronField.DAY_OF_MONTH, item, day, 1, 31, "must be 1W to 31W or LW");
        } else {
            into.days |= (int) range(CronField.DAY_OF_MONTH, item);
        }
    }

    private void dayOfWeek(String item, DayBits into) {
        int hash = item.indexOf('#');
        if (hash >= 0) {
            int day = value(CronField.DAY_OF_WEEK, item.substring(0, hash), item) % 7;
            int n = CronField.number(item.substring(hash + 1));
            into.nth |= 1L << (7 * require(CronField.DAY_OF_WEEK, item, n, 1, 5, "must have 1 to 5 after its #") + day);
        } else if (item.equals("L")) {
            throw wrong(CronField.DAY_OF_WEEK, item, "must have a day before its L, such as 5L for the last Friday");
        } else if (item.endsWith("L")) {
            into.last |= 1 << value(CronField.DAY_OF_WEEK, item.substring(0, item.length() - 1), item) % 7;
        } else {
            into.days |= (int) range(CronField.DAY_OF_WEEK, item);
        }
    }

    private long set(CronField field, String given) {
        long set = 0;
        for (String item : items(field, given)) {
            set |= range(field, item);
        }
        return set;
    }

    private List<String> items(CronField field, String given) {
        List<String> items = List.of(given.split(",", -1));
        if (items.contains("")) {
            throw wrong(field, given, "must not have an empty entry in its list");
        }
        return items;
    }

    /** One entry of a list: {@code *}, a value or a range, each with or without a step. */
    private long range(CronField field, String item) {
        int slash = item.indexOf('/');
        String range = slash < 0 ? item : item.substring(0, slash);
        int dash = range.indexOf('-');
        int first;
        int last;
        if (range.equals(EVERY)) {
            first = field.least;
            last = field.last();
        } else if (dash >= 0) {
            first = value(field, range.substring(0, dash), item);
            last = value(field, range.substring(dash + 1), item);
            if (field == CronField.DAY_OF_WEEK && last == 0 && first > 0) {
                last = 7;
            }
            if (last < first) {
                throw wrong(field, item, "must not be a range that goes backwards; write it as two");
            }
        } else {
            first = value(field, range, item);
            last = slash < 0 ? first : Math.max(first, field.last());
        }
        int step = 1;
        if (slash >= 0) {
            String rule = "must have a step from 1 to " + field.most + " after its /";
            step = require(field, item, CronField.number(item.substring(slash + 1)), 1, field.most, rule);
        }
        long set = 0;
        for (int value = first; value <= last; value += step) {
            set |= 1L << (field == CronField.DAY_OF_WEEK ? value % 7 : value);
        }
        return set;
    }

    private int value(CronField field, String given, String item) {
        return require(field, item, field.parse(given), field.least, field.most, "must be " + field.rule());
    }

    private int require(CronField field, String given, int value, int least, int most, String rule) {
        if (value < least || value > most) {
            throw wrong(field, given, rule);
        }
        return value;
    }

    private IllegalArgumentException wrong(CronField field, String given, String rule) {
        return new IllegalArgumentException(
                field.label + " " + rule + ", but was '" + given + "' (cron expression '" + text + "')");
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\t' && (c < ' ' || c > '~')) {
                return false;
            }
        }
        return true;
    }

    /** What the entries of one field add up to. */
    private static final class DayBits {
        int days;
        int last;
        int nearest;
        long nth;
    }
}

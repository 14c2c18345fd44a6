package io.sitemonitor.schedule.internal;

import java.util.List;

/** The five fields of a cron expression, in their order. */
enum CronField {
    MINUTE("minute", 0, 59, 0, List.of()),
    HOUR("hour", 0, 23, 0, List.of()),
    DAY_OF_MONTH("day-of-month", 1, 31, 0, List.of()),
    MONTH(
            "month",
            1,
            12,
            1,
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    DAY_OF_WEEK("day-of-week", 0, 7, 0, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    final String label;
    final int least;
    final int most;
    private final int firstNamed;
    private final List<String> names;

    CronField(String label, int least, int most, int firstNamed, List<String> names) {
        this.label = label;
        this.least = least;
        this.most = most;
        this.firstNamed = firstNamed;
        this.names = names;
    }

    /** The greatest value that is not another one once more: 7 is Sunday, as is 0. */
    int last() {
        return this == DAY_OF_WEEK ? 6 : most;
    }

    /** The value of a name or a number; -1 if it is neither, or outside the field. */
    int parse(String text) {
        int named = names.indexOf(text);
        if (named >= 0) {
            return named + firstNamed;
        }
        int value = number(text);
        return value < least || value > most ? -1 : value;
    }

    String rule() {
        String range = "from " + least + " to " + most;
        return names.isEmpty() ? range : range + " or " + names.get(0) + " to " + names.get(names.size() - 1);
    }

    /** A number of one to three digits; -1 if it is none. */
    static int number(String text) {
        if (text.isEmpty() || text.length() > 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}

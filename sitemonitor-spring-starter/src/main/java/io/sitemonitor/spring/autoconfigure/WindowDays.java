package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.schedule.MaintenanceWindow;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the days of maintenance windows: of the week ({@code saturday}, {@code sat}), of the month ({@code 15}), or of the
 * week in the month ({@code first sunday}, {@code last friday}).
 */
final class WindowDays {

    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth", "fifth");
    private static final String LAST = "last";
    private static final int ABBREVIATED = 3;

    private WindowDays() {}

    /** Makes one window of all days of the week, and one of each other day. */
    static List<MaintenanceWindow> windows(List<String> days, LocalTime from, LocalTime to, ZoneId zone) {
        List<MaintenanceWindow> windows = new ArrayList<>();
        Set<DayOfWeek> weekly = EnumSet.noneOf(DayOfWeek.class);
        for (String given : days) {
            String[] words = given.strip().toLowerCase(Locale.ROOT).split(" +");
            Optional<DayOfWeek> day = dayOfWeek(words[words.length - 1]);
            if (words.length == 1 && day.isPresent()) {
                weekly.add(day.get());
            } else if (words.length == 2 && day.isPresent()) {
                windows.add(MaintenanceWindow.monthly(ordinal(words[0], given), day.get(), from, to, zone));
            } else {
                windows.add(MaintenanceWindow.monthly(dayOfMonth(given), from, to, zone));
            }
        }
        if (!weekly.isEmpty()) {
            DayOfWeek[] all = weekly.toArray(DayOfWeek[]::new);
            windows.add(0, MaintenanceWindow.weekly(from, to, zone, all[0], all));
        }
        return windows;
    }

    private static Optional<DayOfWeek> dayOfWeek(String word) {
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name().toLowerCase(Locale.ROOT);
            if (word.equals(name) || word.equals(name.substring(0, ABBREVIATED))) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }

    private static int ordinal(String word, String given) {
        if (word.equals(LAST)) {
            return -1;
        }
        int index = ORDINALS.indexOf(word);
        if (index < 0) {
            throw new IllegalArgumentException(notDays(given));
        }
        return index + 1;
    }

    private static int dayOfMonth(String given) {
        try {
            return Integer.parseInt(given.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(notDays(given), e);
        }
    }

    private static String notDays(String given) {
        return "days must be of the week such as saturday, of the month such as 15, or both such as first sunday or last"
                + " friday, but one was '" + SafeText.line(given, 40) + "'";
    }
}

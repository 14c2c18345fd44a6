package io.sitemonitor.schedule;

import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows against what a clock on the wall shows minute by minute, see {@link ClockWalk}. */
class DaylightSavingTest {

    private static final Instant FIRST = Instant.parse("2010-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2031-01-01T00:00:00Z");

    /** Looked at minute by minute before and after each change. */
    private static final int NEAR = 130;

    /** Looked at now and then before and after each change; further out is only what reaches in from there. */
    private static final int AROUND = 27 * 60;

    private static final int FAR = 53 * 60;

    /** From here on an oracle knows of everything that began before it. */
    private static final int SURE = 25 * 60;

    private static final int WALKS = 10;
    private static final int SAMPLES = 40;

    /** A window and its oracle. */
    private record Case(MaintenanceWindow window, Function<ClockWalk, boolean[]> oracle) {}

    /** The count of changes is what makes sure that something is tested; rules of later years may be amended. */
    @DisplayName("P20: windows hold across every change of the clocks from 2010 to 2030")
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Europe/Dublin, 42",
        "America/New_York, 42",
        "America/St_Johns, 42",
        "America/Sao_Paulo, 19",
        "Australia/Lord_Howe, 42",
        "Pacific/Apia, 21",
        "Africa/Casablanca, 50",
        "Asia/Tehran, 25",
        "Asia/Beirut, 30",
        "Antarctica/Troll, 42",
        "Asia/Pyongyang, 2",
        "Asia/Kathmandu, 0",
    })
    void windowsHoldAcrossEveryChange(ZoneId zone, int leastChanges) {
        List<Case> cases = cases(zone);
        List<Instant> changes = changes(zone);
        assertThat(changes).hasSizeGreaterThanOrEqualTo(leastChanges);
        for (Instant change : changes) {
            ClockWalk walk = new ClockWalk(zone, change.minusSeconds(60L * FAR), 2 * FAR);
            for (Case each : cases) {
                Expectation expected = new Expectation(each, walk);
                for (int minute = FAR - AROUND; minute < FAR + AROUND; minute += expected.isNear(minute) ? 1 : 61) {
                    expected.verify(minute);
                }
            }
        }
    }

    @DisplayName("P20: windows hold at any time")
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Europe/Dublin, 1",
        "America/New_York, 2",
        "America/St_Johns, 3",
        "America/Sao_Paulo, 4",
        "Australia/Lord_Howe, 5",
        "Pacific/Apia, 6",
        "Africa/Casablanca, 7",
        "Asia/Tehran, 8",
        "Asia/Beirut, 9",
        "Antarctica/Troll, 10",
        "Asia/Pyongyang, 11",
        "Asia/Kathmandu, 12",
    })
    void windowsHoldAtAnyTime(ZoneId zone, long seed) {
        Random random = new Random(seed);
        List<Case> cases = cases(zone);
        for (int i = 0; i < WALKS; i++) {
            long day = random.nextInt((int) Duration.between(FIRST, LAST).toDays());
            ClockWalk walk = new ClockWalk(zone, FIRST.plus(Duration.ofDays(day)), 2 * FAR);
            for (Case each : cases) {
                Expectation expected = new Expectation(each, walk);
                for (int samples = 0; samples < SAMPLES; samples++) {
                    expected.verify(FAR - AROUND + random.nextInt(2 * AROUND));
                }
            }
        }
    }

    private static List<Case> cases(ZoneId zone) {
        List<Case> cases = new ArrayList<>();
        for (String times : List.of(
                "02:00-03:00",
                "02:15-02:45",
                "01:30-02:30",
                "02:30-04:00",
                "02:00-02:30",
                "01:40-01:50",
                "00:00-01:00",
                "00:00-00:01",
                "00:10-00:20",
                "23:30-00:30",
                "22:00-06:00",
                "03:00-02:00",
                "02:30-02:29",
                "00:00-23:59")) {
            LocalTime from = LocalTime.parse(times.substring(0, 5));
            LocalTime to = LocalTime.parse(times.substring(6));
            cases.add(new Case(MaintenanceWindow.daily(from, to, zone), walk -> walk.covered(day -> true, from, to)));
        }
        onDays(
                cases,
                (from, to) -> MaintenanceWindow.weekly(from, to, zone, SUNDAY, SATURDAY),
                day -> day.getDayOfWeek() == SUNDAY || day.getDayOfWeek() == SATURDAY);
        onDays(
                cases,
                (from, to) -> MaintenanceWindow.monthly(31, from, to, zone),
                day -> day.plusDays(1).getDayOfMonth() == 1);
        onDays(
                cases,
                (from, to) -> MaintenanceWindow.monthly(30, from, to, zone),
                day -> day.getDayOfMonth() == Math.min(30, day.lengthOfMonth()));
        onDays(
                cases,
                (from, to) -> MaintenanceWindow.monthly(-1, SUNDAY, from, to, zone),
                day -> isNth(day, SUNDAY, day.plusDays(7).getMonthValue() != day.getMonthValue()));
        onDays(
                cases,
                (from, to) -> MaintenanceWindow.monthly(2, SUNDAY, from, to, zone),
                day -> isNth(day, SUNDAY, (day.getDayOfMonth() - 1) / 7 == 1));
        cases.add(new Case(
                MaintenanceWindow.cron("30 2 * * *", Duration.ofHours(1), zone),
                walk -> walk.coveredFromTimesOfDay(
                        time -> time.getHour() == 2 && time.getMinute() == 30, Duration.ofHours(1))));
        cases.add(new Case(
                MaintenanceWindow.cron("0,20 0-3 * * *", Duration.ofMinutes(7), zone),
                walk -> walk.coveredFromTimesOfDay(
                        time -> time.getHour() <= 3 && time.getMinute() % 20 == 0 && time.getMinute() < 40,
                        Duration.ofMinutes(7))));
        cases.add(new Case(
                MaintenanceWindow.cron("0 0 * * SAT,SUN,MON", Duration.ofDays(1), zone),
                walk -> walk.coveredFromTimesOfDay(
                        time -> time.toLocalTime().equals(LocalTime.MIDNIGHT)
                                && time.getDayOfWeek().plus(2).getValue() <= 3,
                        Duration.ofDays(1))));
        cases.add(new Case(
                MaintenanceWindow.cron("*/30 0-3 * * *", Duration.ofMinutes(10), zone),
                walk -> walk.coveredFromPace(
                        time -> time.getHour() <= 3 && time.getMinute() % 30 == 0, Duration.ofMinutes(10))));
        cases.add(new Case(
                MaintenanceWindow.cron("15 */2 * * *", Duration.ofMinutes(50), zone),
                walk -> walk.coveredFromPace(
                        time -> time.getHour() % 2 == 0 && time.getMinute() == 15, Duration.ofMinutes(50))));
        return cases;
    }

    private interface Times {
        MaintenanceWindow window(LocalTime from, LocalTime to);
    }

    private static void onDays(List<Case> cases, Times times, Predicate<LocalDate> days) {
        for (int hours : new int[] {1, 23}) {
            LocalTime from = LocalTime.of(1, 30);
            LocalTime to = from.plusHours(hours);
            cases.add(new Case(times.window(from, to), walk -> walk.covered(days, from, to)));
        }
    }

    private static boolean isNth(LocalDate day, DayOfWeek ofWeek, boolean nth) {
        return nth && day.getDayOfWeek() == ofWeek;
    }

    private static List<Instant> changes(ZoneId zone) {
        List<Instant> changes = new ArrayList<>();
        for (Instant day = FIRST; day.isBefore(LAST); day = day.plus(Duration.ofHours(6))) {
            if (!zone.getRules().getOffset(day).equals(zone.getRules().getOffset(day.plus(Duration.ofHours(6))))) {
                ClockWalk walk = new ClockWalk(zone, day, 361);
                for (int minute = 1; minute < walk.length(); minute++) {
                    if (walk.isChange(minute)) {
                        changes.add(walk.at(minute));
                    }
                }
            }
        }
        return changes;
    }

    /** What the oracle says about one walk, and when it next says something else. */
    private static final class Expectation {

        private final MaintenanceWindow window;
        private final ClockWalk walk;
        private final boolean[] covered;
        private final int[] since;
        private final int[] until;

        Expectation(Case expected, ClockWalk walk) {
            this.window = expected.window();
            this.walk = walk;
            covered = expected.oracle().apply(walk);
            since = new int[covered.length];
            until = new int[covered.length];
            for (int i = 1; i < covered.length; i++) {
                since[i] = covered[i] == covered[i - 1] ? since[i - 1] : i;
            }
            until[covered.length - 1] = covered.length;
            for (int i = covered.length - 2; i >= 0; i--) {
                until[i] = covered[i] == covered[i + 1] ? until[i + 1] : i + 1;
            }
        }

        boolean isNear(int minute) {
            return Math.abs(minute - FAR) <= NEAR;
        }

        void verify(int minute) {
            Instant moment = walk.at(minute);
            Span span = window.at(moment);
            boolean endIsKnown = until[minute] < covered.length - 1;
            if (!covered[minute] || since[minute] >= SURE && endIsKnown) {
                Span expected = covered[minute] ? new Span(walk.at(since[minute]), walk.at(until[minute])) : null;
                require(Objects.equals(span, expected), moment, span, expected);
            } else {
                require(span != null && span.contains(moment), moment, span, "a span that it lies in");
            }
            if (endIsKnown && minute % 7 == 0) {
                Instant change = window.nextChange(moment);
                Instant expected = walk.at(until[minute]);
                require(expected.equals(change), moment, change, expected);
            }
        }

        private void require(boolean same, Instant moment, Object found, Object expected) {
            if (!same) {
                throw new AssertionError(window + " at " + moment + ": found " + found + ", but should be " + expected);
            }
        }
    }
}

package io.sitemonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 6 * * *            | 2026-01-01T06:29 | 2026-01-01T06:30
            30 6 * * *            | 2026-01-01T06:30 | 2026-01-02T06:30
            */15 * * * *          | 2026-01-01T06:31 | 2026-01-01T06:45
            5/20 * * * *          | 2026-01-01T06:00 | 2026-01-01T06:05
            5/20 * * * *          | 2026-01-01T06:46 | 2026-01-01T07:05
            10-30/10 8-9 * * *    | 2026-01-01T08:31 | 2026-01-01T09:10
            10-30/10 8-9 * * *    | 2026-01-01T09:30 | 2026-01-02T08:10
            0 0,12 * * *          | 2026-01-01T00:00 | 2026-01-01T12:00
            59 23 31 12 *         | 2026-12-31T23:59 | 2027-12-31T23:59
            0 0 1 JAN *           | 2026-01-01T00:00 | 2027-01-01T00:00
            0 0 1 feb-Mar *       | 2026-02-01T00:00 | 2026-03-01T00:00
            0 6 * * MON-FRI       | 2026-01-02T06:00 | 2026-01-05T06:00
            0 6 * * 0             | 2026-01-01T00:00 | 2026-01-04T06:00
            0 6 * * 7             | 2026-01-01T00:00 | 2026-01-04T06:00
            0 6 * * sun           | 2026-01-01T00:00 | 2026-01-04T06:00
            0 6 * * FRI-SUN       | 2026-01-03T06:00 | 2026-01-04T06:00
            0 6 * * 5-7           | 2026-01-04T06:00 | 2026-01-09T06:00
            0 6 * * 1/2           | 2026-01-02T06:00 | 2026-01-05T06:00
            0 6 ? * 1             | 2026-01-01T00:00 | 2026-01-05T06:00
            0 6 15 * ?            | 2026-01-01T00:00 | 2026-01-15T06:00
            0 0 31 * *            | 2026-01-31T00:00 | 2026-03-31T00:00
            0 0 29 2 *            | 2026-01-01T00:00 | 2028-02-29T00:00
            0 0 29 2 *            | 2096-02-29T00:00 | 2104-02-29T00:00
            0 0 * 2 MON#5         | 2026-01-01T00:00 | 2044-02-29T00:00
            0 0 * 2 MON#5         | 2072-02-29T00:00 | 2112-02-29T00:00
            """)
    void findsTheNextTime(String expression, LocalDateTime from, LocalDateTime next) {
        assertThat(after(expression, from)).isEqualTo(next);
    }

    /** The days of 2026-02, which begins on a Sunday, and of 2026-05, which ends on one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 L * *       | 2026-02-01T00:00 | 2026-02-28T00:00
            0 0 L * *       | 2028-02-01T00:00 | 2028-02-29T00:00
            0 0 L-3 * *     | 2026-02-01T00:00 | 2026-02-25T00:00
            0 0 L-30 * *    | 2026-02-01T00:00 | 2026-03-01T00:00
            0 0 LW * *      | 2026-02-01T00:00 | 2026-02-27T00:00
            0 0 LW * *      | 2026-05-01T00:00 | 2026-05-29T00:00
            0 0 LW * *      | 2026-06-01T00:00 | 2026-06-30T00:00
            0 0 15W * *     | 2026-02-01T00:00 | 2026-02-16T00:00
            0 0 14W * *     | 2026-02-01T00:00 | 2026-02-13T00:00
            0 0 13W * *     | 2026-02-01T00:00 | 2026-02-13T00:00
            0 0 1W * *      | 2026-01-31T00:00 | 2026-02-02T00:00
            0 0 1W 8 *      | 2026-01-31T00:00 | 2026-08-03T00:00
            0 0 31W 5 *     | 2026-05-01T00:00 | 2026-05-29T00:00
            0 0 31W * *     | 2026-02-01T00:00 | 2026-03-31T00:00
            0 0 1,15W,L * * | 2026-02-02T00:00 | 2026-02-16T00:00
            0 0 1,15W,L * * | 2026-02-16T00:00 | 2026-02-28T00:00
            0 0 * * 5L      | 2026-05-01T00:00 | 2026-05-29T00:00
            0 0 * * FRIL    | 2026-05-29T00:00 | 2026-06-26T00:00
            0 0 * * 0L      | 2026-05-01T00:00 | 2026-05-31T00:00
            0 0 * * 7L      | 2026-02-01T00:00 | 2026-02-22T00:00
            0 0 * * 2#1     | 2026-02-01T00:00 | 2026-02-03T00:00
            0 0 * * 0#1     | 2026-01-31T00:00 | 2026-02-01T00:00
            0 0 * * SUN#5   | 2026-02-01T00:00 | 2026-03-29T00:00
            0 0 * * 2#1,5L  | 2026-02-04T00:00 | 2026-02-27T00:00
            """)
    void knowsLastNearestAndNthDays(String expression, LocalDateTime from, LocalDateTime next) {
        assertThat(after(expression, from)).isEqualTo(next);
    }

    @Test
    void takesEitherDayIfBothAreRestricted() {
        assertThat(days("0 6 1 * MON", 5)).containsExactly(1, 5, 12, 19, 26);
        assertThat(days("0 6 1,L * MON#2", 3)).containsExactly(1, 12, 31);
        assertThat(days("0 6 */2 * MON", 3))
                .as("a field that begins with an asterisk does not count as restricted")
                .containsExactly(5, 19, 9);
        assertThat(days("0 6 10-20 * */2", 3)).containsExactly(10, 11, 13);
    }

    @ParameterizedTest
    @CsvSource({
        "@hourly, 0 * * * *",
        "@daily, 0 0 * * *",
        "@midnight, 0 0 * * *",
        "@Weekly, 0 0 * * 0",
        "@monthly, 0 0 1 * *",
        "@yearly, 0 0 1 1 *",
        "@ANNUALLY, 0 0 1 1 *",
    })
    void knowsMacros(String macro, String meaning) {
        assertThat(CronExpression.parse(macro)).isEqualTo(CronExpression.parse(meaning));
    }

    @Test
    void isEqualIfItMeansTheSame() {
        CronExpression one = CronExpression.parse(" 0\t6 * jan  mon-wed ");

        assertThat(one)
                .isEqualTo(CronExpression.parse("0 6 ? 1 1,2,3"))
                .hasSameHashCodeAs(CronExpression.parse("0 6 ? 1 1,2,3"))
                .hasToString("0\t6 * jan  mon-wed");
        assertThat(one).isNotEqualTo(CronExpression.parse("0 6 * 1 1-4"));
        assertThat(CronExpression.parse("*/30 * * * *"))
                .as("one follows real time")
                .isNotEqualTo(CronExpression.parse("0,30 0-23 * * *"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            60 * * * *    | minute must be from 0 to 59, but was '60' (cron expression '60 * * * *')
            1,-5 * * * *  | minute must be from 0 to 59, but was '-5' (cron expression '1,-5 * * * *')
            0 24 * * *    | hour must be from 0 to 23, but was '24' (cron expression '0 24 * * *')
            0 0 0 * *     | day-of-month must be from 1 to 31, but was '0' (cron expression '0 0 0 * *')
            0 0 * 13 *    | month must be from 1 to 12 or JAN to DEC, but was '13' (cron expression '0 0 * 13 *')
            0 0 * FOO *   | month must be from 1 to 12 or JAN to DEC, but was 'FOO' (cron expression '0 0 * FOO *')
            0 0 * * 8     | day-of-week must be from 0 to 7 or SUN to SAT, but was '8' (cron expression '0 0 * * 8')
            0 0 * * 1-9   | day-of-week must be from 0 to 7 or SUN to SAT, but was '1-9' (cron expression '0 0 * * 1-9')
            0 ? * * *     | hour must be from 0 to 23, but was '?' (cron expression '0 ? * * *')
            0 22-4 * * *  | hour must not be a range that goes backwards; write it as two, but was '22-4' (cron expression '0 22-4 * * *')
            */0 * * * *   | minute must have a step from 1 to 59 after its /, but was '*/0' (cron expression '*/0 * * * *')
            */60 * * * *  | minute must have a step from 1 to 59 after its /, but was '*/60' (cron expression '*/60 * * * *')
            */ * * * *    | minute must have a step from 1 to 59 after its /, but was '*/' (cron expression '*/ * * * *')
            1,,2 * * * *  | minute must not have an empty entry in its list, but was '1,,2' (cron expression '1,,2 * * * *')
            1, * * * *    | minute must not have an empty entry in its list, but was '1,' (cron expression '1, * * * *')
            0 0 L-31 * *  | day-of-month must be L-1 to L-30, but was 'L-31' (cron expression '0 0 L-31 * *')
            0 0 32W * *   | day-of-month must be 1W to 31W or LW, but was '32W' (cron expression '0 0 32W * *')
            0 0 1-5W * *  | day-of-month must be 1W to 31W or LW, but was '1-5W' (cron expression '0 0 1-5W * *')
            0 0 * * L     | day-of-week must have a day before its L, such as 5L for the last Friday, but was 'L' (cron expression '0 0 * * L')
            0 0 * * 9L    | day-of-week must be from 0 to 7 or SUN to SAT, but was '9L' (cron expression '0 0 * * 9L')
            0 0 * * 2#6   | day-of-week must have 1 to 5 after its #, but was '2#6' (cron expression '0 0 * * 2#6')
            0 0 * * 2#    | day-of-week must have 1 to 5 after its #, but was '2#' (cron expression '0 0 * * 2#')
            0 0 * * *#1   | day-of-week must be from 0 to 7 or SUN to SAT, but was '*#1' (cron expression '0 0 * * *#1')
            0 0 * *       | a cron expression has 5 fields (minute hour day-of-month month day-of-week), but '0 0 * *' has 4
            0 0 0 * * *   | a cron expression has 5 fields (minute hour day-of-month month day-of-week), but '0 0 0 * * *' has 6
            @reboot       | a cron macro must be one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually, but was '@reboot'
            0 0 30 2 *    | cron expression '0 0 30 2 *' never matches: none of its months has such a day
            0 0 31 4,6 ?  | cron expression '0 0 31 4,6 ?' never matches: none of its months has such a day
            0 0 L-30 4 *  | cron expression '0 0 L-30 4 *' never matches: none of its months has such a day
            """)
    void refusesWhatIsNoExpression(String expression, String message) {
        assertThatThrownBy(() -> CronExpression.parse(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatCannotBeShown() {
        assertThatThrownBy(() -> CronExpression.parse("0 0 * * *\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a cron expression must have at most 256 characters, all of them printable ASCII;"
                        + " this one has 10");
        assertThatThrownBy(() -> CronExpression.parse("0".repeat(257)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a cron expression must have at most 256 characters, all of them printable ASCII;"
                        + " this one has 257");
        assertThatThrownBy(() -> CronExpression.parse(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("expression");
        CronExpression daily = CronExpression.parse("@daily");
        assertThatThrownBy(() -> daily.nextAfter(null, PARIS)).hasMessage("moment");
        assertThatThrownBy(() -> daily.nextAfter(Instant.EPOCH, null)).hasMessage("zone");
    }

    /** Clocks go from 02:00 to 03:00 on 2026-03-29 and from 03:00 back to 02:00 on 2026-10-25. */
    @Test
    void aTimeOfDayComesOnceOnTheDayOfAChange() {
        assertThat(times("30 2 * * *", PARIS, "2026-03-28T12:00+01:00", 2))
                .as("it does not exist: the first moment after the gap")
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
        assertThat(times("10,40 2 * * *", PARIS, "2026-03-28T12:00+01:00", 2))
                .as("two of them in the gap come together")
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:10+02:00");
        assertThat(times("0,30 2,3 * * *", PARIS, "2026-03-28T12:00+01:00", 3))
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00", "2026-03-30T02:00+02:00");
        assertThat(times("30 2 * * *", PARIS, "2026-10-24T12:00+02:00", 2))
                .as("it exists twice: the first")
                .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
        assertThat(times("30 2 * * *", PARIS, "2026-10-25T02:10+01:00", 1))
                .as("asked within the repeated hour")
                .containsExactly("2026-10-26T02:30+01:00");
        assertThat(times("20,30,40 2 * * *", PARIS, "2026-10-25T02:10+01:00", 1))
                .as("asked within the repeated hour, with several times to come again")
                .containsExactly("2026-10-26T02:20+01:00");
        assertThat(times("15,45 2 * * *", PARIS, "2026-10-25T02:15+02:00", 2))
                .containsExactly("2026-10-25T02:45+02:00", "2026-10-26T02:15+01:00");
        assertThat(times("0 3 * * *", PARIS, "2026-10-25T02:59+01:00", 1))
                .as("the end of the repeated hour exists once")
                .containsExactly("2026-10-25T03:00+01:00");
        assertThat(times("30 2 29 3 *", PARIS, "2026-01-01T00:00+01:00", 1)).containsExactly("2026-03-29T03:00+02:00");
    }

    /** Clocks go from 02:00 to 02:30 on 2026-10-04, and from 02:00 back to 01:30 on 2026-04-05. */
    @Test
    void aChangeMayBeHalfAnHour() {
        assertThat(times("15 2 * * *", LORD_HOWE, "2026-10-03T12:00+10:30", 2))
                .containsExactly("2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00");
        assertThat(times("45 1 * * *", LORD_HOWE, "2026-04-04T12:00+11:00", 2))
                .containsExactly("2026-04-05T01:45+11:00", "2026-04-06T01:45+10:30");
    }

    /** Apia had no 30 December 2011. */
    @Test
    void aDayMayBeLeftOut() {
        assertThat(times("0 6 * * *", ZoneId.of("Pacific/Apia"), "2011-12-29T07:00-10:00", 3))
                .containsExactly("2011-12-31T00:00+14:00", "2011-12-31T06:00+14:00", "2012-01-01T06:00+14:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Europe/Paris", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca", "Asia/Tehran"})
    void aPaceHasNeitherHoleNorDouble(String zone) {
        CronExpression quarters = CronExpression.parse("*/15 * * * *");
        Instant moment = Instant.parse("2019-12-31T23:45:00Z");
        while (moment.isBefore(Instant.parse("2022-01-01T00:00:00Z"))) {
            Instant next = quarters.nextAfter(moment, ZoneId.of(zone));
            assertThat(next).isEqualTo(moment.plusSeconds(900));
            moment = next;
        }
    }

    @Test
    void aPaceFollowsWhatTheClockShows() {
        assertThat(times("@hourly", PARIS, "2026-10-25T01:30+02:00", 3))
                .containsExactly("2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00", "2026-10-25T03:00+01:00");
        assertThat(times("*/30 2 * * *", PARIS, "2026-03-28T12:00+01:00", 1))
                .as("an hour that does not exist is never shown")
                .containsExactly("2026-03-30T02:00+02:00");
        assertThat(times("*/30 2 * * *", PARIS, "2026-10-25T00:00+02:00", 5))
                .containsExactly(
                        "2026-10-25T02:00+02:00",
                        "2026-10-25T02:30+02:00",
                        "2026-10-25T02:00+01:00",
                        "2026-10-25T02:30+01:00",
                        "2026-10-26T02:00+01:00");
        assertThat(times("* * 29 2 *", PARIS, "2026-01-01T00:00+01:00", 1))
                .as("across many changes")
                .containsExactly("2028-02-29T00:00+01:00");
    }

    @Test
    void anyMomentMayBeAskedFor() {
        CronExpression daily = CronExpression.parse("0 6 * * *");
        CronExpression pace = CronExpression.parse("*/5 * * * *");
        for (ZoneId zone : List.of(PARIS, ZoneOffset.UTC, ZoneOffset.MAX, ZoneOffset.MIN, LORD_HOWE)) {
            for (CronExpression cron : List.of(daily, pace)) {
                assertThat(cron.nextAfter(Instant.MIN, zone)).isBetween(year(1), year(2));
                assertThat(cron.nextAfter(Instant.MAX, zone)).isNull();
                assertThat(cron.nextAfter(year(10_000), zone)).isNull();
                assertThat(cron.nextAfter(year(9_999), zone))
                        .isBetween(year(9_998), year(9_999).plusSeconds(172_800));
                assertThat(cron.nextAfter(year(1500), zone)).isBetween(year(1500), year(1501));
            }
        }
        assertThat(CronExpression.parse("0 0 29 2 *").nextAfter(year(9_998), ZoneOffset.UTC))
                .as("no 29 February is left")
                .isNull();
    }

    /** P19: what a step of the wall clock has left out is not made up for. */
    @Test
    void afterAStepOfTheClockNothingIsMadeUpFor() {
        assertThat(times("*/5 * * * *", PARIS, "2026-06-01T00:02+02:00", 1)).containsExactly("2026-06-01T00:05+02:00");
        assertThat(times("*/5 * * * *", PARIS, "2026-06-04T00:02+02:00", 1)).containsExactly("2026-06-04T00:05+02:00");
    }

    private static Instant year(int year) {
        return LocalDateTime.of(year, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime after(String expression, LocalDateTime from) {
        Instant next = CronExpression.parse(expression).nextAfter(from.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
        return LocalDateTime.ofInstant(next, ZoneOffset.UTC);
    }

    /** Days of the month from the beginning of 2026 on. */
    private static List<Integer> days(String expression, int count) {
        return times(expression, ZoneOffset.UTC, "2025-12-31T23:59Z", count).stream()
                .map(time -> OffsetDateTime.parse(time).getDayOfMonth())
                .toList();
    }

    private static List<String> times(String expression, ZoneId zone, String from, int count) {
        CronExpression cron = CronExpression.parse(expression);
        return Stream.iterate(
                        cron.nextAfter(OffsetDateTime.parse(from).toInstant(), zone),
                        last -> cron.nextAfter(last, zone))
                .limit(count)
                .map(time -> time.atZone(zone).toOffsetDateTime().toString())
                .collect(ArrayList::new, List::add, List::addAll);
    }
}

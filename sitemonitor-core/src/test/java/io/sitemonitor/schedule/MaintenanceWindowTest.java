package io.sitemonitor.schedule;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceWindowTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final LocalTime EVENING = LocalTime.of(22, 0);
    private static final LocalTime MORNING = LocalTime.of(6, 0);

    @Test
    void onceIsOneSpan() {
        Span span = span("2026-01-01T00:00Z", "2026-01-01T02:00Z");
        MaintenanceWindow window = MaintenanceWindow.once(span.start(), span.end());

        assertThat(window.at(span.start().minusNanos(1))).isNull();
        assertThat(window.at(span.start())).isEqualTo(span);
        assertThat(window.at(span.end().minusNanos(1))).isEqualTo(span);
        assertThat(window.at(span.end())).isNull();
        assertThat(window.next(Instant.MIN)).isEqualTo(span);
        assertThat(window.next(span.start())).isNull();
        assertThat(window.nextChange(Instant.MIN)).isEqualTo(span.start());
        assertThat(window.nextChange(span.start())).isEqualTo(span.end());
        assertThat(window.nextChange(span.end())).isNull();
        assertThat(MaintenanceWindow.once(Instant.MIN, Instant.MAX).at(Instant.EPOCH))
                .isEqualTo(new Span(Instant.MIN, Instant.MAX));
    }

    @Test
    void dailyMayPassMidnightAndTheEndOfAYear() {
        MaintenanceWindow window = MaintenanceWindow.daily(EVENING, MORNING, PARIS);
        Span newYear = span("2025-12-31T22:00+01:00", "2026-01-01T06:00+01:00");

        assertThat(at(window, "2025-12-31T22:00+01:00")).isEqualTo(newYear);
        assertThat(at(window, "2026-01-01T05:59:59.999999999+01:00")).isEqualTo(newYear);
        assertThat(at(window, "2026-01-01T06:00+01:00")).isNull();
        assertThat(at(window, "2025-12-31T21:59:59.999999999+01:00")).isNull();
        assertThat(next(window, "2025-12-31T21:00+01:00")).isEqualTo(newYear);
        assertThat(next(window, "2025-12-31T22:00+01:00"))
                .isEqualTo(span("2026-01-01T22:00+01:00", "2026-01-02T06:00+01:00"));
        assertThat(nextChange(window, "2025-12-31T21:00+01:00")).isEqualTo(newYear.start());
        assertThat(nextChange(window, "2025-12-31T23:00+01:00")).isEqualTo(newYear.end());
    }

    @Test
    void weeklyBeginsOnItsDays() {
        MaintenanceWindow window =
                MaintenanceWindow.weekly(LocalTime.of(23, 0), LocalTime.of(2, 0), PARIS, SATURDAY, MONDAY);

        assertThat(next(window, "2026-01-01T00:00+01:00"))
                .isEqualTo(span("2026-01-03T23:00+01:00", "2026-01-04T02:00+01:00"));
        assertThat(next(window, "2026-01-04T01:00+01:00"))
                .isEqualTo(span("2026-01-05T23:00+01:00", "2026-01-06T02:00+01:00"));
        assertThat(at(window, "2026-01-04T23:30+01:00")).as("a Sunday").isNull();
    }

    @Test
    void monthlyBeginsOnADayOfTheMonth() {
        LocalTime noon = LocalTime.NOON;
        MaintenanceWindow last = MaintenanceWindow.monthly(31, MORNING, noon, ZoneOffset.UTC);

        assertThat(next(last, "2026-02-01T00:00Z")).isEqualTo(span("2026-02-28T06:00Z", "2026-02-28T12:00Z"));
        assertThat(next(last, "2028-02-01T00:00Z")).isEqualTo(span("2028-02-29T06:00Z", "2028-02-29T12:00Z"));
        assertThat(next(last, "2026-03-01T00:00Z")).isEqualTo(span("2026-03-31T06:00Z", "2026-03-31T12:00Z"));
        assertThat(next(
                        MaintenanceWindow.monthly(1, DayOfWeek.TUESDAY, MORNING, noon, ZoneOffset.UTC),
                        "2026-01-07T00:00Z"))
                .isEqualTo(span("2026-02-03T06:00Z", "2026-02-03T12:00Z"));
        assertThat(next(MaintenanceWindow.monthly(5, SUNDAY, MORNING, noon, ZoneOffset.UTC), "2026-01-01T00:00Z"))
                .as("the first month of the year with five Sundays")
                .isEqualTo(span("2026-03-29T06:00Z", "2026-03-29T12:00Z"));
        assertThat(next(MaintenanceWindow.monthly(-1, FRIDAY, EVENING, MORNING, ZoneOffset.UTC), "2026-01-31T00:00Z"))
                .isEqualTo(span("2026-02-27T22:00Z", "2026-02-28T06:00Z"));
    }

    /** Clocks go from 02:00 to 03:00 on 2026-03-29 and from 03:00 back to 02:00 on 2026-10-25. */
    @Test
    void daylightSavingRatherCoversTooMuchThanTooLittle() {
        MaintenanceWindow toHalf = MaintenanceWindow.daily(LocalTime.of(1, 0), LocalTime.of(2, 30), PARIS);
        MaintenanceWindow fromHalf = MaintenanceWindow.daily(LocalTime.of(2, 30), LocalTime.of(4, 0), PARIS);
        MaintenanceWindow within = MaintenanceWindow.daily(LocalTime.of(2, 15), LocalTime.of(2, 45), PARIS);
        MaintenanceWindow hour = MaintenanceWindow.daily(LocalTime.of(2, 0), LocalTime.of(3, 0), PARIS);

        assertThat(next(toHalf, "2026-03-29T00:00+01:00"))
                .isEqualTo(span("2026-03-29T01:00+01:00", "2026-03-29T03:00+02:00"));
        assertThat(next(fromHalf, "2026-03-29T00:00+01:00"))
                .isEqualTo(span("2026-03-29T03:00+02:00", "2026-03-29T04:00+02:00"));
        assertThat(next(within, "2026-03-29T00:00+01:00"))
                .as("left out")
                .isEqualTo(span("2026-03-30T02:15+02:00", "2026-03-30T02:45+02:00"));
        assertThat(next(hour, "2026-03-29T00:00+01:00"))
                .as("left out")
                .isEqualTo(span("2026-03-30T02:00+02:00", "2026-03-30T03:00+02:00"));

        assertThat(next(toHalf, "2026-10-25T00:00+02:00"))
                .isEqualTo(span("2026-10-25T01:00+02:00", "2026-10-25T02:30+01:00"));
        assertThat(next(fromHalf, "2026-10-25T00:00+02:00"))
                .isEqualTo(span("2026-10-25T02:30+02:00", "2026-10-25T04:00+01:00"));
        assertThat(next(within, "2026-10-25T00:00+02:00"))
                .isEqualTo(span("2026-10-25T02:15+02:00", "2026-10-25T02:45+01:00"));
        assertThat(next(hour, "2026-10-25T00:00+02:00"))
                .isEqualTo(span("2026-10-25T02:00+02:00", "2026-10-25T03:00+01:00"));
        assertThat(at(within, "2026-10-25T02:50+02:00"))
                .as("between the two passes")
                .isNotNull();
    }

    /** Apia had no 30 December 2011. */
    @Test
    void aWindowOfADayThatIsLeftOutIsLeftOut() {
        ZoneId apia = ZoneId.of("Pacific/Apia");
        MaintenanceWindow early = MaintenanceWindow.daily(LocalTime.MIDNIGHT, LocalTime.of(1, 0), apia);
        MaintenanceWindow night = MaintenanceWindow.daily(EVENING, MORNING, apia);

        assertThat(next(early, "2011-12-29T12:00-10:00"))
                .isEqualTo(span("2011-12-31T00:00+14:00", "2011-12-31T01:00+14:00"));
        assertThat(at(night, "2011-12-29T23:00-10:00"))
                .as("what is left of two nights touches")
                .isEqualTo(at(night, "2011-12-31T05:00+14:00"))
                .isEqualTo(span("2011-12-29T22:00-10:00", "2011-12-31T06:00+14:00"));
    }

    @Test
    void cronHasALengthInRealTime() {
        MaintenanceWindow window = MaintenanceWindow.cron("30 1 * * SUN", Duration.ofHours(2), PARIS);

        assertThat(next(window, "2026-03-28T00:00+01:00"))
                .isEqualTo(span("2026-03-29T01:30+01:00", "2026-03-29T04:30+02:00"));
        assertThat(next(window, "2026-10-24T00:00+02:00"))
                .isEqualTo(span("2026-10-25T01:30+02:00", "2026-10-25T02:30+01:00"));
    }

    @Test
    void occurrencesThatTouchOrOverlapAreOneSpan() {
        MaintenanceWindow workdays = MaintenanceWindow.cron("0 0 * * MON-FRI", Duration.ofDays(1), ZoneOffset.UTC);
        Span week = span("2026-01-05T00:00Z", "2026-01-10T00:00Z");
        assertThat(at(workdays, "2026-01-05T00:00Z")).isEqualTo(week);
        assertThat(at(workdays, "2026-01-07T12:00Z")).isEqualTo(week);
        assertThat(at(workdays, "2026-01-09T23:59Z")).isEqualTo(week);
        assertThat(at(workdays, "2026-01-10T00:00Z")).isNull();
        assertThat(next(workdays, "2026-01-04T00:00Z")).isEqualTo(week);
        assertThat(next(workdays, "2026-01-06T00:00Z")).isEqualTo(span("2026-01-12T00:00Z", "2026-01-17T00:00Z"));

        MaintenanceWindow july = MaintenanceWindow.cron("*/10 * * 7 *", Duration.ofDays(3), ZoneOffset.UTC);
        assertThat(at(july, "2026-08-03T23:00Z")).isNotNull();
        assertThat(at(july, "2026-08-03T23:50Z")).isNull();

        MaintenanceWindow uneven = MaintenanceWindow.cron("0 0,4,9 * * *", Duration.ofHours(5), ZoneOffset.UTC);
        assertThat(at(uneven, "2026-01-01T13:00Z")).isEqualTo(span("2026-01-01T00:00Z", "2026-01-01T14:00Z"));
    }

    @Test
    void aWindowThatNeverEndsIsToldInPieces() {
        MaintenanceWindow always = MaintenanceWindow.cron("*/5 * * * *", Duration.ofMinutes(10), PARIS);
        Instant moment = Instant.parse("2026-01-01T00:00:00Z");
        for (int pieces = 0; pieces < 5; pieces++) {
            Span span = always.at(moment);
            assertThat(span.contains(moment)).isTrue();
            assertThat(always.nextChange(moment)).isEqualTo(span.end());
            assertThat(always.next(moment).start()).isEqualTo(span.end());
            assertThat(always.next(moment).end()).isAfter(span.end());
            moment = span.end();
        }
    }

    @Test
    void aChainOfAQuarterIsOneSpan() {
        MaintenanceWindow days = MaintenanceWindow.cron("0 0 * 7-9 *", Duration.ofDays(1), PARIS);
        Span span = span("2026-07-01T00:00+02:00", "2026-10-01T00:00+02:00");

        assertThat(at(days, "2026-07-01T00:00+02:00")).isEqualTo(span);
        assertThat(at(days, "2026-09-30T12:00+02:00")).isEqualTo(span);
        assertThat(next(days, "2026-01-01T00:00+01:00")).isEqualTo(span);
    }

    @Test
    void aDayOfRealTimeLeavesAnHourOfTheDayOf25() {
        MaintenanceWindow days = MaintenanceWindow.cron("0 0 * * *", Duration.ofDays(1), PARIS);

        assertThat(nextChange(days, "2026-10-25T22:30+01:00")).isEqualTo("2026-10-25T22:00:00Z");
        assertThat(at(days, "2026-10-25T23:30+01:00")).isNull();
    }

    @Test
    void hasAReason() {
        MaintenanceWindow window = MaintenanceWindow.daily(EVENING, MORNING, PARIS);

        assertThat(window.reason()).isEqualTo("maintenance").isEqualTo(MaintenanceWindow.DEFAULT_REASON);
        assertThat(window.reason(" database upgrade ").reason()).isEqualTo("database upgrade");
        assertThat(window.reason("x".repeat(200)).reason()).hasSize(200);
        assertThat(window.reason("نگه‌داری").reason()).isEqualTo("نگه‌داری");
        assertThat(window.reason()).as("a copy").isEqualTo("maintenance");
        assertThatThrownBy(() -> window.reason("x".repeat(201)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reason must have 1 to 200 characters, but had 201");
        assertThatThrownBy(() -> window.reason(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reason must have 1 to 200 characters, but had 0");
        assertThatThrownBy(() -> window.reason(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("reason");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x2028, 0x2029, 0x202E, 0x2066, 0xFEFF, 0xE0001, 0xD800})
    void refusesAReasonThatCannotBeShown(int character) {
        MaintenanceWindow window = MaintenanceWindow.daily(EVENING, MORNING, PARIS);

        assertThatThrownBy(() -> window.reason("a" + new String(new int[] {character}, 0, 1) + "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reason must be one line without control characters, but holds U+"
                        + String.format("%04X", character));
    }

    @Test
    void isEqualToOneOfTheSameValues() {
        assertThat(MaintenanceWindow.daily(EVENING, MORNING, PARIS))
                .isEqualTo(MaintenanceWindow.daily(EVENING, MORNING, PARIS).reason("maintenance"))
                .hasSameHashCodeAs(MaintenanceWindow.daily(EVENING, MORNING, PARIS))
                .isNotEqualTo(MaintenanceWindow.daily(EVENING, MORNING, PARIS).reason("other"))
                .isNotEqualTo(MaintenanceWindow.daily(EVENING, MORNING, ZoneOffset.UTC))
                .isNotEqualTo(MaintenanceWindow.daily(MORNING, EVENING, PARIS))
                .isNotEqualTo(MaintenanceWindow.weekly(EVENING, MORNING, PARIS, MONDAY));
        assertThat(MaintenanceWindow.cron("@weekly", Duration.ofHours(1), PARIS))
                .isEqualTo(MaintenanceWindow.cron("0 0 * * SUN", Duration.ofHours(1), PARIS))
                .isNotEqualTo(MaintenanceWindow.cron("@weekly", Duration.ofHours(2), PARIS));
        assertThat(MaintenanceWindow.once(Instant.EPOCH, Instant.MAX))
                .isEqualTo(MaintenanceWindow.once(Instant.EPOCH, Instant.MAX))
                .isNotEqualTo(MaintenanceWindow.once(Instant.MIN, Instant.MAX));
    }

    @Test
    void tellsWhatItMeans() {
        assertThat(MaintenanceWindow.daily(EVENING, MORNING, PARIS).reason("backup"))
                .hasToString("daily from 22:00 to 06:00 in Europe/Paris (backup)");
        assertThat(MaintenanceWindow.weekly(EVENING, MORNING, PARIS, SUNDAY, MONDAY))
                .hasToString("weekly on MONDAY, SUNDAY from 22:00 to 06:00 in Europe/Paris (maintenance)");
        assertThat(MaintenanceWindow.monthly(31, EVENING, MORNING, PARIS))
                .hasToString("monthly on day 31 from 22:00 to 06:00 in Europe/Paris (maintenance)");
        assertThat(MaintenanceWindow.monthly(2, MONDAY, EVENING, MORNING, PARIS))
                .hasToString("monthly on number 2 of MONDAY from 22:00 to 06:00 in Europe/Paris (maintenance)");
        assertThat(MaintenanceWindow.monthly(-1, MONDAY, EVENING, MORNING, PARIS))
                .hasToString("monthly on the last MONDAY from 22:00 to 06:00 in Europe/Paris (maintenance)");
        assertThat(MaintenanceWindow.cron("@daily", Duration.ofHours(1), PARIS))
                .hasToString("cron @daily in Europe/Paris for PT1H (maintenance)");
        assertThat(MaintenanceWindow.once(Instant.EPOCH, Instant.EPOCH.plusSeconds(1)))
                .hasToString("once from 1970-01-01T00:00:00Z to 1970-01-01T00:00:01Z (maintenance)");
    }

    @Test
    void anyMomentMayBeAskedFor() {
        for (ZoneId zone : List.of(PARIS, ZoneOffset.MAX, ZoneOffset.MIN)) {
            for (MaintenanceWindow window : List.of(
                    MaintenanceWindow.daily(EVENING, MORNING, zone),
                    MaintenanceWindow.weekly(EVENING, MORNING, zone, MONDAY),
                    MaintenanceWindow.monthly(31, EVENING, MORNING, zone),
                    MaintenanceWindow.monthly(-1, MONDAY, EVENING, MORNING, zone),
                    MaintenanceWindow.cron("@weekly", Duration.ofDays(366), zone),
                    MaintenanceWindow.cron("* * * * *", Duration.ofSeconds(1), zone))) {
                for (Instant moment : List.of(Instant.MIN, Instant.MAX, Instant.parse("+12345-01-01T00:00:00Z"))) {
                    assertThat(window.at(moment)).isNull();
                }
                for (String moment : List.of("0001-01-02T00:00:00Z", "1883-11-18T12:00:00Z", "9999-12-31T00:00:00Z")) {
                    Span span = window.at(Instant.parse(moment));
                    assertThat(span == null || span.contains(Instant.parse(moment)))
                            .isTrue();
                }
                assertThat(window.next(Instant.MIN).start())
                        .isBetween(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("0001-03-01T00:00:00Z"));
                assertThat(window.next(Instant.MAX)).isNull();
                assertThat(window.nextChange(Instant.MAX)).isNull();
            }
        }
    }

    @Test
    void refusesWhatIsNoWindow() {
        assertThatThrownBy(() -> MaintenanceWindow.once(Instant.EPOCH, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("end must be after start, 1970-01-01T00:00:00Z, but was 1970-01-01T00:00:00Z");
        assertThatThrownBy(() -> MaintenanceWindow.daily(EVENING, EVENING, PARIS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("from and to must not be the same time, but both were 22:00");
        assertThatThrownBy(() -> MaintenanceWindow.monthly(32, EVENING, MORNING, PARIS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("day must be from 1 to 31, but was 32");
        for (int nth : new int[] {0, 6, -2}) {
            assertThatThrownBy(() -> MaintenanceWindow.monthly(nth, MONDAY, EVENING, MORNING, PARIS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("nth must be from 1 to 5, or -1 for the last, but was " + nth);
        }
        assertThatThrownBy(() -> MaintenanceWindow.cron("@daily", Duration.ofMillis(999), PARIS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length must be at least PT1S, but was PT0.999S");
        assertThatThrownBy(() -> MaintenanceWindow.cron("@daily", Duration.ofDays(367), PARIS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length must be at most PT8784H, but was PT8808H");
        assertThatThrownBy(() -> MaintenanceWindow.once(null, Instant.EPOCH)).hasMessage("start");
        assertThatThrownBy(() -> MaintenanceWindow.once(Instant.EPOCH, null)).hasMessage("end");
        assertThatThrownBy(() -> MaintenanceWindow.daily(null, MORNING, PARIS)).hasMessage("from");
        assertThatThrownBy(() -> MaintenanceWindow.daily(EVENING, null, PARIS)).hasMessage("to");
        assertThatThrownBy(() -> MaintenanceWindow.daily(EVENING, MORNING, null))
                .hasMessage("zone");
        assertThatThrownBy(() -> MaintenanceWindow.weekly(EVENING, MORNING, PARIS, null))
                .hasMessage("first");
        assertThatThrownBy(() -> MaintenanceWindow.monthly(1, null, EVENING, MORNING, PARIS))
                .hasMessage("day");
        assertThatThrownBy(() -> MaintenanceWindow.cron(null, Duration.ofHours(1), PARIS))
                .hasMessage("expression");
        assertThatThrownBy(() -> MaintenanceWindow.cron("@daily", null, PARIS)).hasMessage("length");
        assertThatThrownBy(() -> MaintenanceWindow.cron("@daily", Duration.ofHours(1), null))
                .hasMessage("zone");
        MaintenanceWindow daily = MaintenanceWindow.daily(EVENING, MORNING, PARIS);
        assertThatThrownBy(() -> daily.at(null)).hasMessage("moment");
        assertThatThrownBy(() -> daily.next(null)).hasMessage("moment");
        assertThatThrownBy(() -> daily.nextChange(null)).hasMessage("moment");
    }

    @Test
    void aSpanKnowsItsLength() {
        assertThat(span("2026-10-25T02:00+02:00", "2026-10-25T03:00+01:00").length())
                .isEqualTo(Duration.ofHours(2));
    }

    private static Span span(String start, String end) {
        return new Span(
                OffsetDateTime.parse(start).toInstant(),
                OffsetDateTime.parse(end).toInstant());
    }

    private static Span at(MaintenanceWindow window, String moment) {
        return window.at(OffsetDateTime.parse(moment).toInstant());
    }

    private static Span next(MaintenanceWindow window, String moment) {
        return window.next(OffsetDateTime.parse(moment).toInstant());
    }

    private static Instant nextChange(MaintenanceWindow window, String moment) {
        return window.nextChange(OffsetDateTime.parse(moment).toInstant());
    }
}

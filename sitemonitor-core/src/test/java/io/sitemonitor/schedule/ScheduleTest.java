package io.sitemonitor.schedule;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.schedule.Schedule.Calendar;
import io.sitemonitor.schedule.Schedule.Every;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final LocalTime SIX = LocalTime.of(6, 0);

    @Test
    void aGridIsAnInterval() {
        Schedule schedule = Schedule.every(Duration.ofSeconds(30));

        assertThat(schedule).isEqualTo(new Every(Duration.ofSeconds(30))).hasToString("every PT30S");
        assertThat(schedule.interval()).isEqualTo(Duration.ofSeconds(30));
        assertThatThrownBy(() -> Schedule.every(Duration.ofMillis(99)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("every must be at least PT0.1S, but was PT0.099S");
        assertThatThrownBy(() -> Schedule.every(Duration.ofDays(367)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("every must be at most PT8784H, but was PT8808H");
        assertThatThrownBy(() -> Schedule.every(null)).hasMessage("interval");
    }

    @Test
    void aCalendarIsEqualToOneOfTheSameValues() {
        assertThat(Schedule.cron("0 6 * * 1-5", PARIS))
                .isEqualTo(Schedule.cron("0 6 * * MON-FRI", PARIS))
                .hasSameHashCodeAs(Schedule.cron("0 6 * * MON-FRI", PARIS))
                .isNotEqualTo(Schedule.cron("0 6 * * 1-5", ZoneOffset.UTC))
                .isNotEqualTo(Schedule.cron("0 7 * * 1-5", PARIS));
        assertThat(Schedule.weekly(SIX, PARIS, MONDAY, FRIDAY))
                .isEqualTo(Schedule.weekly(SIX, PARIS, FRIDAY, MONDAY))
                .isNotEqualTo(Schedule.weekly(SIX, PARIS, MONDAY));
        assertThat(Schedule.weekly(SIX, PARIS, MONDAY, DayOfWeek.values())).isEqualTo(Schedule.daily(SIX, PARIS));
        assertThat(Schedule.monthly(31, SIX, PARIS))
                .isEqualTo(Schedule.monthly(31, SIX, PARIS))
                .isNotEqualTo(Schedule.monthly(30, SIX, PARIS));
    }

    @Test
    void tellsWhatItMeans() {
        assertThat(Schedule.cron("0 6 * * 1-5", PARIS)).hasToString("cron 0 6 * * 1-5 in Europe/Paris");
        assertThat(Schedule.daily(SIX, PARIS)).hasToString("daily at 06:00 in Europe/Paris");
        assertThat(Schedule.weekly(SIX, PARIS, FRIDAY, MONDAY))
                .hasToString("weekly on MONDAY, FRIDAY at 06:00 in Europe/Paris");
        assertThat(Schedule.monthly(31, SIX, ZoneOffset.UTC)).hasToString("monthly on day 31 at 06:00 in Z");
    }

    @Test
    void comesAtItsTimes() {
        assertThat(times(Schedule.daily(SIX, PARIS), "2026-01-01T06:00+01:00", 2))
                .containsExactly("2026-01-02T06:00+01:00", "2026-01-03T06:00+01:00");
        assertThat(times(Schedule.weekly(SIX, PARIS, MONDAY, FRIDAY), "2026-01-01T00:00+01:00", 3))
                .containsExactly("2026-01-02T06:00+01:00", "2026-01-05T06:00+01:00", "2026-01-09T06:00+01:00");
        assertThat(times(Schedule.monthly(30, SIX, PARIS), "2026-01-30T05:59+01:00", 4))
                .as("the last day of a shorter month")
                .containsExactly(
                        "2026-01-30T06:00+01:00",
                        "2026-02-28T06:00+01:00",
                        "2026-03-30T06:00+02:00",
                        "2026-04-30T06:00+02:00");
        assertThat(times(Schedule.monthly(29, SIX, PARIS), "2028-02-01T00:00+01:00", 1))
                .containsExactly("2028-02-29T06:00+01:00");
        assertThat(times(Schedule.cron("0 6 * * SUN", PARIS), "2026-01-01T00:00+01:00", 1))
                .containsExactly("2026-01-04T06:00+01:00");
        assertThat(times(Schedule.daily(LocalTime.parse("06:00:00.5"), PARIS), "2026-01-01T06:00+01:00", 1))
                .containsExactly("2026-01-01T06:00:00.500+01:00");
    }

    /** Clocks go from 02:00 to 03:00 on 2026-03-29 and from 03:00 back to 02:00 on 2026-10-25. */
    @Test
    void aTimeOfDayComesOnceOnTheDayOfAChange() {
        Schedule schedule = Schedule.weekly(LocalTime.of(2, 30), PARIS, SUNDAY, MONDAY);

        assertThat(times(schedule, "2026-03-29T00:00+01:00", 2))
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
        assertThat(times(schedule, "2026-10-25T00:00+02:00", 2))
                .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
        assertThat(times(schedule, "2026-10-25T02:10+01:00", 1))
                .as("asked within the repeated hour")
                .containsExactly("2026-10-26T02:30+01:00");
    }

    @Test
    void itsIntervalIsTheShortestOfManyRuns() {
        assertThat(Schedule.daily(SIX, ZoneOffset.UTC).interval()).isEqualTo(Duration.ofDays(1));
        assertThat(Schedule.daily(SIX, PARIS).interval()).isEqualTo(Duration.ofHours(23));
        assertThat(Schedule.cron("*/7 8-17 * * MON-FRI", PARIS).interval()).isEqualTo(Duration.ofMinutes(4));
        assertThat(Schedule.cron("@hourly", PARIS).interval()).isEqualTo(Duration.ofHours(1));
        assertThat(Schedule.monthly(31, SIX, ZoneOffset.UTC).interval()).isEqualTo(Duration.ofDays(28));
        assertThat(Schedule.cron("0 0 29 2 *", ZoneOffset.UTC).interval()).isEqualTo(Duration.ofDays(4 * 365 + 1));
        assertThat(Schedule.cron("0 0 * 2 MON#5", ZoneOffset.UTC).interval()).isEqualTo(Duration.ofDays(12 * 365 + 2));
    }

    /** P19: however the wall clock steps, the next run is one, and lies ahead. */
    @Test
    void afterAStepOfTheClockTheNextRunIsAhead() {
        Calendar hourly = (Calendar) Schedule.cron("@hourly", PARIS);
        Instant moment = Instant.parse("2026-06-01T00:10:00Z");
        for (Duration step :
                List.of(Duration.ofHours(3), Duration.ofDays(40), Duration.ofDays(-90), Duration.ofHours(-1))) {
            moment = moment.plus(step);
            assertThat(hourly.nextAfter(moment)).isEqualTo(moment.plusSeconds(3_000));
        }
    }

    @Test
    void anyMomentMayBeAskedFor() {
        for (Schedule schedule : List.of(
                Schedule.daily(SIX, PARIS),
                Schedule.weekly(SIX, PARIS, MONDAY),
                Schedule.monthly(31, SIX, PARIS),
                Schedule.cron("@daily", PARIS))) {
            Calendar calendar = (Calendar) schedule;
            assertThat(calendar.nextAfter(Instant.MAX)).isEqualTo(Instant.MAX);
            assertThat(calendar.nextAfter(Instant.MIN))
                    .isBetween(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("0001-03-01T00:00:00Z"));
        }
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThatThrownBy(() -> Schedule.monthly(32, SIX, PARIS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("day must be from 1 to 31, but was 32");
        assertThatThrownBy(() -> Schedule.monthly(0, SIX, PARIS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("day must be from 1 to 31, but was 0");
        assertThatThrownBy(() -> Schedule.cron("0 25 * * *", PARIS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hour must be from 0 to 23, but was '25' (cron expression '0 25 * * *')");
        assertThatThrownBy(() -> Schedule.daily(null, PARIS)).hasMessage("time");
        assertThatThrownBy(() -> Schedule.daily(SIX, null)).hasMessage("zone");
        assertThatThrownBy(() -> Schedule.cron("@daily", null)).hasMessage("zone");
        assertThatThrownBy(() -> Schedule.cron(null, PARIS)).hasMessage("expression");
        assertThatThrownBy(() -> Schedule.weekly(SIX, PARIS, null)).hasMessage("first");
        assertThatThrownBy(() -> Schedule.weekly(SIX, PARIS, MONDAY, (DayOfWeek) null))
                .hasMessage("more");
        Calendar daily = (Calendar) Schedule.daily(SIX, PARIS);
        assertThatThrownBy(() -> daily.nextAfter(null)).hasMessage("moment");
    }

    private static List<String> times(Schedule schedule, String from, int count) {
        List<String> times = new ArrayList<>();
        Instant last = OffsetDateTime.parse(from).toInstant();
        for (int i = 0; i < count; i++) {
            last = ((Calendar) schedule).nextAfter(last);
            times.add(last.atZone(PARIS).toOffsetDateTime().toString());
        }
        return times;
    }
}

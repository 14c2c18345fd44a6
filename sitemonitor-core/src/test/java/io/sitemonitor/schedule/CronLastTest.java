package io.sitemonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last time up to a moment, against a walk through all times from before it. */
class CronLastTest {

    private static final List<String> EXPRESSIONS = List.of(
            "30 2 * * *",
            "10,40 1-3 * * *",
            "*/15 * * * *",
            "*/30 2 * * *",
            "@hourly",
            "0 6 * * MON-FRI",
            "0 0 L * *",
            "59 23 31 12 *",
            "0 12 29 2 *");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 6 * * *    | 2026-01-02T06:29:59Z     | 2026-01-01T06:30:00Z
            30 6 * * *    | 2026-01-02T06:30:00Z     | 2026-01-02T06:30:00Z
            30 6 * * *    | 2026-01-02T06:30:00.001Z | 2026-01-02T06:30:00Z
            * * * * *     | 2026-01-02T06:30:59.999Z | 2026-01-02T06:30:00Z
            0 0 1 1 *     | 2026-12-31T23:59:59Z     | 2026-01-01T00:00:00Z
            * * * 1 *     | 2026-12-31T23:59:59Z     | 2026-01-31T23:59:00Z
            0 0 29 2 *    | 2104-02-28T23:59:59Z     | 2096-02-29T00:00:00Z
            """)
    void findsTheLastTime(String expression, Instant moment, Instant last) {
        assertThat(CronExpression.parse(expression).lastUpTo(moment, ZoneOffset.UTC))
                .isEqualTo(last);
    }

    /** Amsterdam was 19 minutes and 32 seconds ahead of UTC until 1937. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Paris, 2026-03-29T00:00:00Z, 1",
        "Europe/Paris, 2026-10-25T00:00:00Z, 2",
        "Australia/Lord_Howe, 2026-04-04T15:00:00Z, 3",
        "Australia/Lord_Howe, 2026-10-03T15:00:00Z, 4",
        "Pacific/Apia, 2011-12-30T10:00:00Z, 5",
        "Africa/Casablanca, 2026-02-15T02:00:00Z, 6",
        "Europe/Amsterdam, 1937-06-30T23:00:00Z, 7",
        "UTC, 2026-06-01T00:00:00Z, 8"
    })
    void findsWhatAWalkFromBeforeComesBy(ZoneId zone, Instant change, long seed) {
        Random random = new Random(seed);
        for (String text : EXPRESSIONS) {
            CronExpression cron = CronExpression.parse(text);
            List<Instant> times = walk(cron, zone, change.minusSeconds(200_000), change.plusSeconds(200_000));
            for (int i = 0; i < 60; i++) {
                Instant moment = change.plusSeconds(random.nextInt(400_000) - 200_000);
                assertThat(cron.lastUpTo(moment, zone))
                        .as("seed %d: '%s' in %s up to %s", seed, text, zone, moment)
                        .isEqualTo(lastOf(times, moment));
            }
        }
    }

    @Test
    void hasNoneBeforeTheFirst() {
        CronExpression leap = CronExpression.parse("0 0 29 2 *");

        assertThat(leap.lastUpTo(Instant.parse("0004-02-28T23:59:59Z"), ZoneOffset.UTC))
                .isNull();
        assertThat(leap.lastUpTo(Instant.parse("0004-02-29T00:00:00Z"), ZoneOffset.UTC))
                .isEqualTo("0004-02-29T00:00:00Z");
        assertThat(leap.lastUpTo(Instant.MIN, ZoneOffset.UTC)).isNull();
        assertThat(leap.lastUpTo(Instant.MAX, ZoneOffset.UTC)).isEqualTo("9996-02-29T00:00:00Z");
    }

    @Test
    void refusesNull() {
        CronExpression daily = CronExpression.parse("@daily");

        assertThatThrownBy(() -> daily.lastUpTo(null, ZoneOffset.UTC)).hasMessage("moment");
        assertThatThrownBy(() -> daily.lastUpTo(Instant.EPOCH, null)).hasMessage("zone");
    }

    /** All times up to {@code to}, from some time before {@code from} on. */
    private static List<Instant> walk(CronExpression cron, ZoneId zone, Instant from, Instant to) {
        List<Instant> times = new ArrayList<>();
        for (long days = 2; times.isEmpty() || times.get(0).isAfter(from); days *= 5) {
            times.clear();
            Instant next = cron.nextAfter(from.minusSeconds(days * 86_400), zone);
            for (; !next.isAfter(to); next = cron.nextAfter(next, zone)) {
                times.add(next);
            }
        }
        return times;
    }

    private static Instant lastOf(List<Instant> times, Instant moment) {
        Instant last = null;
        for (Instant time : times) {
            last = time.isAfter(moment) ? last : time;
        }
        return last;
    }
}

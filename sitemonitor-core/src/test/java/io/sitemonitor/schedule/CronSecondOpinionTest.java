package io.sitemonitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What another implementation finds for random expressions, in zones whose clocks do not change meanwhile. Left out by
 * name is what it understands in another way:
 *
 * <ul>
 *   <li>{@link #hasAStepBesideADay}: we follow Vixie cron in that a day field with a step for all days does not count as
 *       restricted, so that both must match; to the other one either is enough.
 *   <li>{@link #special}: {@code 29W} to {@code 31W} are to us no day of a month that is shorter; the other one throws.
 * </ul>
 */
class CronSecondOpinionTest {

    private static final int EXPRESSIONS = 40;
    private static final int TIMES = 12;
    private static final CronParser UNIX = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final CronParser WITH_SPECIAL_DAYS = new CronParser(CronDefinitionBuilder.defineCron()
            .withMinutes()
            .withValidRange(0, 59)
            .and()
            .withHours()
            .withValidRange(0, 23)
            .and()
            .withDayOfMonth()
            .withValidRange(1, 31)
            .supportsL()
            .supportsW()
            .supportsLW()
            .supportsQuestionMark()
            .and()
            .withMonth()
            .withValidRange(1, 12)
            .and()
            .withDayOfWeek()
            .withValidRange(0, 7)
            .withMondayDoWValue(1)
            .withIntMapping(7, 0)
            .supportsL()
            .supportsHash()
            .supportsQuestionMark()
            .and()
            .instance());
    private static final List<String> ZONES =
            List.of("UTC", "Asia/Kathmandu", "Asia/Tokyo", "America/Phoenix", "Asia/Kolkata", "Africa/Nairobi");

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesAboutListsRangesAndSteps(int seed) {
        agrees(seed, CronSecondOpinionTest::plain, UNIX);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesAboutLastNearestAndNthDays(int seed) {
        agrees(seed, CronSecondOpinionTest::special, WITH_SPECIAL_DAYS);
    }

    private static void agrees(int seed, Function<Random, String> expressions, CronParser other) {
        Random random = new Random(seed);
        for (int i = 0; i < EXPRESSIONS; i++) {
            String expression = expressions.apply(random);
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            Instant from = Instant.parse("2015-01-01T00:00:00Z").plusSeconds(random.nextInt(600_000_000));
            assertThat(ours(expression, zone, from))
                    .as("seed %d: '%s' in %s after %s", seed, expression, zone, from)
                    .isEqualTo(theirs(other.parse(expression), zone, from));
        }
    }

    private static List<Instant> ours(String expression, ZoneId zone, Instant from) {
        CronExpression cron = CronExpression.parse(expression);
        List<Instant> times = new ArrayList<>();
        Instant last = from;
        for (int i = 0; i < TIMES; i++) {
            last = cron.nextAfter(last, zone);
            times.add(last);
        }
        return times;
    }

    private static List<Instant> theirs(Cron cron, ZoneId zone, Instant from) {
        ExecutionTime times = ExecutionTime.forCron(cron);
        List<Instant> found = new ArrayList<>();
        ZonedDateTime last = from.atZone(zone);
        for (int i = 0; i < TIMES; i++) {
            last = times.nextExecution(last).orElseThrow();
            found.add(last.toInstant());
        }
        return found;
    }

    private static String plain(Random random) {
        String dayOfMonth;
        String dayOfWeek;
        do {
            dayOfMonth = field(random, 1, 28);
            dayOfWeek = field(random, 0, 7);
        } while (hasAStepBesideADay(dayOfMonth, dayOfWeek));
        return field(random, 0, 59) + " " + field(random, 0, 23) + " " + dayOfMonth + " " + field(random, 1, 12) + " "
                + dayOfWeek;
    }

    private static boolean hasAStepBesideADay(String dayOfMonth, String dayOfWeek) {
        return dayOfMonth.startsWith("*/") && !dayOfWeek.equals("*")
                || dayOfWeek.startsWith("*/") && !dayOfMonth.equals("*");
    }

    private static String special(Random random) {
        String days = switch (random.nextInt(6)) {
            case 0 -> "L %s ?";
            case 1 -> "L-" + (1 + random.nextInt(27)) + " %s ?";
            case 2 -> "LW %s ?";
            case 3 -> (1 + random.nextInt(28)) + "W %s ?";
            case 4 -> "? %s " + random.nextInt(7) + "L";
            default -> "? %s " + random.nextInt(7) + "#" + (1 + random.nextInt(5));
        };
        return field(random, 0, 59) + " " + field(random, 0, 23) + " " + String.format(days, field(random, 1, 12));
    }

    private static String field(Random random, int least, int most) {
        if (random.nextInt(3) == 0) {
            return "*";
        }
        StringBuilder list = new StringBuilder(item(random, least, most));
        while (random.nextInt(3) == 0) {
            list.append(',').append(item(random, least, most));
        }
        return list.toString();
    }

    private static String item(Random random, int least, int most) {
        int first = least + random.nextInt(most - least + 1);
        int last = first + random.nextInt(most - first + 1);
        int step = 1 + random.nextInt(most - Math.max(1, least));
        return switch (random.nextInt(4)) {
            case 0 -> "*/" + step;
            case 1 -> first + "-" + last;
            case 2 -> first + "-" + last + "/" + step;
            default -> String.valueOf(first);
        };
    }
}

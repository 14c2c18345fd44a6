package io.sitemonitor.amqp.message;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.state.HealthState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Alerts of every kind with texts that are harmless lines, though of all alphabets. */
final class RandomAlerts {

    private static final String[] LETTERS = {
        "a", "Z", "7", " ", "\"", "\\", "/", ".", "#", "*", "ö", "漢", "😀", "{", "<", "'"
    };

    private final Random random;

    RandomAlerts(Random random) {
        this.random = random;
    }

    Alert next() {
        Instant since = instant();
        return new Alert(
                name(),
                name(),
                name(),
                name(),
                one(AlertKind.values()),
                one(HealthState.values()),
                one(HealthState.values()),
                since,
                since.plusNanos(random.nextLong(1L << 50)),
                duration(),
                random.nextBoolean() ? null : one(FailureKind.values()),
                text(200),
                random.nextBoolean() ? null : text(200),
                evidence(),
                map(() -> text(50)),
                random.ints(random.nextInt(4)).mapToObj(i -> text(40)).toList());
    }

    private Evidence evidence() {
        return random.nextInt(4) == 0
                ? Evidence.none()
                : new Evidence(
                        random.nextBoolean() ? null : text(40),
                        map(this::duration),
                        map(() -> text(200)),
                        random.nextBoolean() ? null : text(400));
    }

    private <V> Map<String, V> map(Supplier<V> values) {
        Map<String, V> map = new LinkedHashMap<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            map.put(name(), values.get());
        }
        return map;
    }

    private Instant instant() {
        int nanos = List.of(0, 250_000_000, 123_456_000, 123_456_789).get(random.nextInt(4));
        return Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L), nanos);
    }

    private Duration duration() {
        return random.nextInt(5) == 0 ? Duration.ZERO : Duration.ofNanos(random.nextLong(1L << random.nextInt(1, 62)));
    }

    private String name() {
        return "n" + text(20);
    }

    private String text(int most) {
        List<String> letters = new ArrayList<>();
        for (int left = random.nextInt(most / 2); left > 0; left--) {
            letters.add(one(LETTERS));
        }
        return String.join("", letters);
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }
}

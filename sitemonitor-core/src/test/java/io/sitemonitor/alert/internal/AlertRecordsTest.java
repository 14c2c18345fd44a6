package io.sitemonitor.alert.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.store.internal.RecordReader;
import io.sitemonitor.store.internal.RecordWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlertRecordsTest {

    private static final int VERSION = 1;

    @Test
    void anAlertIsReadAsItWasWritten() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Alert alert = alert(random);
            assertThat(AlertRecords.read(new RecordReader(bytes(alert), VERSION)))
                    .as("seed %d", seed)
                    .isEqualTo(alert);
        }
    }

    @Test
    void whatIsCutOffIsNoAlert() {
        byte[] whole = bytes(alert(new Random(7)));
        for (int end = 1; end < whole.length; end++) {
            byte[] part = Arrays.copyOf(whole, end);
            assertThatIllegalArgumentException().isThrownBy(() -> AlertRecords.read(new RecordReader(part, VERSION)));
        }
    }

    @Test
    void whatIsDamagedIsAnotherAlertOrNone() {
        byte[] whole = bytes(alert(new Random(7)));
        Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            damaged[1 + random.nextInt(whole.length - 1)] = (byte) random.nextInt();
            try {
                assertThat(AlertRecords.read(new RecordReader(damaged, VERSION)))
                        .isNotNull();
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void anotherVersionIsNotUnderstood() {
        byte[] record = new RecordWriter(VERSION + 1).text("a").toBytes();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordReader(record, VERSION))
                .withMessage("record has version 2, and only 1 is understood");
    }

    private static byte[] bytes(Alert alert) {
        RecordWriter to = new RecordWriter(VERSION);
        AlertRecords.write(alert, to);
        return to.toBytes();
    }

    private static Alert alert(Random random) {
        return new Alert(
                text(random),
                text(random),
                text(random),
                text(random),
                one(AlertKind.values(), random),
                one(HealthState.values(), random),
                one(HealthState.values(), random),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                Duration.ofNanos(random.nextLong()),
                random.nextBoolean() ? null : one(FailureKind.values(), random),
                text(random),
                random.nextBoolean() ? null : text(random),
                new Evidence(
                        random.nextBoolean() ? null : "192.0.2.7:443",
                        Map.of("connect", Duration.ofNanos(random.nextInt(1_000_000_000))),
                        texts(random),
                        random.nextBoolean() ? null : "excerpt"),
                texts(random),
                List.of("a@shop.example", text(random)));
    }

    private static Map<String, String> texts(Random random) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.put("name" + i, "value" + random.nextInt());
        }
        return texts;
    }

    private static String text(Random random) {
        String letters = "ab \u0416\u2713\ud83d\ude00\"\\";
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(30); i > 0; i--) {
            text.appendCodePoint(letters.codePointAt(
                    letters.offsetByCodePoints(0, random.nextInt(letters.codePointCount(0, letters.length())))));
        }
        return text.toString();
    }

    private static <E> E one(E[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}

package io.sitemonitor.amqp.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.amqp.TestAlerts;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingKeysTest {

    private static final String[] HOSTILE = {
        ".", "*", "#", " ", "\t", "\n", "\u0000", "\u007f", "\u00a0", "\u2028", "\u202e", "\ud83d", "\ude00", "😀", "漢",
        "é", "a", "_"
    };

    @Test
    void hasMonitorCheckAndKind() {
        assertThat(RoutingKeys.of(TestAlerts.of("storefront", "id", AlertKind.FLAPPING_ENDED)))
                .isEqualTo("shop.storefront.flapping_ended");
        assertThat(RoutingKeys.allOf("shop")).isEqualTo("shop.#");
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example, shop_example",
        "*, _",
        "'a # b', a___b",
        "'', _",
        "'...', ___",
        "https://shop.example/?q=ö, https://shop_example/?q=ö"
    })
    void replacesWhatHasAMeaningInKeys(String name, String word) {
        assertThat(RoutingKeys.of(name, name, "down")).isEqualTo(word + "." + word + ".down");
        assertThat(RoutingKeys.allOf(name)).isEqualTo(word + ".#");
    }

    @Test
    void cutsLongNamesBetweenCharacters() {
        assertThat(RoutingKeys.of("😀".repeat(200), "x".repeat(200), "degradation_ended"))
                .isEqualTo("😀".repeat(25) + "." + "x".repeat(120) + ".degradation_ended");
        assertThat(RoutingKeys.allOf("a" + "😀".repeat(200))).isEqualTo("a" + "😀".repeat(24) + ".#");
    }

    @Test
    void hasThreeWordsWhateverTheNames() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 10_000; round++) {
            String monitor = hostile(random);
            String key = RoutingKeys.of(monitor, hostile(random), hostile(random));
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            assertThat(bytes.length).as("seed %d", seed).isLessThanOrEqualTo(255);
            assertThat(new String(bytes, StandardCharsets.UTF_8))
                    .as("seed %d", seed)
                    .isEqualTo(key);
            assertThat(key.split("\\.", -1)).as("seed %d", seed).hasSize(3).doesNotContain("");
            assertThat(key).as("seed %d", seed).doesNotContainPattern("[*#\\s\\p{Cntrl}\u202e\u2028\u00a0]");
            assertThat(key).startsWith(RoutingKeys.allOf(monitor).replace("#", ""));
        }
    }

    private static String hostile(Random random) {
        StringBuilder name = new StringBuilder();
        for (int left = random.nextInt(200); left > 0; left--) {
            name.append(HOSTILE[random.nextInt(HOSTILE.length)]);
        }
        return name.toString();
    }
}

package io.sitemonitor.amqp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Lanes<String> lanes = new Lanes<>();

    @Test
    void secondOfAKeyWaitsForTheFirst() {
        lanes.add("a", "a1");
        lanes.add("a", "a2");
        lanes.add("b", "b1");
        assertThat(lanes.poll(0)).isEqualTo("a1");
        assertThat(lanes.poll(0)).isEqualTo("b1");
        assertThat(lanes.poll(0)).isNull();
        lanes.retryAt("a1", 10);
        assertThat(lanes.nextDue()).isEqualTo(10);
        assertThat(lanes.poll(9)).isNull();
        assertThat(lanes.poll(10)).isEqualTo("a1");
        lanes.remove("a1");
        assertThat(lanes.poll(10)).isEqualTo("a2");
    }

    @Test
    void removingFromTheMiddleKeepsTheRest() {
        lanes.add("a", "a1");
        lanes.add("a", "a2");
        lanes.add("a", "a3");
        lanes.remove("a2");
        lanes.retryAt("a2", 0);
        assertThat(lanes.poll(0)).isEqualTo("a1");
        lanes.removeIf(item -> item.equals("a1"));
        assertThat(lanes.poll(0)).isEqualTo("a3");
        lanes.remove("a3");
        assertThat(lanes.isEmpty()).isTrue();
        assertThat(lanes.nextDue()).isEqualTo(Lanes.NEVER);
    }

    @Test
    void everyItemComesOutInTheOrderOfItsKeyWhateverHappens() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Lanes<String> tried = new Lanes<>();
            Map<String, Deque<String>> expected = new HashMap<>();
            List<String> out = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                String key = "k" + random.nextInt(3);
                String item = key + "-" + step;
                switch (random.nextInt(3)) {
                    case 0 -> {
                        tried.add(key, item);
                        expected.computeIfAbsent(key, k -> new ArrayDeque<>()).add(item);
                    }
                    case 1 -> settle(tried, tried.poll(step), random.nextInt(3), step, expected, out, seed);
                    default -> {
                        Deque<String> lane = expected.getOrDefault(key, new ArrayDeque<>());
                        if (!lane.isEmpty() && random.nextInt(4) == 0) {
                            tried.remove(lane.removeLast());
                        }
                    }
                }
            }
            for (String item = tried.poll(1_000); item != null; item = tried.poll(1_000)) {
                settle(tried, item, 0, 1_000, expected, out, seed);
            }
            assertThat(tried.isEmpty()).as("seed %d", seed).isTrue();
            assertThat(expected.values()).as("seed %d", seed).allMatch(Deque::isEmpty);
        }
    }

    private static void settle(
            Lanes<String> tried,
            String item,
            int how,
            int now,
            Map<String, Deque<String>> expected,
            List<String> out,
            long seed) {
        if (item == null) {
            return;
        }
        Deque<String> lane = expected.get(item.substring(0, 2));
        assertThat(item).as("seed %d", seed).isEqualTo(lane.peek());
        switch (how) {
            case 0 -> {
                tried.remove(item);
                out.add(lane.remove());
            }
            case 1 -> tried.retryAt(item, now + 5);
            default -> tried.retryNow(item);
        }
    }
}

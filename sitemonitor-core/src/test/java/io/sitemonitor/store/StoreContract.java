package io.sitemonitor.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every store does. */
@Timeout(120)
public abstract class StoreContract {

    /** The same place each time within one test, and an empty one at its beginning. */
    protected abstract Store store() throws Exception;

    protected final OpenStore open() throws Exception {
        return store().open("shop");
    }

    protected static Map<String, String> records(OpenStore store) throws IOException {
        Map<String, String> records = new LinkedHashMap<>();
        store.read((key, bytes) -> records.put(key, new String(bytes, UTF_8)));
        return records;
    }

    protected static Change put(String key, String text) {
        return Change.put(key, text.getBytes(UTF_8));
    }

    @Test
    void isThereAgainInTheOrderOfItsKeys() throws Exception {
        try (OpenStore store = open()) {
            assertThat(records(store)).isEmpty();
            store.write(List.of(put("b", "1"), put("a", "2"), put("\u0416", "\u2713")));
            store.write(List.of(put("b", "3"), Change.remove("a"), Change.remove("none")));
            store.write(List.of(put("a", "")));
            assertThat(records(store))
                    .containsExactly(Map.entry("b", "3"), Map.entry("\u0416", "\u2713"), Map.entry("a", ""));
        }
        for (int i = 0; i < 3; i++) {
            try (OpenStore store = open()) {
                assertThat(records(store))
                        .containsExactly(Map.entry("b", "3"), Map.entry("\u0416", "\u2713"), Map.entry("a", ""));
                assertThat(store.losses()).isEmpty();
            }
        }
    }

    @Test
    void monitorsShareNothing() throws Exception {
        Store store = store();
        List<String> names =
                List.of("shop", "Shop", "shop ", "Shop 2", "../shop", ".", "..", "a/b", "\u0416", "x'; drop--");
        List<OpenStore> all = new ArrayList<>();
        for (String name : names) {
            OpenStore open = store.open(name);
            all.add(open);
            open.write(List.of(put("name", name)));
        }
        all.forEach(OpenStore::close);
        for (String name : names) {
            try (OpenStore open = store.open(name)) {
                assertThat(records(open)).containsExactly(Map.entry("name", name));
            }
        }
    }

    @Test
    void belongsToOne() throws Exception {
        Store store = store();
        OpenStore first = store.open("shop");
        assertThatExceptionOfType(StoreTakenException.class)
                .isThrownBy(() -> store.open("shop"))
                .withMessageContaining("shop")
                .withMessageContaining(" in use");
        first.write(List.of(put("a", "1")));
        first.close();
        first.close();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> first.write(List.of(put("a", "2"))));
        try (OpenStore second = store.open("shop")) {
            assertThat(records(second)).containsExactly(Map.entry("a", "1"));
        }
    }

    @Test
    @DisplayName("Changes of one write count in their order, also those of one record")
    void changesCountInTheirOrder() throws Exception {
        try (OpenStore store = open()) {
            store.write(List.of(put("a", "1"), put("b", "1"), put("c", "1")));
            store.write(List.of(
                    put("a", "2"),
                    Change.remove("a"),
                    put("a", "3"),
                    put("a", "4"), // behind c now
                    put("b", "2"),
                    Change.remove("b"),
                    put("d", "1"),
                    Change.remove("d"),
                    put("e", "1"),
                    Change.remove("e"),
                    put("e", "2"),
                    put("c", "5"),
                    put("c", "6")));
            store.write(List.of());
        }
        try (OpenStore store = open()) {
            assertThat(records(store)).containsExactly(Map.entry("c", "6"), Map.entry("a", "4"), Map.entry("e", "2"));
        }
    }

    @Test
    void keepsWhateverMayBeKept() throws Exception {
        Map<String, byte[]> all = new LinkedHashMap<>();
        byte[] most = new byte[Change.MOST_BYTES];
        new Random(7).nextBytes(most);
        all.put("x".repeat(Change.LONGEST_KEY), most);
        all.put("\u0416".repeat(Change.LONGEST_KEY), new byte[] {0});
        all.put("\uD83D\uDE00".repeat(Change.LONGEST_KEY / 2), new byte[0]);
        for (String key : List.of("a", "A", "a ", " a", "\u00e4", "a\u0308", "a\0b", "a'b", "a\\", "%", "\n")) {
            all.put(key, key.getBytes(UTF_8));
        }
        List<Change> changes = new ArrayList<>();
        all.forEach((key, bytes) -> changes.add(Change.put(key, bytes)));
        try (OpenStore store = open()) {
            store.write(changes);
        }
        try (OpenStore store = open()) {
            Map<String, byte[]> found = new LinkedHashMap<>();
            store.read(found::put);
            assertThat(found.keySet()).containsExactlyElementsOf(all.keySet());
            all.forEach((key, bytes) -> assertThat(found.get(key)).isEqualTo(bytes));
            store.write(List.of(Change.remove("a")));
            assertThat(records(store)).containsKeys("A", "a ", " a").hasSize(all.size() - 1);
        }
    }

    @Test
    void manyAtOnce() throws Exception {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            changes.add(put("key" + i, "value" + i));
        }
        try (OpenStore store = open()) {
            store.write(changes);
            changes.clear();
            for (int i = 0; i < 3_000; i++) {
                changes.add(i % 3 == 0 ? Change.remove("key" + i) : put("key" + i, "later" + i));
            }
            store.write(changes);
        }
        try (OpenStore store = open()) {
            List<String> keys = new ArrayList<>(records(store).keySet());
            assertThat(keys).hasSize(2_000).startsWith("key1", "key2", "key4").endsWith("key2998", "key2999");
            assertThat(records(store)).containsEntry("key1", "later1");
        }
    }

    @Test
    @DisplayName("Whatever is written and removed, what is found is what a map would hold, in its order")
    void likeAMap() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, String> expected = new LinkedHashMap<>();
        for (int opened = 0; opened < 5; opened++) {
            try (OpenStore store = open()) {
                assertSame(records(store), expected, seed);
                for (int write = 0; write < 20; write++) {
                    store.write(random(random, expected));
                }
                assertSame(records(store), expected, seed);
            }
        }
    }

    private static List<Change> random(Random random, Map<String, String> expected) {
        List<Change> changes = new ArrayList<>();
        for (int i = random.nextInt(10); i >= 0; i--) {
            String key = "key" + random.nextInt(20);
            if (random.nextInt(3) == 0) {
                changes.add(Change.remove(key));
                expected.remove(key);
            } else {
                String text = "value" + random.nextInt();
                changes.add(put(key, text));
                expected.put(key, text);
            }
        }
        return changes;
    }

    private static void assertSame(Map<String, String> found, Map<String, String> expected, long seed) {
        assertThat(new ArrayList<>(found.entrySet()))
                .as("seed %d", seed)
                .isEqualTo(new ArrayList<>(expected.entrySet()));
    }
}

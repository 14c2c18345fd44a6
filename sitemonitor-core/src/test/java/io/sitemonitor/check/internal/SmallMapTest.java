package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A small immutable map that keeps its order. */
class SmallMapTest {

    @Test
    void isWhatWasPutInThatOrder() {
        SmallMap.Builder<Integer> builder = new SmallMap.Builder<>();
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            builder.put("key " + (i * 7) % 13, i);
            expected.put("key " + (i * 7) % 13, i);
        }
        Map<String, Integer> map = builder.build();

        assertThat(map).containsExactlyEntriesOf(expected).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(map.get("key 7")).isEqualTo(14);
        assertThat(map).containsKey("key 0").doesNotContainKey("key 13").doesNotContainKey(null);
        Map<String, Integer> walked = new LinkedHashMap<>();
        map.forEach(walked::put);
        assertThat(walked).containsExactlyEntriesOf(expected);
    }

    @Test
    void cannotBeChanged() {
        SmallMap.Builder<Integer> builder = new SmallMap.Builder<>();
        builder.put("one", 1);
        Map<String, Integer> map = builder.build();
        builder.put("one", 2);

        assertThat(map).containsExactly(Map.entry("one", 1));
        assertThatThrownBy(() -> map.put("two", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.remove("one")).isInstanceOf(UnsupportedOperationException.class);
        Iterator<Map.Entry<String, Integer>> entries = map.entrySet().iterator();
        assertThatThrownBy(() -> entries.next().setValue(2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void isCopiedOnlyIfAValueDoesNotFit() {
        Map<String, String> mine = new LinkedHashMap<>(Map.of("key", "value"));
        Map<String, String> copy = SmallMap.copyOf(mine, UnaryOperator.identity());
        mine.put("key", "other");

        assertThat(copy).containsExactly(Map.entry("key", "value"));
        assertThat(SmallMap.copyOf(copy, UnaryOperator.identity())).isSameAs(copy);
        assertThat(SmallMap.copyOf(copy, String::toUpperCase)).containsExactly(Map.entry("key", "VALUE"));
        assertThat(SmallMap.copyOf(Map.of(), UnaryOperator.identity())).isSameAs(Map.of());
    }

    @Test
    void takesNoNull() {
        SmallMap.Builder<String> builder = new SmallMap.Builder<>();
        assertThatThrownBy(() -> builder.put(null, "value"))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("key");
        assertThatThrownBy(() -> builder.put("key", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("value");
    }
}

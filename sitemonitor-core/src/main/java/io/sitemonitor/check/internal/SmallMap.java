package io.sitemonitor.check.internal;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map of a few entries in the order in which they were put, all in one array: the latest result of each check
 * is kept, so its size counts. It looks its keys up one by one.
 *
 * @param <V> the type of the values
 */
public final class SmallMap<V> extends AbstractMap<String, V> {

    private final Object[] entries;

    private SmallMap(Object[] entries) {
        this.entries = entries;
    }

    /**
     * Copies a map.
     *
     * @param map any map without null
     * @param each makes each value fit; a map that fits already is not copied
     * @param <V> the type of the values
     * @return an immutable map of the same order
     */
    public static <V> Map<String, V> copyOf(Map<String, V> map, UnaryOperator<V> each) {
        if (map.isEmpty()) {
            return Map.of();
        }
        if (map instanceof SmallMap<V> small && small.fits(each)) {
            return map;
        }
        Builder<V> builder = new Builder<>();
        map.forEach((key, value) -> builder.put(key, each.apply(value)));
        return builder.build();
    }

    private boolean fits(UnaryOperator<V> each) {
        for (int i = 0; i < entries.length; i += 2) {
            V value = value(i);
            if (each.apply(value) != value) {
                return false;
            }
        }
        return true;
    }

    private String key(int i) {
        return (String) entries[i];
    }

    @SuppressWarnings("unchecked") // the builder takes nothing else
    private V value(int i) {
        return (V) entries[i + 1];
    }

    @Override
    public int size() {
        return entries.length / 2;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        for (int i = 0; i < entries.length; i += 2) {
            if (key(i).equals(key)) {
                return value(i);
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super V> action) {
        for (int i = 0; i < entries.length; i += 2) {
            action.accept(key(i), value(i));
        }
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, V>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return SmallMap.this.size();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, V>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < entries.length;
        }

        @Override
        public Map.Entry<String, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            next += 2;
            return Map.entry(key(next - 2), value(next - 2));
        }
    }

    /**
     * Collects entries. For one thread.
     *
     * @param <V> the type of the values
     */
    public static final class Builder<V> {

        private @Nullable Object[] entries = new Object[8];
        private int size;

        /** Creates an empty builder. */
        public Builder() {}

        /**
         * Adds an entry, or replaces the value of its key.
         *
         * @param key the key
         * @param value the value
         */
        public void put(String key, V value) {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
            for (int i = 0; i < size; i += 2) {
                if (key.equals(entries[i])) {
                    entries[i + 1] = value;
                    return;
                }
            }
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, 2 * size);
            }
            entries[size] = key;
            entries[size + 1] = value;
            size += 2;
        }

        /**
         * Returns what has been put so far.
         *
         * @return an immutable map
         */
        @SuppressWarnings("NullAway") // what has been put is not null
        public Map<String, V> build() {
            return size == 0 ? Map.of() : new SmallMap<>(Arrays.copyOf(entries, size));
        }
    }
}

package io.sitemonitor.store.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes values one after the other; {@link RecordReader} reads them in the same order. For one thread. */
public final class RecordWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /**
     * Begins a record.
     *
     * @param version what tells a reader which values follow; from 0 to 127
     */
    public RecordWriter(int version) {
        bytes.write(version);
    }

    /**
     * Writes whether something holds.
     *
     * @param value whether it does
     * @return this
     */
    public RecordWriter flag(boolean value) {
        bytes.write(value ? 1 : 0);
        return this;
    }

    /**
     * Writes a number.
     *
     * @param value any number
     * @return this
     */
    public RecordWriter number(long value) {
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    /**
     * Writes a text.
     *
     * @param value any text
     * @return this
     */
    public RecordWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes bytes.
     *
     * @param value any bytes
     * @return this
     */
    public RecordWriter bytes(byte[] value) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
        bytes.writeBytes(value);
        return this;
    }

    /**
     * Writes a time, to the nanosecond.
     *
     * @param value any time
     * @return this
     */
    public RecordWriter time(Instant value) {
        return number(value.getEpochSecond()).number(value.getNano());
    }

    /**
     * Writes a duration, to the nanosecond.
     *
     * @param value any duration
     * @return this
     */
    public RecordWriter duration(Duration value) {
        return number(value.getSeconds()).number(value.getNano());
    }

    /**
     * Writes a constant by its name.
     *
     * @param value any constant
     * @return this
     */
    public RecordWriter constant(Enum<?> value) {
        return text(value.name());
    }

    /**
     * Writes what may be missing.
     *
     * @param value what is written, or null
     * @param how writes it
     * @param <T> its type
     * @return this
     */
    public <T> RecordWriter maybe(@Nullable T value, BiConsumer<RecordWriter, T> how) {
        flag(value != null);
        if (value != null) {
            how.accept(this, value);
        }
        return this;
    }

    /**
     * Writes several.
     *
     * @param values all of them, in this order
     * @param how writes one
     * @param <T> their type
     * @return this
     */
    public <T> RecordWriter each(Collection<T> values, Consumer<? super T> how) {
        number(values.size());
        values.forEach(how);
        return this;
    }

    /**
     * Ends the record.
     *
     * @return all that was written
     */
    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}

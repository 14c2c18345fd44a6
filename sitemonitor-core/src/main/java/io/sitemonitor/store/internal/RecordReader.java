package io.sitemonitor.store.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link RecordWriter} has written. Whatever does not fit is an {@link IllegalArgumentException}. For one thread.
 */
public final class RecordReader {

    private final ByteBuffer bytes;

    /**
     * Begins a record.
     *
     * @param record all of it
     * @param version the version that is understood
     */
    public RecordReader(byte[] record, int version) {
        bytes = ByteBuffer.wrap(record);
        int its = octet();
        if (its != version) {
            throw new IllegalArgumentException(
                    "record has version " + its + ", and only " + version + " is understood");
        }
    }

    private int octet() {
        return read(ByteBuffer::get);
    }

    private <T> T read(Function<ByteBuffer, T> how) {
        try {
            return how.apply(bytes);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("record ends too soon", e);
        }
    }

    /**
     * Reads whether something holds.
     *
     * @return whether it does
     */
    public boolean flag() {
        return octet() != 0;
    }

    /**
     * Reads a number.
     *
     * @return the number
     */
    public long number() {
        return read(ByteBuffer::getLong);
    }

    /**
     * Reads a number of things that follow.
     *
     * @return the number, which the record may hold
     */
    public int count() {
        long count = number();
        if (count < 0 || count > bytes.remaining()) {
            throw new IllegalArgumentException("record says that " + count + " values follow");
        }
        return (int) count;
    }

    /**
     * Reads a text.
     *
     * @return the text
     */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /**
     * Reads several texts.
     *
     * @return the texts, in the order in which they were written
     */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int count = count(); count > 0; count--) {
            texts.add(text());
        }
        return texts;
    }

    /**
     * Reads bytes.
     *
     * @return the bytes
     */
    public byte[] bytes() {
        int length = read(ByteBuffer::getInt);
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("record says that " + length + " bytes follow");
        }
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }

    /**
     * Reads a time.
     *
     * @return the time
     */
    public Instant time() {
        try {
            return Instant.ofEpochSecond(number(), number());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("record has a time that is none", e);
        }
    }

    /**
     * Reads a duration.
     *
     * @return the duration
     */
    public Duration duration() {
        try {
            return Duration.ofSeconds(number(), number());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("record has a duration that is none", e);
        }
    }

    /**
     * Reads a constant.
     *
     * @param type what it is one of
     * @param <E> the same
     * @return the constant
     */
    public <E extends Enum<E>> E constant(Class<E> type) {
        return Enum.valueOf(type, text());
    }

    /**
     * Reads what may be missing.
     *
     * @param how reads it
     * @param <T> its type
     * @return what was read, or null
     */
    public <T> @Nullable T maybe(Function<RecordReader, T> how) {
        return flag() ? how.apply(this) : null;
    }
}

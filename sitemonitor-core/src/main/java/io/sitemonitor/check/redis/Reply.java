package io.sitemonitor.check.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer of Redis. */
sealed interface Reply {

    /** A short text, such as {@code PONG}. */
    record Text(String text) implements Reply {}

    /** An error. */
    record Problem(String text) implements Reply {}

    /** A number. */
    record Number(long value) implements Reply {}

    /** A value of any length, or null if there is none. */
    record Bulk(@Nullable String text) implements Reply {}

    /** A list of answers, empty also if there is none. */
    record Array(List<Reply> items) implements Reply {}
}

package io.sitemonitor.schedule;

import java.time.Instant;

/**
 * A span of time.
 *
 * @param start its first moment
 * @param end the first moment after it
 */
public record Span(Instant start, Instant end) {}

package io.sitemonitor.schedule.internal;

import io.sitemonitor.schedule.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Spans of time, one after the other, none of which touches the next. */
public sealed interface Spans {

    /**
     * Returns the span in force.
     *
     * @param moment any moment
     * @return the span that {@code moment} lies in; null if it lies in none
     */
    @Nullable
    Span at(Instant moment);

    /**
     * Returns the next one.
     *
     * @param moment any moment
     * @return the first span that begins after {@code moment}; null if there is none
     */
    @Nullable
    Span next(Instant moment);

    /**
     * A single one.
     *
     * @param span the span
     */
    record Once(Span span) implements Spans {

        @Override
        public @Nullable Span at(Instant moment) {
            return span.contains(moment) ? span : null;
        }

        @Override
        public @Nullable Span next(Instant moment) {
            return span.start().isAfter(moment) ? span : null;
        }

        @Override
        public String toString() {
            return "once from " + span.start() + " to " + span.end();
        }
    }

    /**
     * What repeats itself. Occurrences that overlap or touch are one span; of a chain without end it is a piece.
     *
     * @param occurrences what comes again and again
     */
    record Repeated(Occurrences occurrences) implements Spans {

        /** How many occurrences are joined each way: more than the days of a quarter, few enough to be quick. */
        static final int MAX_JOINED = 100;

        /** Creates spans. */
        public Repeated {
            Objects.requireNonNull(occurrences, "occurrences");
        }

        @Override
        public @Nullable Span at(Instant moment) {
            if (moment.isBefore(LocalTimes.FIRST) || moment.isAfter(LocalTimes.LAST)) {
                return null;
            }
            Span found = occurrences.next(moment.minus(occurrences.longest()));
            while (found != null && !found.start().isAfter(moment)) {
                if (found.contains(moment)) {
                    return new Span(beginning(found.start()), ending(found));
                }
                found = occurrences.next(found.start());
            }
            return null;
        }

        @Override
        public @Nullable Span next(Instant moment) {
            Span current = at(moment);
            if (current == null) {
                Span next = occurrences.next(moment);
                return next == null ? null : new Span(next.start(), ending(next));
            }
            Span rest = at(current.end());
            return rest == null ? next(current.end()) : new Span(current.end(), rest.end());
        }

        /** Goes back as long as something lasts until the beginning found so far. */
        private Instant beginning(Instant start) {
            Instant first = start;
            for (int joined = 0; joined < MAX_JOINED; joined++) {
                Span earlier = lastingUntil(first);
                if (earlier == null) {
                    return first;
                }
                first = earlier.start();
            }
            return first;
        }

        /** The longest step back. */
        private @Nullable Span lastingUntil(Instant start) {
            Span found = occurrences.next(start.minus(occurrences.longest()).minusNanos(1));
            while (found != null && found.start().isBefore(start)) {
                if (!found.end().isBefore(start)) {
                    return found;
                }
                found = occurrences.next(found.start());
            }
            return null;
        }

        private Instant ending(Span first) {
            Instant end = first.end();
            Span next = occurrences.next(first.start());
            for (int joined = 0; next != null && !next.start().isAfter(end) && joined < MAX_JOINED; joined++) {
                end = next.end().isAfter(end) ? next.end() : end;
                next = occurrences.next(next.start());
            }
            return end;
        }

        @Override
        public String toString() {
            return occurrences.toString();
        }
    }

    /** What comes again and again, each time for itself, in the order in which it begins. */
    sealed interface Occurrences {

        /** Returns the first one that begins after a moment; null if there is none up to the year 9999. */
        @Nullable
        Span next(Instant moment);

        /** Returns a time that none of them is longer than. */
        Duration longest();
    }

    /**
     * The same times of day on some days.
     *
     * @param starts when they begin
     * @param to the time of day at which they end; on the next day unless it is after that at which they begin
     */
    record OnDays(Times.OnDays starts, LocalTime to) implements Occurrences {

        /** Creates occurrences. */
        public OnDays {
            Objects.requireNonNull(to, "to");
            if (to.equals(starts.time())) {
                throw new IllegalArgumentException("from and to must not be the same time, but both were " + to);
            }
        }

        @Override
        public @Nullable Span next(Instant moment) {
            Instant from = LocalTimes.inCalendar(moment);
            if (from == null) {
                return null;
            }
            LocalDate day = starts.dayAfter(from);
            while (true) {
                Instant start = starts.start(day);
                Instant end = end(day);
                if (end.isAfter(start)) {
                    return new Span(start, end);
                }
                day = starts.days().atOrAfter(day.plusDays(1));
            }
        }

        private Instant end(LocalDate day) {
            LocalDate last = to.isAfter(starts.time()) ? day : day.plusDays(1);
            return LocalTimes.finallyReached(last.atTime(to), starts.zone().getRules());
        }

        /** What the clock says, and a whole day that a change of it may repeat. */
        @Override
        public Duration longest() {
            Duration shown = Duration.between(starts.time(), to);
            return shown.plusDays(shown.isNegative() ? 2 : 1);
        }

        @Override
        public String toString() {
            return starts.days() + " from " + starts.time() + " to " + to + " in " + starts.zone();
        }
    }

    /**
     * The same real length of time from each moment of a calendar on.
     *
     * @param starts when they begin
     * @param length how long each of them is, from {@link #SHORTEST} to {@link #LONGEST}
     */
    record OfLength(Times starts, Duration length) implements Occurrences {

        static final Duration SHORTEST = Duration.ofSeconds(1);
        static final Duration LONGEST = Duration.ofDays(366);

        /** Creates occurrences. */
        public OfLength {
            Objects.requireNonNull(starts, "starts");
            Objects.requireNonNull(length, "length");
            if (length.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException("length must be at least " + SHORTEST + ", but was " + length);
            }
            if (length.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("length must be at most " + LONGEST + ", but was " + length);
            }
        }

        @Override
        public @Nullable Span next(Instant moment) {
            Instant start = starts.nextAfter(moment);
            return start == null ? null : new Span(start, start.plus(length));
        }

        @Override
        public Duration longest() {
            return length;
        }

        @Override
        public String toString() {
            return starts + " for " + length;
        }
    }
}

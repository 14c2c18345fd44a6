package io.sitemonitor.check.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an answer must be like; no status range means the usual ones. */
record Judgement(
        List<StatusRange> statuses,
        List<BodyExpectation> bodies,
        @Nullable Duration warnAbove,
        @Nullable Duration failAbove) {

    static final Judgement USUAL = new Judgement(List.of(), List.of(), null, null);

    private static final int MAX_ENTRIES = 32;

    /** The status codes from {@code first} to {@code last}. */
    record StatusRange(int first, int last) {
        StatusRange {
            requireStatus(first);
            requireStatus(last);
            if (first > last) {
                throw new IllegalArgumentException(
                        "expectStatus must begin with the lower status, but was " + first + " to " + last);
            }
        }

        private static void requireStatus(int status) {
            if (status < 100 || status > 599) {
                throw new IllegalArgumentException("expectStatus must be from 100 to 599, but was " + status);
            }
        }
    }

    Judgement {
        if (statuses.size() > MAX_ENTRIES || bodies.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "an HTTP check can have at most " + MAX_ENTRIES + " expectations of a kind");
        }
        if (warnAbove != null && failAbove != null && warnAbove.compareTo(failAbove) >= 0) {
            throw new IllegalStateException(
                    "warnAbove must be less than failAbove, but they were " + warnAbove + " and " + failAbove);
        }
    }

    Judgement with(StatusRange range) {
        return new Judgement(append(statuses, range), bodies, warnAbove, failAbove);
    }

    Judgement with(BodyExpectation body) {
        return new Judgement(
                statuses, append(bodies, Objects.requireNonNull(body, "expectation")), warnAbove, failAbove);
    }

    Judgement warn(Duration limit) {
        return new Judgement(statuses, bodies, limit, failAbove);
    }

    Judgement fail(Duration limit) {
        return new Judgement(statuses, bodies, warnAbove, limit);
    }

    /** Tells whether a status was asked for by name, so that such an answer is the end of the way even if it redirects. */
    boolean names(int status) {
        for (StatusRange range : statuses) {
            if (range.first() <= status && status <= range.last()) {
                return true;
            }
        }
        return false;
    }

    boolean accepts(int status, boolean redirectsFollowed) {
        if (!statuses.isEmpty()) {
            return names(status);
        }
        return status >= 200 && status < (redirectsFollowed ? 300 : 400);
    }

    private static <T> List<T> append(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return List.copyOf(longer);
    }
}

package io.sitemonitor.check.http;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.LatencyLimits;
import java.util.List;

/** What an answer must be like; no status range means the usual ones. */
record Judgement(
        List<StatusRange> statuses,
        List<Expectation<? super String>> bodies,
        List<Expectation<? super HttpAnswer>> answers,
        LatencyLimits latency) {

    static final Judgement USUAL = new Judgement(List.of(), List.of(), List.of(), LatencyLimits.NONE);

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

    Judgement with(StatusRange range) {
        return new Judgement(Expectations.append(statuses, range), bodies, answers, latency);
    }

    Judgement body(Expectation<? super String> body) {
        return new Judgement(statuses, Expectations.append(bodies, body), answers, latency);
    }

    Judgement answer(Expectation<? super HttpAnswer> answer) {
        return new Judgement(statuses, bodies, Expectations.append(answers, answer), latency);
    }

    Judgement latency(LatencyLimits limits) {
        return new Judgement(statuses, bodies, answers, limits);
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
}

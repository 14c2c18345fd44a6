package io.sitemonitor.check.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far a run goes. */
record Limits(int redirects, @Nullable Duration connectTimeout, int maxBody, boolean otherAddress) {

    /** How much of a body is read that nobody judges, in bytes. */
    static final int UNJUDGED = 64 * 1024;

    /** How much of a body is read to show its beginning when the answer is not as expected, in bytes. */
    static final int SHOWN = 4 * 1024;

    static final Limits USUAL = new Limits(HttpCheck.DEFAULT_REDIRECTS, null, HttpCheck.DEFAULT_MAX_BODY, false);

    Limits {
        if (redirects < 0 || redirects > HttpCheck.MOST_REDIRECTS) {
            throw new IllegalArgumentException(
                    "followRedirects must be from 0 to " + HttpCheck.MOST_REDIRECTS + ", but was " + redirects);
        }
    }

    Limits redirects(int max) {
        return new Limits(max, connectTimeout, maxBody, otherAddress);
    }

    Limits connectTimeout(Duration limit) {
        return new Limits(redirects, limit, maxBody, otherAddress);
    }

    Limits maxBody(long bytes) {
        if (bytes < 1 || bytes > HttpCheck.LARGEST_MAX_BODY) {
            throw new IllegalArgumentException(
                    "maxBody must be from 1 to " + HttpCheck.LARGEST_MAX_BODY + " bytes, but was " + bytes);
        }
        return new Limits(redirects, connectTimeout, (int) bytes, otherAddress);
    }

    Limits confirmed() {
        return new Limits(redirects, connectTimeout, maxBody, true);
    }
}

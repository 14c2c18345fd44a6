package io.sitemonitor.check.http;

/** How far a run goes. */
record Limits(int redirects, boolean sameOrigin, int maxBody) {

    /** How much of a body is read that nobody judges, in bytes. */
    static final int UNJUDGED = 64 * 1024;

    /** How much of a body is read to show its beginning when the answer is not as expected, in bytes. */
    static final int SHOWN = 4 * 1024;

    /** How much more than the body may come over the wire: heads, and what packing adds. */
    private static final long WIRE_EXTRA = 1024 * 1024;

    static final Limits USUAL = new Limits(HttpCheck.DEFAULT_REDIRECTS, false, HttpCheck.DEFAULT_MAX_BODY);

    Limits {
        if (redirects < 0 || redirects > HttpCheck.MOST_REDIRECTS) {
            throw new IllegalArgumentException(
                    "followRedirects must be from 0 to " + HttpCheck.MOST_REDIRECTS + ", but was " + redirects);
        }
    }

    Limits redirects(int max) {
        return new Limits(max, sameOrigin, maxBody);
    }

    Limits sameOriginRedirects() {
        return new Limits(redirects == 0 ? HttpCheck.DEFAULT_REDIRECTS : redirects, true, maxBody);
    }

    Limits maxBody(long bytes) {
        if (bytes < 1 || bytes > HttpCheck.LARGEST_MAX_BODY) {
            throw new IllegalArgumentException(
                    "maxBody must be from 1 to " + HttpCheck.LARGEST_MAX_BODY + " bytes, but was " + bytes);
        }
        return new Limits(redirects, sameOrigin, (int) bytes);
    }

    /** How many bytes may come over one connection. */
    long maxWire() {
        return Math.max(maxBody, UNJUDGED) + WIRE_EXTRA;
    }
}

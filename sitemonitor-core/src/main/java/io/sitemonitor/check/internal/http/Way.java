package io.sitemonitor.check.internal.http;

import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.internal.LatencyLimits;
import io.sitemonitor.check.internal.Wording;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which way the requests of a check go, and how long it may take.
 *
 * @param family which addresses to take
 * @param resolver whom to ask for addresses; null for the system
 * @param connectTimeout the longest time for one address; null for its share of what is left
 * @param tls whom to trust, and what to show
 * @param latency how long it may take
 */
public record Way(
        IpFamily family,
        @Nullable Resolver resolver,
        @Nullable Duration connectTimeout,
        TlsSettings tls,
        LatencyLimits latency) {

    /** Every option at its default. */
    public static final Way USUAL = new Way(IpFamily.EITHER, null, null, TlsSettings.system(), LatencyLimits.NONE);

    /**
     * Takes other addresses.
     *
     * @param other which
     * @return a copy
     */
    public Way family(IpFamily other) {
        return new Way(Objects.requireNonNull(other, "family"), resolver, connectTimeout, tls, latency);
    }

    /**
     * Asks somebody else for addresses.
     *
     * @param other whom to ask
     * @return a copy
     */
    public Way resolver(Resolver other) {
        return new Way(family, Objects.requireNonNull(other, "resolver"), connectTimeout, tls, latency);
    }

    /**
     * Gives up on an address sooner.
     *
     * @param limit the longest time for one address, from 1 millisecond to 1 hour
     * @return a copy
     * @throws IllegalArgumentException if the limit is outside its range
     */
    public Way connectTimeout(Duration limit) {
        return new Way(family, resolver, Wording.requireLimit("connectTimeout", limit), tls, latency);
    }

    /**
     * Speaks TLS otherwise.
     *
     * @param other whom to trust, and what to show
     * @return a copy
     */
    public Way tls(TlsSettings other) {
        return new Way(family, resolver, connectTimeout, Objects.requireNonNull(other, "settings"), latency);
    }

    /**
     * Takes longer or shorter.
     *
     * @param limits how long it may take
     * @return a copy
     */
    public Way latency(LatencyLimits limits) {
        return new Way(family, resolver, connectTimeout, tls, limits);
    }
}

package io.sitemonitor.check.rdap;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.internal.http.Way;
import io.sitemonitor.check.internal.http.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Passes if a domain is registered for a while yet, as its registry says by RDAP (RFC 9083).
 *
 * <pre>{@code
 * DomainExpiryCheck.forDomain("shop.example").expectNameServers("ns1.dns.example", "ns2.dns.example")
 * }</pre>
 *
 * <p>Registries count requests and refuse those who ask often, and what they say changes rarely: run it a few times a day,
 * such as {@code every(ofHours(8))}, with a {@code retryEvery} of half an hour or so.
 *
 * <p>The registry is looked up in the list that IANA keeps (RFC 9224). What it says of this domain is kept in memory by the
 * check, and by the copies made of it, for a day; if the list cannot be had then, what is kept goes on to be used. Nothing else is
 * kept from one run to the next. Registries that are not in the list, as those of some countries, cannot be asked: the
 * result is {@code INCONCLUSIVE}.
 *
 * <p><b>Time:</b> the timeout of the run bounds all of it, the list and redirects included. <b>Memory:</b> an answer of more than
 * 256 KiB fails with {@code TOO_LARGE}; a list of more than 512 KiB counts as one that cannot be had.
 *
 * <p><b>Failure:</b> {@code STATUS} (the domain is not registered; it is in one of the states {@code redemption period},
 * {@code pending restore}, {@code pending delete}, {@code client hold}, {@code server hold} or {@code inactive}, in which it is not
 * in the DNS or about to leave it; the registry answers with another status of HTTP than 200), {@code ASSERTION} (it expires soon or has
 * expired, or an expectation does not hold), {@code DNS}, {@code CONNECT}, {@code TLS}, {@code TIMEOUT}, {@code PROTOCOL} (an
 * answer that is none of RDAP or about something else; more than 5 redirects, or one to plain text), {@code TOO_LARGE},
 * {@code REFUSED_BY_POLICY}. It is {@code INCONCLUSIVE} if the registry does not say when the registration expires, or
 * has been asked too often (429), or if the list of registries cannot be had. <b>Evidence:</b> the address
 * connected to; the phases {@code dns}, {@code connect}, {@code tls}, {@code firstByte} and {@code body}, each added up over
 * all requests; the facts {@code server} (the name of the registry's server), {@code http} (the status of the answer), {@code expires}, {@code registrar}, {@code
 * status}, {@code nameServers}, {@code retry-after}, and {@code certificate} if a request fails.
 *
 * <p><b>Retry-After:</b> if an answer with 429 or 503 asks to be left alone, the engine is told so.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class DomainExpiryCheck implements Check {

    /** Where IANA keeps the list of registries. */
    public static final String BOOTSTRAP = "https://data.iana.org/rdap/dns.json";

    /** How long before its end a registration warns unless {@link #warnBefore} says otherwise. */
    public static final Duration DEFAULT_WARN_BEFORE = Duration.ofDays(30);

    /** How long before its end a registration fails unless {@link #failBefore} says otherwise. */
    public static final Duration DEFAULT_FAIL_BEFORE = Duration.ofDays(7);

    private final Settings settings;
    private final Way way;
    private final Wire wire;
    private final Bootstrap bootstrap;

    private DomainExpiryCheck(Settings settings, Way way, Wire wire, Bootstrap bootstrap) {
        this.settings = settings;
        this.way = way;
        this.wire = wire;
        this.bootstrap = bootstrap;
    }

    /**
     * Checks a domain.
     *
     * @param domain its name as it is registered, such as {@code shop.example}, not {@code www.shop.example}; letters
     *     beyond ASCII are encoded as registries have them
     * @return the check
     * @throws IllegalArgumentException if it is no name of a domain
     */
    public static DomainExpiryCheck forDomain(String domain) {
        return new DomainExpiryCheck(Settings.of(domain), Way.USUAL, Wire.shared(), new Bootstrap());
    }

    /**
     * Asks this server, and not the one that the list of registries has.
     *
     * <p>Default: the one of the list.
     *
     * @param url its address, to which {@code domain/} and the name are appended, such as {@code https://rdap.example/v1/}
     * @return a copy that asks it
     * @throws IllegalArgumentException if that is no address of {@code https://} or {@code http://}, or it has user, query
     *     or fragment, or more than 2,000 characters
     */
    public DomainExpiryCheck server(String url) {
        return with(settings.server(url));
    }

    /**
     * Gets the list of registries from here, such as a mirror of one's own. Without effect with {@link #server}.
     *
     * <p>Default: {@value #BOOTSTRAP}.
     *
     * @param url the address of a document as RFC 9224 has it
     * @return a copy that does
     * @throws IllegalArgumentException if that is no such address as {@link #server} takes
     */
    public DomainExpiryCheck bootstrap(String url) {
        return new DomainExpiryCheck(settings.bootstrap(url), way, wire, new Bootstrap());
    }

    /**
     * Warns if the registration ends sooner than this.
     *
     * <p>Default: 30 days; from zero, which never warns, to 3650 days.
     *
     * @param left the shortest time without a warning
     * @return a copy with that time
     * @throws IllegalArgumentException if the time is outside its range
     * @throws IllegalStateException if it is not more than {@link #failBefore}, and not zero
     */
    public DomainExpiryCheck warnBefore(Duration left) {
        return with(settings.limits(left, settings.failBefore()));
    }

    /**
     * Fails with {@code ASSERTION} if the registration ends sooner than this.
     *
     * <p>Default: 7 days; from zero, which fails once it has ended, to 3650 days.
     *
     * @param left the shortest time without a failure
     * @return a copy with that time
     * @throws IllegalArgumentException if the time is outside its range
     * @throws IllegalStateException if it is not less than {@link #warnBefore}, unless that is zero
     */
    public DomainExpiryCheck failBefore(Duration left) {
        return with(settings.limits(settings.warnBefore(), left));
    }

    /**
     * Expects something of the name of the registrar, to notice that the domain was moved. Several expectations add up: all of
     * them must hold. A registry that names none makes the result {@code INCONCLUSIVE}.
     *
     * @param expectation what is expected, such as {@link io.sitemonitor.check.TextExpectation#containing}
     * @return a copy that expects it
     * @throws IllegalArgumentException if there are more than 32 expectations
     */
    public DomainExpiryCheck expectRegistrar(Expectation<? super String> expectation) {
        return with(settings.registrar(expectation));
    }

    /**
     * Expects that the name servers are these and no others, in any order and spelling. The last call is the one that
     * counts.
     *
     * @param name the name of a server
     * @param more the names of all others
     * @return a copy that expects it
     * @throws IllegalArgumentException if one is no name
     */
    public DomainExpiryCheck expectNameServers(String name, String... more) {
        return with(settings.nameServers(name, more));
    }

    /**
     * Expects that the domain is in a state, such as {@code client transfer prohibited}, which is how a lock is called. Several
     * expectations add up: all of them must hold. A state that fails otherwise does not, if it is expected.
     *
     * @param status the state as RDAP has it, in any case
     * @return a copy that expects it
     * @throws IllegalArgumentException if it is empty, longer than 100 characters or holds control characters, or there
     *     are more than 32 expectations
     */
    public DomainExpiryCheck expectStatus(String status) {
        return with(settings.status(status));
    }

    /**
     * Says whom to trust and what certificate to show.
     *
     * <p>Default: {@link TlsSettings#system()}.
     *
     * @param settings whom to trust, and what to show
     * @return a copy that does
     */
    public DomainExpiryCheck tls(TlsSettings settings) {
        Wire other = settings.equals(TlsSettings.system())
                ? Wire.shared()
                : Wire.of(List.of(Protocol.HTTP_1_1), settings, null);
        return new DomainExpiryCheck(this.settings, way.tls(settings), other, bootstrap);
    }

    /**
     * Connects over one version of the Internet Protocol only.
     *
     * <p>Default: {@link IpFamily#EITHER}.
     *
     * @param family which
     * @return a copy that does
     */
    public DomainExpiryCheck family(IpFamily family) {
        return with(way.family(family));
    }

    /**
     * Asks somebody else than the system for the addresses of servers.
     *
     * <p>Default: the system.
     *
     * @param resolver whom to ask
     * @return a copy that asks it
     */
    public DomainExpiryCheck resolver(Resolver resolver) {
        return with(way.resolver(resolver));
    }

    /**
     * Gives up on an address that does not accept a connection in this time; the next one of the name is tried then.
     *
     * <p>Default: each address gets a fair share of what is left of the run's timeout; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time for one address
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     */
    public DomainExpiryCheck connectTimeout(Duration limit) {
        return with(way.connectTimeout(limit));
    }

    private DomainExpiryCheck with(Settings other) {
        return new DomainExpiryCheck(other, way, wire, bootstrap);
    }

    private DomainExpiryCheck with(Way other) {
        return new DomainExpiryCheck(settings, other, wire, bootstrap);
    }

    @Override
    public CheckResult run(CheckContext context) {
        return new ExpiryRun(settings, way, wire, bootstrap, context).run();
    }

    @Override
    public String kind() {
        return "domain";
    }

    /**
     * Returns the domain.
     *
     * @return its name in lower case, with what is not ASCII encoded
     */
    @Override
    public String target() {
        return settings.domain();
    }

    /**
     * Returns the host of {@link #server}, if one is named.
     *
     * @return the host in lower case, or null if the registry is looked up
     */
    @Override
    public @Nullable String host() {
        HttpUrl server = settings.server();
        return server == null ? null : server.host();
    }

    @Override
    public boolean isInsecure() {
        return way.tls().isInsecure();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DomainExpiryCheck that && settings.equals(that.settings) && way.equals(that.way);
    }

    @Override
    public int hashCode() {
        return Objects.hash(settings, way);
    }

    /** Returns the kind in capital letters, and the domain. */
    @Override
    public String toString() {
        return "DOMAIN " + target();
    }
}

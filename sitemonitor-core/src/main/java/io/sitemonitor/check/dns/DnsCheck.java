package io.sitemonitor.check.dns;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.internal.Endpoint;
import io.sitemonitor.check.internal.LatencyLimits;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Passes if a name server answers a question as expected. Needs {@code dnsjava:dnsjava} on the class path.
 *
 * <pre>{@code
 * DnsCheck.lookup("shop.example", RecordType.MX)
 *         .server("192.0.2.53").server("198.51.100.53")
 *         .expectRecords("10 mail.shop.example.")
 *         .expectAgreement()
 * }</pre>
 *
 * <p>Each run asks anew: nothing is taken from a cache of this process. It asks over UDP, again after a quarter and after
 * half of its time if there is no answer, and over TCP if the answer does not fit. An answer with another number or to
 * another question is ignored: it is not from the server that was asked. Within an answer, aliases ({@code CNAME}) of the
 * name are followed; records of other names do not count.
 *
 * <p><b>Several servers:</b> they are asked in turn until one answers, each for its share of the time; the facts
 * {@code server1} and so on tell who does not. With {@link #expectAgreement} or {@link #expectSerialsAgree} all of them are
 * asked.
 *
 * <p><b>Records</b> are compared as text in the form that {@link RecordType} shows, each once and in the order of their
 * texts. What is expected may be written in any way that a zone file knows: a name without the dot at its end, in any
 * letters, an address in any spelling.
 *
 * <p><b>Time:</b> the timeout of the run bounds all of it. <b>Memory:</b> an answer has at most 64 KiB; one of more than
 * 1,000 records, or whose records are texts of more than 131,072 characters, is {@code TOO_LARGE}.
 *
 * <p><b>Failure:</b> {@code DNS} (no such name, no such record, or the server says that it cannot or will not answer),
 * {@code CONNECT} (nobody listens at the port of the server, or there is no way there), {@code TIMEOUT} (no answer), {@code
 * PROTOCOL} (an answer that cannot be read, that breaks off, or whose aliases lead in a circle), {@code ASSERTION} (an
 * answer that is not as expected, or the latency), {@code TOO_LARGE}, {@code REFUSED_BY_POLICY}, of the address of the
 * server.
 *
 * <p><b>Evidence:</b> the address of the server; the phases {@code dns} (if a server is given by its name) and {@code
 * exchange}; the facts {@code code} such as {@code NXDOMAIN}, {@code records}, {@code ttl} (the shortest), {@code alias}
 * (the name at the end of the aliases) and {@code over} ({@code UDP} or {@code TCP}). Of several servers that must agree they
 * are those of the first, or of one that is not as expected, and {@code server1} and so on tell what each says.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. Of dnsjava only what reads and writes messages is used; no
 * thread of its own is started.
 */
public final class DnsCheck implements Check {

    /** The most servers that a check takes. */
    public static final int MOST_SERVERS = 16;

    /** The port of a server unless another is given. */
    public static final int DEFAULT_PORT = 53;

    private static final String NEEDED = "org.xbill.DNS.Message";

    private final DnsQuestion question;
    private final DnsServers servers;
    private final DnsExpectations expectations;
    private final LatencyLimits latency;

    private DnsCheck(DnsQuestion question, DnsServers servers, DnsExpectations expectations, LatencyLimits latency) {
        this.question = question;
        this.servers = servers;
        this.expectations = expectations;
        this.latency = latency;
    }

    /**
     * Looks up records of a name. Without further options the run passes if there is one.
     *
     * @param name the name, with or without a dot at its end; nothing is added to it. For {@link RecordType#PTR} an address
     *     will do as well
     * @param type the type of the records
     * @return the check
     * @throws IllegalArgumentException if DNS can have no such name
     * @throws IllegalStateException if {@code dnsjava:dnsjava} is not on the class path
     */
    public static DnsCheck lookup(String name, RecordType type) {
        try {
            Class.forName(NEEDED, false, DnsCheck.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException("DnsCheck needs dnsjava:dnsjava on the class path", e);
        }
        return new DnsCheck(DnsQuestion.of(name, type), DnsServers.SYSTEM, DnsExpectations.USUAL, LatencyLimits.NONE);
    }

    /**
     * Asks this server at port 53. Calls add up.
     *
     * <p>Default: the servers that this machine is set up to use.
     *
     * @param host an address of IPv4 or IPv6, with or without brackets, or a name
     * @return a copy that asks it
     * @throws IllegalArgumentException if the host is none, or there are more than 16 servers
     */
    public DnsCheck server(String host) {
        return server(host, DEFAULT_PORT);
    }

    /**
     * Asks this server. Calls add up.
     *
     * <p>Default: the servers that this machine is set up to use.
     *
     * @param host an address of IPv4 or IPv6, with or without brackets, or a name
     * @param port the port, from 1 to 65535
     * @return a copy that asks it
     * @throws IllegalArgumentException if host or port are none, or there are more than 16 servers
     */
    public DnsCheck server(String host, int port) {
        return with(servers.and(Endpoint.of(host, port)));
    }

    /**
     * Asks over TCP from the beginning.
     *
     * <p>Default: over UDP, and over TCP what does not fit.
     *
     * @return a copy that does
     */
    public DnsCheck overTcp() {
        return with(servers.tcp());
    }

    /**
     * Expects something of the records. Several expectations add up: all of them must hold. They are not asked if there is
     * no record, which is a failure of its own.
     *
     * @param expectation what is expected of their texts, in the form that {@link RecordType} shows
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there are more than 32 expectations
     * @throws IllegalStateException if no records are expected
     */
    public DnsCheck expectAnswer(Expectation<? super List<String>> expectation) {
        return with(expectations.records(expectation));
    }

    /**
     * Expects exactly these records, in any order. Records of type {@code TXT} must be the same to the letter, others in
     * meaning.
     *
     * @param records all of them, as {@link RecordType} shows them
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there is none, or one is no record of the type
     * @throws IllegalStateException if no records are expected
     */
    public DnsCheck expectRecords(String... records) {
        return expectAnswer(
                new RecordExpectation.Exactly(RecordText.canonical("expectRecords", question.type(), records)));
    }

    /**
     * Expects at least one of these records, whatever others there are.
     *
     * @param records some of them, as {@link RecordType} shows them
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there is none, or one is no record of the type
     * @throws IllegalStateException if no records are expected
     */
    public DnsCheck expectAnyOf(String... records) {
        return expectAnswer(new RecordExpectation.AnyOf(RecordText.canonical("expectAnyOf", question.type(), records)));
    }

    /**
     * Expects that the records may be kept for so long. A server that keeps them itself counts down, so the lower limit is
     * for servers that are authoritative.
     *
     * <p>Default: any time.
     *
     * @param shortest the least, in whole seconds, from zero
     * @param longest the most, in whole seconds, to 2,147,483,647
     * @return a copy with that expectation
     * @throws IllegalArgumentException if one is outside its range, or the shortest is longer than the longest
     * @throws IllegalStateException if no records are expected
     */
    public DnsCheck expectTtl(Duration shortest, Duration longest) {
        return with(expectations.ttl(
                Objects.requireNonNull(shortest, "shortest"), Objects.requireNonNull(longest, "longest")));
    }

    /**
     * Expects that there is no such name: {@code NXDOMAIN}. Anything else fails with {@code ASSERTION}.
     *
     * @return a copy with that expectation
     * @throws IllegalStateException if something is expected of the records
     */
    public DnsCheck expectNoSuchName() {
        return expectCode(ResponseCode.NXDOMAIN);
    }

    /**
     * Expects that the name exists and has no records of the type.
     *
     * @return a copy with that expectation
     * @throws IllegalStateException if something is expected of the records, or another code
     */
    public DnsCheck expectNoRecords() {
        return with(expectations.empty());
    }

    /**
     * Expects that the server says this about the question as a whole. Anything else fails with {@code ASSERTION}.
     *
     * <p>Default {@link ResponseCode#NOERROR}; then anything else fails with {@code DNS}.
     *
     * @param code what it must say
     * @return a copy with that expectation
     * @throws IllegalStateException if something is expected of the records, which only {@code NOERROR} can have
     */
    public DnsCheck expectCode(ResponseCode code) {
        return with(expectations.code(Objects.requireNonNull(code, "code")));
    }

    /**
     * Expects that the server is authoritative: that it knows the answer of itself and not from others.
     *
     * <p>Default: whether or not.
     *
     * @return a copy with that expectation
     */
    public DnsCheck expectAuthoritative() {
        return with(expectations.authoritative());
    }

    /**
     * Expects that the server says to have verified the signatures of the answer (DNSSEC). They are not verified here, so
     * this is worth as much as the server and the way there.
     *
     * <p>Default: whether or not.
     *
     * @return a copy with that expectation
     */
    public DnsCheck expectAuthenticated() {
        return with(expectations.authenticated());
    }

    /**
     * Asks all servers that have been named, each for its share of the time, and expects the same records from all.
     * Otherwise the run fails with {@code ASSERTION}, and with the kind of the failure if a server does not answer.
     *
     * <p>Default: they are asked in turn until one answers.
     *
     * @return a copy with that expectation
     * @throws IllegalStateException if fewer than two servers have been named before
     */
    public DnsCheck expectAgreement() {
        return with(servers.agreeing("expectAgreement", Agreement.RECORDS));
    }

    /**
     * Asks all servers that have been named, each for its share of the time, and expects the same serial of the zone from
     * all: that each has the latest version. Otherwise the run fails with {@code ASSERTION}, and with the kind of the
     * failure if a server does not answer.
     *
     * <p>Default: they are asked in turn until one answers.
     *
     * @return a copy with that expectation
     * @throws IllegalStateException if fewer than two servers have been named before, or the type is not {@code SOA}
     */
    public DnsCheck expectSerialsAgree() {
        if (question.type() != RecordType.SOA) {
            throw new IllegalStateException(
                    "expectSerialsAgree is about records of type SOA, but the check asks for " + question.type());
        }
        return with(servers.agreeing("expectSerialsAgree", Agreement.SERIALS));
    }

    /**
     * Only warns if some of the servers that must agree do not answer, as long as one does and the others agree.
     *
     * <p>Default: off; then each of them must answer.
     *
     * @return a copy that does
     * @throws IllegalStateException unless {@link #expectAgreement} or {@link #expectSerialsAgree} came before
     */
    public DnsCheck tolerateSilence() {
        return with(servers.mild());
    }

    /**
     * Warns if it takes longer than this from the beginning of the run to its end, with all servers that are asked.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a warning
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not less than {@link #failAbove}
     */
    public DnsCheck warnAbove(Duration limit) {
        return new DnsCheck(question, servers, expectations, latency.warn(limit));
    }

    /**
     * Fails with {@code ASSERTION} if it takes longer than this from the beginning of the run to its end, with all servers
     * that are asked.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a failure
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not more than {@link #warnAbove}
     */
    public DnsCheck failAbove(Duration limit) {
        return new DnsCheck(question, servers, expectations, latency.fail(limit));
    }

    /** Asks somebody else than the system for the addresses of the servers named so far. */
    DnsCheck over(Resolver resolver) {
        return with(servers.resolver(resolver));
    }

    /** Takes these for the servers that this machine is set up to use. */
    DnsCheck system(Supplier<List<Endpoint>> other) {
        return with(servers.system(other));
    }

    private DnsCheck with(DnsServers other) {
        return new DnsCheck(question, other, expectations, latency);
    }

    private DnsCheck with(DnsExpectations other) {
        return new DnsCheck(question, servers, other, latency);
    }

    DnsQuestion question() {
        return question;
    }

    DnsServers servers() {
        return servers;
    }

    DnsExpectations expectations() {
        return expectations;
    }

    LatencyLimits latency() {
        return latency;
    }

    @Override
    public CheckResult run(CheckContext context) {
        return new DnsRun(this, context).run();
    }

    @Override
    public String kind() {
        return "dns";
    }

    /**
     * Returns name and type, and the servers that have been named.
     *
     * @return such as {@code shop.example MX at 192.0.2.53:53}
     */
    @Override
    public String target() {
        String at = servers.named().stream().map(Endpoint::toString).collect(Collectors.joining(", "));
        return at.isEmpty() ? question.toString() : question + " at " + at;
    }

    /**
     * Returns null: a name server bears questions in any number, and a name that does not exist says nothing about the
     * server, which checks of one host would share.
     *
     * @return null
     */
    @Override
    public @Nullable String host() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DnsCheck that
                && question.equals(that.question)
                && servers.equals(that.servers)
                && expectations.equals(that.expectations)
                && latency.equals(that.latency);
    }

    @Override
    public int hashCode() {
        return Objects.hash(question, servers, expectations, latency);
    }

    @Override
    public String toString() {
        return "DNS " + target();
    }
}

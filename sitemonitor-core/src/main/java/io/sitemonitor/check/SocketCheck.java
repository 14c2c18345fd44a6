package io.sitemonitor.check;

import io.sitemonitor.check.internal.AddressUse;
import io.sitemonitor.check.internal.FixedAddresses;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all checks have in common that speak with a server over a TCP connection of their own, and a base for those that
 * this library does not have: such a check says in {@link #converse} what is said and what must be answered; time, memory,
 * names, addresses, TLS, evidence and the wording of failures are taken care of.
 *
 * <pre>{@code
 * public final class FingerCheck extends SocketCheck<FingerCheck> {
 *     public FingerCheck(String host) { this(SocketOptions.of(host, 79)); }
 *     private FingerCheck(SocketOptions options) { super(options); }
 *     protected FingerCheck with(SocketOptions options) { return new FingerCheck(options); }
 *     public String kind() { return "finger"; }
 *     protected CheckResult converse(Conversation server) throws IOException {
 *         server.send("\r\n");
 *         server.doing("waiting for the list of users");
 *         return CheckResult.pass(server.line());
 *     }
 * }
 * }</pre>
 *
 * <p><b>Time:</b> the timeout of the run bounds all of it. <b>Memory:</b> a server that sends more than 1 MiB fails with
 * {@code TOO_LARGE}.
 *
 * <p><b>Failure:</b> {@code DNS}, {@code CONNECT} (refused, unreachable, lost, or closed before an answer), {@code TLS},
 * {@code TIMEOUT}, {@code PROTOCOL} (an answer that is none of its protocol), {@code ASSERTION}, {@code TOO_LARGE},
 * {@code REFUSED_BY_POLICY}.
 *
 * <p><b>Evidence:</b> the address connected to; the phases {@code dns}, {@code connect} and {@code tls}; with TLS the
 * facts {@code tls} (its version) and {@code certificate} (its subject and its end).
 *
 * <p>Immutable: each option returns a copy. Two checks of one class with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 *
 * @param <C> the check itself
 */
public abstract class SocketCheck<C extends SocketCheck<C>> implements Check {

    private final SocketOptions options;

    /**
     * Creates a check.
     *
     * @param options where it connects to
     */
    protected SocketCheck(SocketOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * Returns a copy of this check with other options, and with everything else as it is here.
     *
     * @param other the options
     * @return the copy
     */
    protected abstract C with(SocketOptions other);

    /**
     * Speaks with the server. Called on the thread of the run, once for each connection; the connection is closed when it
     * returns.
     *
     * @param server the other side
     * @return what was found
     * @throws IOException if the connection breaks; what it is then called is taken care of. A {@link
     *     java.net.ProtocolException} says that the answer is none of its protocol
     */
    protected abstract CheckResult converse(Conversation server) throws IOException;

    /**
     * Returns what distinguishes this check from others of its class, beside the options of this one.
     *
     * @return anything with {@code equals}, such as a record; the same for all by default
     */
    protected Object settings() {
        return List.of();
    }

    /**
     * Returns what may be shown nowhere, even if the server repeats it.
     *
     * @return the secrets that are sent; none by default
     */
    protected List<Secret> secrets() {
        return List.of();
    }

    /**
     * Returns the scheme of the address, for a kind that has one, so that the address policy can judge it.
     *
     * @return such as {@code wss}; null by default
     */
    protected @Nullable String scheme() {
        return null;
    }

    /**
     * Returns where this check connects to.
     *
     * @return its options
     */
    protected final SocketOptions options() {
        return options;
    }

    /**
     * Warns if it takes longer than this from the beginning of the run to its end.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a warning
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not less than {@link #failAbove}
     */
    public final C warnAbove(Duration limit) {
        return with(options.endpoint(options.endpoint().warnAbove(limit)));
    }

    /**
     * Fails with {@code ASSERTION} if it takes longer than this from the beginning of the run to its end.
     *
     * <p>Default: no limit; from 1 millisecond to 1 hour.
     *
     * @param limit the longest time without a failure
     * @return a copy with that limit
     * @throws IllegalArgumentException if the limit is outside its range
     * @throws IllegalStateException if it is not more than {@link #warnAbove}
     */
    public final C failAbove(Duration limit) {
        return with(options.endpoint(options.endpoint().failAbove(limit)));
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
    public final C connectTimeout(Duration limit) {
        return with(options.connectTimeout(limit));
    }

    /**
     * Connects over one version of the Internet Protocol only.
     *
     * <p>Default: {@link IpFamily#EITHER}.
     *
     * @param family which
     * @return a copy that does
     */
    public final C family(IpFamily family) {
        return with(options.endpoint(options.endpoint().family(family)));
    }

    /**
     * Asks somebody else than the system for the addresses of the host.
     *
     * <p>Default: the system.
     *
     * @param resolver whom to ask
     * @return a copy that asks it
     */
    public final C resolver(Resolver resolver) {
        return with(options.endpoint(options.endpoint().resolver(resolver)));
    }

    /**
     * Connects to this address whatever the name of the host means; the name stays what certificates are verified for.
     *
     * <p>Default: the addresses of the name.
     *
     * @param address an address written in figures
     * @param more further ones, to be tried in this order
     * @return a copy that connects there
     * @throws IllegalArgumentException if one is no address
     */
    public final C address(String address, String... more) {
        return resolver(FixedAddresses.of(address, more));
    }

    /**
     * Asks another address of the name before the run says that it failed, so that "one of two addresses fails" can be told
     * from "it is down". Without effect if the name has one address only.
     *
     * <p>This is done for the failures {@code CONNECT}, {@code TLS}, {@code TIMEOUT}, {@code PROTOCOL} and {@code
     * ASSERTION}, not for {@code DNS}, {@code TOO_LARGE} and {@code REFUSED_BY_POLICY}.
     *
     * <p>If the other address works, the result is {@code WARN} and its message says which address fails. If all fail, the
     * result is {@code FAIL} with the kind and the evidence of the first failure, and the message names them. The facts {@code address1},
     * {@code address2} and so on tell what became of each address that was asked.
     *
     * <p>The first address asked is the one that the lookup names first, then come those of the other address family,
     * then the rest. Each may take half of what is left of the timeout while there is another to ask, and the last one all
     * of it. {@link #warnAbove} and {@link #failAbove} leave out the time lost on addresses that failed.
     *
     * <p>Default: off; then an address that does not accept a connection is passed over silently.
     *
     * @return a copy that asks for a second opinion
     */
    public final C confirmByOtherAddress() {
        return with(options.use(AddressUse.CONFIRM));
    }

    /**
     * Asks each address of the name, one after the other, each for its share of the timeout: all must work. The facts
     * {@code address1}, {@code address2} and so on tell what became of each.
     *
     * <p>Default: off. Takes the place of {@link #confirmByOtherAddress}, and the other way round.
     *
     * @return a copy that asks each
     */
    public final C everyAddress() {
        return with(options.use(AddressUse.EVERY));
    }

    /**
     * Speaks TLS from the first byte, and trusts whom the Java runtime trusts.
     *
     * <p>Default: no TLS.
     *
     * @return a copy that does
     */
    public final C tls() {
        return tls(TlsSettings.system());
    }

    /**
     * Speaks TLS from the first byte.
     *
     * <p>Default: no TLS.
     *
     * @param settings whom to trust, and what to show
     * @return a copy that does
     */
    public final C tls(TlsSettings settings) {
        return with(options.tls(settings, null));
    }

    /**
     * Speaks TLS after a beginning in plain text, for checks of protocols that know that. {@link #converse} begins after
     * the handshake then; the greeting of the server has been read before.
     *
     * @param protocol how to ask for it
     * @param settings whom to trust, and what to show
     * @return a copy that does
     */
    protected C startTls(StartTls protocol, TlsSettings settings) {
        return with(options.tls(settings, Objects.requireNonNull(protocol, "protocol")));
    }

    /**
     * Returns how TLS is spoken.
     *
     * @return whom to trust, and what to show; those of the Java runtime if there is no TLS
     */
    protected final TlsSettings tlsSettings() {
        TlsSettings given = options.values().tls();
        return given == null ? TlsSettings.system() : given;
    }

    /**
     * Tells whether the connection begins in plain text and is encrypted then.
     *
     * @return whether {@link #converse} begins after the greeting
     */
    protected final boolean isStartTls() {
        return options.values().startTls() != null;
    }

    /**
     * Expects something of the encryption. Several expectations add up: all of them must hold. A connection that is not
     * encrypted fails.
     *
     * <p>Default: none, beside what {@link TlsSettings} always verify.
     *
     * @param expectation what is expected, such as {@link TlsExpectation#validFor}
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there are more than 32 expectations
     */
    public final C expectTls(Expectation<? super TlsConnection> expectation) {
        return with(options.expect(expectation));
    }

    @Override
    public final CheckResult run(CheckContext context) {
        return new SocketRun(this, context).run();
    }

    /**
     * Returns host and port, unless the kind has more to say.
     *
     * @return such as {@code gw.internal:443}
     */
    @Override
    public String target() {
        return options.endpoint().toString();
    }

    /**
     * Returns the host to which a connection is made.
     *
     * @return the host in lower case; an address of IPv6 without brackets
     */
    @Override
    public final String host() {
        return options.endpoint().hostInLowerCase();
    }

    @Override
    public boolean isInsecure() {
        TlsSettings tls = options.values().tls();
        return tls != null && tls.isInsecure();
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof SocketCheck<?> that
                && getClass() == that.getClass()
                && options.equals(that.options)
                && settings().equals(that.settings());
    }

    @Override
    public final int hashCode() {
        return Objects.hash(getClass(), options, settings());
    }

    /** Returns the kind in capital letters, host and port. */
    @Override
    public String toString() {
        return kind().toUpperCase(Locale.ROOT) + " " + options;
    }
}

package io.sitemonitor.check.pop;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.SocketCheck;
import io.sitemonitor.check.SocketOptions;
import io.sitemonitor.check.StartTls;
import io.sitemonitor.check.TlsSettings;
import java.io.IOException;
import java.util.List;

/**
 * Passes if a POP3 server greets and does what else is asked of it. No mail is fetched or deleted.
 *
 * <pre>{@code
 * PopCheck.connect("mail.shop.example", 995).tls().login("monitor", Secret.of(password))
 * }</pre>
 *
 * <p>A POP3 server keeps a mailbox for one reader at a time, so log in to one that nobody reads.
 *
 * <p>Usual ports: 110, also with {@link #startTls()}; 995 with {@link #tls()}.
 *
 * <p><b>Failure:</b> {@code STATUS} (the server says {@code -ERR}; the message is what it says), {@code PROTOCOL} (an answer
 * that is none of POP3, a server that does not offer {@code STLS}), {@code ASSERTION} (an expectation does not hold),
 * {@code CHECK_ERROR} (a password that would be sent in plain text), and those of every {@link SocketCheck}.
 * <b>Evidence:</b> the address; the phases {@code dns}, {@code connect}, {@code starttls}, {@code tls}, {@code greeting},
 * {@code capability}, {@code login} and {@code mailbox}; the facts {@code greeting}, {@code capabilities}, {@code messages} and {@code bytes}
 * (what is in the mailbox), {@code tls} and {@code certificate}.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class PopCheck extends SocketCheck<PopCheck> {

    /** The port of POP3 that begins in plain text: 110. */
    public static final int DEFAULT_PORT = 110;

    private final Settings settings;

    private PopCheck(SocketOptions options, Settings settings) {
        super(options);
        this.settings = settings;
    }

    /**
     * Checks a server on port {@value #DEFAULT_PORT}.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @return the check
     * @throws IllegalArgumentException if the host is empty, longer than 255 characters or holds spaces or control
     *     characters
     */
    public static PopCheck connect(String host) {
        return connect(host, DEFAULT_PORT);
    }

    /**
     * Checks a server.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @param port the port, from 1 to 65535
     * @return the check
     * @throws IllegalArgumentException if the host is empty, longer than 255 characters or holds spaces or control
     *     characters, or the port is outside its range
     */
    public static PopCheck connect(String host, int port) {
        return new PopCheck(SocketOptions.of(host, port), Settings.DEFAULT);
    }

    /**
     * Encrypts the connection with {@code STLS}, and trusts whom the Java runtime trusts. Fails if the server does not
     * offer that.
     *
     * <p>Default: no TLS.
     *
     * @return a copy that does
     */
    public PopCheck startTls() {
        return startTls(TlsSettings.system());
    }

    /**
     * Encrypts the connection with {@code STLS}. Fails if the server does not offer that.
     *
     * <p>Default: no TLS.
     *
     * @param tls whom to trust, and what to show
     * @return a copy that does
     */
    public PopCheck startTls(TlsSettings tls) {
        return startTls(StartTls.POP3, tls);
    }

    /**
     * Logs in, by {@code USER} and {@code PASS}, and asks how much is in the mailbox. Over a connection that is not
     * encrypted the password is not sent: the run fails with {@code CHECK_ERROR}.
     *
     * <p>Default: no login.
     *
     * @param user the name, one line of 1 to 255 characters
     * @param password the password, at most 4,096 bytes without control characters
     * @return a copy that logs in
     * @throws IllegalArgumentException if the name is empty, too long or holds control characters
     */
    public PopCheck login(String user, Secret password) {
        return with(settings.login(settings.login().as(user, password)));
    }

    /**
     * Allows the password to be sent over a connection that is not encrypted, for everybody in between to read.
     *
     * <p>Default: off.
     *
     * @return a copy that allows it
     */
    public PopCheck insecureLoginInPlainText() {
        return with(settings.login(settings.login().allowPlainText()));
    }

    /**
     * Expects that the server names a capability before the login. Several expectations add up. One that does not know the
     * question has none. With {@link #startTls()} also {@code STLS} counts as named, although an encrypted connection offers
     * it no more.
     *
     * @param name such as {@code UIDL}, in any case
     * @return a copy that expects it
     * @throws IllegalArgumentException if it is no single word of at most 64 characters, or there are more than 32
     */
    public PopCheck expectCapability(String name) {
        return with(settings.capability(name));
    }

    /**
     * Expects something of the greeting, which is given as its line, such as {@code +OK ready}. Several
     * expectations add up.
     *
     * @param expectation what is expected, such as {@link io.sitemonitor.check.TextExpectation#containing}
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there are more than 32 expectations
     */
    public PopCheck expectGreeting(Expectation<? super String> expectation) {
        return with(settings.greeting(expectation));
    }

    private PopCheck with(Settings other) {
        return new PopCheck(options(), other);
    }

    @Override
    protected PopCheck with(SocketOptions other) {
        return new PopCheck(other, settings);
    }

    @Override
    protected CheckResult converse(Conversation server) throws IOException {
        return new Dialogue(settings, server, isStartTls()).speak();
    }

    @Override
    protected Object settings() {
        return settings;
    }

    @Override
    protected List<Secret> secrets() {
        return settings.login().secrets();
    }

    @Override
    public boolean isInsecure() {
        return super.isInsecure() || settings.login().inPlainText();
    }

    @Override
    public String kind() {
        return "pop";
    }
}

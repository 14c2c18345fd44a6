package io.sitemonitor.check.imap;

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
 * Passes if an IMAP server greets, names its capabilities and does what else is asked of it. Nothing is changed in any
 * mailbox: no mail is marked as seen or recent.
 *
 * <pre>{@code
 * ImapCheck.connect("mail.shop.example", 993).tls().login("monitor", Secret.of(password)).mailbox("INBOX")
 * }</pre>
 *
 * <p>Usual ports: 143, also with {@link #startTls()}; 993 with {@link #tls()}.
 *
 * <p><b>Failure:</b> {@code STATUS} (the server says {@code NO}, {@code BAD} or {@code BYE}; the message is what it says),
 * {@code PROTOCOL} (an answer that is none of IMAP, a server that does not offer {@code STARTTLS}), {@code ASSERTION} (an
 * expectation does not hold, or no way to log in is offered), {@code CHECK_ERROR} (a password that would be sent in plain text, or that the
 * server could not read), and those of every {@link SocketCheck}. <b>Evidence:</b> the address; the phases {@code dns},
 * {@code connect}, {@code starttls}, {@code tls}, {@code greeting}, {@code capability}, {@code login} and {@code mailbox}; the facts {@code
 * greeting}, {@code capabilities}, {@code messages} (how many are in the mailbox), {@code tls} and {@code certificate}.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class ImapCheck extends SocketCheck<ImapCheck> {

    /** The port of IMAP that begins in plain text: 143. */
    public static final int DEFAULT_PORT = 143;

    private final Settings settings;

    private ImapCheck(SocketOptions options, Settings settings) {
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
    public static ImapCheck connect(String host) {
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
    public static ImapCheck connect(String host, int port) {
        return new ImapCheck(SocketOptions.of(host, port), Settings.DEFAULT);
    }

    /**
     * Encrypts the connection with {@code STARTTLS}, and trusts whom the Java runtime trusts. Fails if the server does not
     * offer that.
     *
     * <p>Default: no TLS.
     *
     * @return a copy that does
     */
    public ImapCheck startTls() {
        return startTls(TlsSettings.system());
    }

    /**
     * Encrypts the connection with {@code STARTTLS}. Fails if the server does not offer that.
     *
     * <p>Default: no TLS.
     *
     * @param tls whom to trust, and what to show
     * @return a copy that does
     */
    public ImapCheck startTls(TlsSettings tls) {
        return startTls(StartTls.IMAP, tls);
    }

    /**
     * Logs in, by {@code AUTHENTICATE PLAIN} or, if that is not offered, by {@code LOGIN}, which can send plain ASCII only.
     * A server that greets with {@code PREAUTH} knows already who is calling, and gets no password. Over a connection that
     * is not encrypted the password is not sent: the run fails with {@code CHECK_ERROR}.
     *
     * <p>Default: no login.
     *
     * @param user the name, one line of 1 to 255 characters
     * @param password the password, at most 4,096 bytes without control characters
     * @return a copy that logs in
     * @throws IllegalArgumentException if the name is empty, too long or holds control characters
     */
    public ImapCheck login(String user, Secret password) {
        return with(settings.login(settings.login().as(user, password)));
    }

    /**
     * Allows the password to be sent over a connection that is not encrypted, for everybody in between to read.
     *
     * <p>Default: off.
     *
     * @return a copy that allows it
     */
    public ImapCheck insecureLoginInPlainText() {
        return with(settings.login(settings.login().allowPlainText()));
    }

    /**
     * Looks into a mailbox after the login, with {@code EXAMINE}, which changes nothing. Takes the place of one named before.
     *
     * <p>Default: none.
     *
     * @param name such as {@code INBOX}; from 1 to 255 characters of ASCII, others in the form that the server knows them by
     * @return a copy that looks into it
     * @throws IllegalArgumentException if it is none
     */
    public ImapCheck mailbox(String name) {
        return with(settings.mailbox(name));
    }

    /**
     * Expects that the server names a capability, before the login or after it. Several expectations add up. With {@link
     * #startTls()} also {@code STARTTLS} counts as named, although an encrypted connection offers it no more.
     *
     * @param name such as {@code IDLE}, in any case
     * @return a copy that expects it
     * @throws IllegalArgumentException if it is no single word of at most 64 characters, or there are more than 32
     */
    public ImapCheck expectCapability(String name) {
        return with(settings.capability(name));
    }

    /**
     * Expects something of the greeting, which is given as its line, such as {@code * OK IMAP4rev1 ready}. Several
     * expectations add up.
     *
     * @param expectation what is expected, such as {@link io.sitemonitor.check.TextExpectation#containing}
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there are more than 32 expectations
     */
    public ImapCheck expectGreeting(Expectation<? super String> expectation) {
        return with(settings.greeting(expectation));
    }

    private ImapCheck with(Settings other) {
        return new ImapCheck(options(), other);
    }

    @Override
    protected ImapCheck with(SocketOptions other) {
        return new ImapCheck(other, settings);
    }

    @Override
    protected CheckResult converse(Conversation server) throws IOException {
        return new Dialogue(settings, new Tagged(server), isStartTls()).speak();
    }

    @Override
    protected Object settings() {
        return settings;
    }

    @Override
    protected List<Secret> secrets() {
        return settings.secrets();
    }

    @Override
    public boolean isInsecure() {
        return super.isInsecure() || settings.login().inPlainText();
    }

    @Override
    public String kind() {
        return "imap";
    }
}

package io.sitemonitor.check.smtp;

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
 * Passes if a mail server greets, answers {@code EHLO} and does what else is asked of it. No mail is ever sent.
 *
 * <pre>{@code
 * SmtpCheck.connect("mx.shop.example").startTls().acceptsRecipient("monitor@shop.example", "orders@shop.example")
 * SmtpCheck.connect("mail.shop.example", 465).tls().login("monitor", Secret.of(password))
 * }</pre>
 *
 * <p>Usual ports: 25 between servers, 587 for users with {@link #startTls()}, 465 for users with {@link #tls()}.
 *
 * <p><b>Failure:</b> {@code STATUS} (the server answers with another code than that of success; the message is its reply),
 * {@code PROTOCOL} (an answer that is none of SMTP, a server that does not know {@code EHLO} or does not offer {@code
 * STARTTLS}), {@code ASSERTION} (an expectation does not hold, or no way to log in is offered), {@code CHECK_ERROR} (a password that would
 * be sent in plain text), and those of every {@link SocketCheck}. <b>Evidence:</b> the address; the phases {@code dns},
 * {@code connect}, {@code starttls}, {@code tls}, {@code greeting}, {@code hello}, {@code login} and {@code recipient};
 * the facts {@code greeting}, {@code extensions}, {@code tls} and {@code certificate}.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class SmtpCheck extends SocketCheck<SmtpCheck> {

    /** The port on which servers take mail from each other: 25. */
    public static final int DEFAULT_PORT = 25;

    private final Settings settings;

    private SmtpCheck(SocketOptions options, Settings settings) {
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
    public static SmtpCheck connect(String host) {
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
    public static SmtpCheck connect(String host, int port) {
        return new SmtpCheck(SocketOptions.of(host, port), Settings.DEFAULT);
    }

    /**
     * Encrypts the connection with {@code STARTTLS}, and trusts whom the Java runtime trusts. Fails if the server does not
     * offer that.
     *
     * <p>Default: no TLS.
     *
     * @return a copy that does
     */
    public SmtpCheck startTls() {
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
    public SmtpCheck startTls(TlsSettings tls) {
        return startTls(StartTls.SMTP, tls);
    }

    /**
     * Says who is calling: the name in {@code EHLO}, but not in the one before {@code STARTTLS}, where it is the default.
     *
     * <p>Default: {@code sitemonitor}. Some servers want a name with dots, such as that of the machine.
     *
     * @param name from 1 to 255 letters, digits and signs without spaces
     * @return a copy with that name
     * @throws IllegalArgumentException if it is none
     */
    public SmtpCheck helloName(String name) {
        return with(settings.helloName(name));
    }

    /**
     * Logs in, by {@code AUTH PLAIN} or, if only that is offered, by {@code AUTH LOGIN}. Over a connection that is not
     * encrypted the password is not sent: the run fails with {@code CHECK_ERROR}.
     *
     * <p>Default: no login.
     *
     * @param user the name, one line of 1 to 255 characters
     * @param password the password, at most 4,096 bytes without control characters
     * @return a copy that logs in
     * @throws IllegalArgumentException if the name is empty, too long or holds control characters
     */
    public SmtpCheck login(String user, Secret password) {
        return with(settings.login(settings.login().as(user, password)));
    }

    /**
     * Allows the password to be sent over a connection that is not encrypted, for everybody in between to read.
     *
     * <p>Default: off.
     *
     * @return a copy that allows it
     */
    public SmtpCheck insecureLoginInPlainText() {
        return with(settings.login(settings.login().allowPlainText()));
    }

    /**
     * Expects that the server would take a mail: it is told of a sender and a recipient, and then that nothing comes of it.
     * Servers may count that, and slow down or refuse those who do it often, such as each few seconds.
     *
     * @param from the address of the sender; empty for the sender of reports that mail could not be delivered
     * @param to the address of the recipient
     * @return a copy that expects it
     * @throws IllegalArgumentException if one is no address of plain ASCII of at most 254 characters
     */
    public SmtpCheck acceptsRecipient(String from, String to) {
        return with(settings.envelope(from, to));
    }

    /**
     * Expects that the server offers an extension, in the last answer to {@code EHLO}. With {@link #startTls()} also
     * {@code STARTTLS} counts as offered, although an encrypted connection offers it no more. Several expectations add up.
     *
     * @param keyword such as {@code SMTPUTF8}, in any case
     * @return a copy that expects it
     * @throws IllegalArgumentException if it is no single word of at most 64 characters, or there are more than 32
     */
    public SmtpCheck expectExtension(String keyword) {
        return with(settings.extension(keyword));
    }

    /**
     * Expects something of the greeting, which is given as its code and its first line, such as {@code 220 mx.shop.example
     * ESMTP}. Several expectations add up.
     *
     * @param expectation what is expected, such as {@link io.sitemonitor.check.TextExpectation#containing}
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there are more than 32 expectations
     */
    public SmtpCheck expectGreeting(Expectation<? super String> expectation) {
        return with(settings.greeting(expectation));
    }

    private SmtpCheck with(Settings other) {
        return new SmtpCheck(options(), other);
    }

    @Override
    protected SmtpCheck with(SocketOptions other) {
        return new SmtpCheck(other, settings);
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
        return "smtp";
    }
}

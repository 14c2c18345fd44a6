package io.sitemonitor.check.ftp;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.SocketCheck;
import io.sitemonitor.check.SocketOptions;
import io.sitemonitor.check.StartTls;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.internal.Login;
import java.io.IOException;
import java.util.List;

/**
 * Passes if an FTP server greets and does what else is asked of it over its control connection. No file is transferred and
 * no connection for data is made, so a firewall that blocks those goes unnoticed.
 *
 * <pre>{@code
 * FtpCheck.connect("files.shop.example").startTls().login("monitor", Secret.of(password)).expectFile("/prices/today.csv")
 * }</pre>
 *
 * <p>Usual ports: 21, also with {@link #startTls()}; 990 with {@link #tls()}.
 *
 * <p><b>Failure:</b> {@code STATUS} (the server answers with another code than that of success; the message is its reply),
 * {@code PROTOCOL} (an answer that is none of FTP, a server that does not offer {@code AUTH TLS}), {@code ASSERTION} (an expectation of
 * the greeting does not hold), {@code CHECK_ERROR} (a password that would be sent in plain text), and those of every {@link
 * SocketCheck}. <b>Evidence:</b> the address; the phases {@code dns}, {@code connect}, {@code starttls}, {@code tls},
 * {@code greeting}, {@code login} and {@code files}; the facts {@code greeting}, {@code size} (of the file, in bytes), {@code tls} and
 * {@code certificate}.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class FtpCheck extends SocketCheck<FtpCheck> {

    /** The port of the control connection: 21. */
    public static final int DEFAULT_PORT = 21;

    private final Settings settings;

    private FtpCheck(SocketOptions options, Settings settings) {
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
    public static FtpCheck connect(String host) {
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
    public static FtpCheck connect(String host, int port) {
        return new FtpCheck(SocketOptions.of(host, port), Settings.DEFAULT);
    }

    /**
     * Encrypts the connection with {@code AUTH TLS}, and trusts whom the Java runtime trusts. Fails if the server does not
     * offer that.
     *
     * <p>Default: no TLS.
     *
     * @return a copy that does
     */
    public FtpCheck startTls() {
        return startTls(TlsSettings.system());
    }

    /**
     * Encrypts the connection with {@code AUTH TLS}. Fails if the server does not offer that.
     *
     * <p>Default: no TLS.
     *
     * @param tls whom to trust, and what to show
     * @return a copy that does
     */
    public FtpCheck startTls(TlsSettings tls) {
        return startTls(StartTls.FTP, tls);
    }

    /**
     * Logs in, by {@code USER} and {@code PASS}. Over a connection that is not encrypted the password is not sent: the run
     * fails with {@code CHECK_ERROR}.
     *
     * <p>Default: no login.
     *
     * @param user the name, one line of 1 to 255 characters
     * @param password the password, at most 4,096 bytes without control characters
     * @return a copy that logs in
     * @throws IllegalArgumentException if the name is empty, too long or holds control characters
     */
    public FtpCheck login(String user, Secret password) {
        return with(settings.login(settings.login().as(user, password)));
    }

    /**
     * Logs in as {@code anonymous}, with a password that is none.
     *
     * <p>Default: no login.
     *
     * @return a copy that logs in
     */
    public FtpCheck loginAnonymously() {
        return with(settings.login(new Login("anonymous", null, settings.login().inPlainText())));
    }

    /**
     * Allows the password to be sent over a connection that is not encrypted, for everybody in between to read.
     *
     * <p>Default: off.
     *
     * @return a copy that allows it
     */
    public FtpCheck insecureLoginInPlainText() {
        return with(settings.login(settings.login().allowPlainText()));
    }

    /**
     * Expects that there is a file, by asking for its size. Takes the place of one named before. Needs a login.
     *
     * @param path the path of the file, one line of 1 to 1,000 characters
     * @return a copy that expects it
     * @throws IllegalArgumentException if it is empty, too long or holds control characters
     */
    public FtpCheck expectFile(String path) {
        return with(settings.file(path));
    }

    /**
     * Expects that there is a directory, by going there. Takes the place of one named before. Needs a login.
     *
     * @param path the path of the directory, one line of 1 to 1,000 characters
     * @return a copy that expects it
     * @throws IllegalArgumentException if it is empty, too long or holds control characters
     */
    public FtpCheck expectDirectory(String path) {
        return with(settings.directory(path));
    }

    /**
     * Expects something of the greeting, which is given as its code and the first line, such as {@code 220 ready}. Several
     * expectations add up.
     *
     * @param expectation what is expected, such as {@link io.sitemonitor.check.TextExpectation#containing}
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there are more than 32 expectations
     */
    public FtpCheck expectGreeting(Expectation<? super String> expectation) {
        return with(settings.greeting(expectation));
    }

    private FtpCheck with(Settings other) {
        return new FtpCheck(options(), other);
    }

    @Override
    protected FtpCheck with(SocketOptions other) {
        return new FtpCheck(other, settings);
    }

    @Override
    protected CheckResult converse(Conversation server) throws IOException {
        return new Dialogue(settings, server).speak();
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
        return "ftp";
    }
}

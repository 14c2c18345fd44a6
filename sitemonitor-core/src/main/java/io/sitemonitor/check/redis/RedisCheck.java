package io.sitemonitor.check.redis;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.SocketCheck;
import io.sitemonitor.check.SocketOptions;
import java.io.IOException;
import java.util.List;

/**
 * Passes if a Redis server, or another one that speaks its protocol, answers {@code PING} and is as expected. Nothing is
 * written.
 *
 * <pre>{@code
 * RedisCheck.connect("cache.internal").expectRole("master").expectListShorterThan("jobs", 1_000)
 * RedisCheck.connect("cache.shop.example", 6380).tls().login("monitor", Secret.of(password))
 * }</pre>
 *
 * <p>Usual ports: 6379; 6380 with {@link #tls()}; 26379 for a sentinel.
 *
 * <p><b>Failure:</b> {@code STATUS} (the server answers with an error such as {@code LOADING}, {@code NOAUTH}, {@code MASTERDOWN} or {@code
 * ERR}; the message is its text), {@code PROTOCOL} (an answer that is none of Redis), {@code ASSERTION} (an expectation does not
 * hold), {@code TOO_LARGE} (a value of more than 64 KiB), {@code CHECK_ERROR} (a password that would be sent in plain text), and those of
 * every {@link SocketCheck}. <b>Evidence:</b> the address; the phases {@code dns}, {@code connect}, {@code tls}, {@code login}, {@code
 * ping}, {@code role}, {@code replication} and {@code keys}; the facts {@code role}, {@code masterLink}, {@code list} and the name of a key
 * (its length), {@code tls} and {@code certificate}.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class RedisCheck extends SocketCheck<RedisCheck> {

    /** The port of Redis: 6379. */
    public static final int DEFAULT_PORT = 6_379;

    private final Settings settings;

    private RedisCheck(SocketOptions options, Settings settings) {
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
    public static RedisCheck connect(String host) {
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
    public static RedisCheck connect(String host, int port) {
        return new RedisCheck(SocketOptions.of(host, port), Settings.DEFAULT);
    }

    /**
     * Logs in with a password only, as the default user. Over a connection that is not encrypted the password is not sent: the run
     * fails with {@code CHECK_ERROR}.
     *
     * <p>Default: no login.
     *
     * @param password the password, at most 4,096 bytes without control characters
     * @return a copy that logs in
     */
    public RedisCheck login(Secret password) {
        return with(settings.login(settings.login().with(password)));
    }

    /**
     * Logs in with name and password. Over a connection that is not encrypted the password is not sent: the run fails with
     * {@code CHECK_ERROR}.
     *
     * <p>Default: no login.
     *
     * @param user the name, one line of 1 to 255 characters
     * @param password the password, at most 4,096 bytes without control characters
     * @return a copy that logs in
     * @throws IllegalArgumentException if the name is empty, too long or holds control characters
     */
    public RedisCheck login(String user, Secret password) {
        return with(settings.login(settings.login().as(user, password)));
    }

    /**
     * Allows the password to be sent over a connection that is not encrypted, for everybody in between to read.
     *
     * <p>Default: off.
     *
     * @return a copy that allows it
     */
    public RedisCheck insecureLoginInPlainText() {
        return with(settings.login(settings.login().allowPlainText()));
    }

    /**
     * Asks for keys in another database than the first.
     *
     * <p>Default: 0, the first; from 0 to 16383.
     *
     * @param number its number
     * @return a copy that asks there
     * @throws IllegalArgumentException if the number is outside its range
     */
    public RedisCheck database(int number) {
        return with(settings.database(number));
    }

    /**
     * Expects what the server is to others.
     *
     * <p>Default: anything.
     *
     * @param role {@code master}, {@code replica} (or {@code slave}, which means the same) or {@code sentinel}
     * @return a copy that expects it
     * @throws IllegalArgumentException if it is none of them
     */
    public RedisCheck expectRole(String role) {
        return with(settings.role(role));
    }

    /**
     * Expects that the server is a replica and that its link to the master is up. How far it is behind is not judged.
     *
     * @return a copy that expects it
     */
    public RedisCheck expectMasterLinkUp() {
        return with(settings.withMasterLink());
    }

    /**
     * Expects that a key is there, whatever its type. Several expectations add up.
     *
     * @param key the key, one line of 1 to 500 characters
     * @return a copy that expects it
     * @throws IllegalArgumentException if the key is empty, too long or holds control characters, or there are more than 32
     */
    public RedisCheck expectKey(String key) {
        return with(settings.key(key));
    }

    /**
     * Expects that a list has less than so many entries, such as one from which jobs are taken. One that is not there has
     * none. Several expectations add up.
     *
     * @param key the key of the list, one line of 1 to 500 characters
     * @param entries how many entries are too many, at least 1
     * @return a copy that expects it
     * @throws IllegalArgumentException if the key is empty, too long or holds control characters, the number is less than
     *     1, or there are more than 32
     */
    public RedisCheck expectListShorterThan(String key, long entries) {
        return with(settings.list(key, entries));
    }

    private RedisCheck with(Settings other) {
        return new RedisCheck(options(), other);
    }

    @Override
    protected RedisCheck with(SocketOptions other) {
        return new RedisCheck(other, settings);
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
        return "redis";
    }
}

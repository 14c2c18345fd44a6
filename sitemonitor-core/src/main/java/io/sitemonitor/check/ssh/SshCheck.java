package io.sitemonitor.check.ssh;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SocketCheck;
import io.sitemonitor.check.SocketOptions;
import java.io.IOException;

/**
 * Passes if an SSH server says that it speaks version 2 and, if asked for, which algorithms it has. No key is exchanged
 * and nobody logs in.
 *
 * <pre>{@code
 * SshCheck.connect("gw.shop.example").expectHostKeyAlgorithm("ssh-ed25519")
 * }</pre>
 *
 * <p>A server writes a line into its log for each caller that leaves before the login, and may count that against the
 * address it came from.
 *
 * <p><b>Failure:</b> {@code PROTOCOL} (an answer that is none of SSH, or of version 1), {@code STATUS} (the server ends the
 * connection with a reason), {@code ASSERTION} (an expectation does not hold), and those of every {@link SocketCheck}.
 * <b>Evidence:</b> the address; the phases {@code dns}, {@code connect}, {@code greeting} and {@code algorithms}; the facts
 * {@code greeting} (the identification), {@code version} (the software in it), {@code keyExchange} and {@code hostKeys} (the algorithms).
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class SshCheck extends SocketCheck<SshCheck> {

    /** The port of SSH: 22. */
    public static final int DEFAULT_PORT = 22;

    private final Settings settings;

    private SshCheck(SocketOptions options, Settings settings) {
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
    public static SshCheck connect(String host) {
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
    public static SshCheck connect(String host, int port) {
        return new SshCheck(SocketOptions.of(host, port), Settings.DEFAULT);
    }

    /**
     * Expects something of the software and its version, such as {@code OpenSSH_9.2p1}: what follows {@code SSH-2.0-} in the identification,
     * up to the first space. Several expectations add up.
     *
     * @param expectation what is expected, such as {@link io.sitemonitor.check.TextExpectation#containing}
     * @return a copy with that expectation
     * @throws IllegalArgumentException if there are more than 32 expectations
     */
    public SshCheck expectVersion(Expectation<? super String> expectation) {
        return with(settings.version(expectation));
    }

    /**
     * Expects that the server names its algorithms, as it does before keys are exchanged. So it is seen to be alive behind
     * its first line.
     *
     * <p>Default: not asked for, unless {@link #expectKeyExchange} or {@link #expectHostKeyAlgorithm} is.
     *
     * @return a copy that expects it
     */
    public SshCheck expectAlgorithms() {
        return with(settings.withAlgorithms());
    }

    /**
     * Expects that the server offers a way to exchange keys. Several expectations add up.
     *
     * @param algorithm such as {@code curve25519-sha256}
     * @return a copy that expects it
     * @throws IllegalArgumentException if it is no single word of at most 64 characters without commas, or there are more
     *     than 32
     */
    public SshCheck expectKeyExchange(String algorithm) {
        return with(settings.keyExchange(algorithm));
    }

    /**
     * Expects that the server has a host key for an algorithm. Several expectations add up.
     *
     * @param algorithm such as {@code ssh-ed25519}
     * @return a copy that expects it
     * @throws IllegalArgumentException if it is no single word of at most 64 characters without commas, or there are more
     *     than 32
     */
    public SshCheck expectHostKeyAlgorithm(String algorithm) {
        return with(settings.hostKey(algorithm));
    }

    private SshCheck with(Settings other) {
        return new SshCheck(options(), other);
    }

    @Override
    protected SshCheck with(SocketOptions other) {
        return new SshCheck(other, settings);
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
    public String kind() {
        return "ssh";
    }
}

package io.sitemonitor.amqp.check;

import io.sitemonitor.amqp.AmqpAddress;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.SocketCheck;
import io.sitemonitor.check.SocketOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Passes if a RabbitMQ broker, or another one that speaks AMQP 0-9-1, takes the login, lets the user into the virtual host
 * and opens a channel; and, if asked for, brings a message back and has queues as expected. It leaves nothing behind.
 *
 * <pre>{@code
 * RabbitCheck.connect("amqps://monitor:secret@broker.internal/shop").roundTrip()
 * RabbitCheck.connect("amqp://broker.internal")
 *         .login("monitor", Secret.of(password))
 *         .expectQueue("jobs", depthBelow(10_000), depthBelow(1_000).orWarn(), consumersAtLeast(1))
 * }</pre>
 *
 * <p>With {@code amqps} the connection is encrypted, see {@link #tls(io.sitemonitor.check.TlsSettings)} for whom to trust; with {@code
 * amqp} it is not, and everybody in between can read the password.
 *
 * <p>How old the messages of a queue are cannot be told without taking one out of it, which would change their order and
 * mark them as delivered before, so there is no expectation for that.
 *
 * <p><b>Failure:</b> {@code STATUS} (the broker refuses something, or closes: the message is its code and its text, such as {@code 403
 * ACCESS_REFUSED}, {@code 404 NOT_FOUND} for a queue that is not there, {@code 530 NOT_ALLOWED} for a virtual host; or it takes no messages
 * for want of memory or disk), {@code PROTOCOL} (an answer that is none of AMQP 0-9-1), {@code ASSERTION} (an expectation does
 * not hold, or another message came back), {@code TOO_LARGE} (a frame or a message of more than 64 KiB), {@code CHECK_ERROR} (a password
 * that cannot be sent), and those of every {@link SocketCheck}; a broker that closes at the login without a word is {@code
 * CONNECT}. <b>Evidence:</b> the address; the phases {@code dns}, {@code connect}, {@code tls}, {@code login}, {@code channel}, {@code
 * queues}, {@code publish}, {@code consume} and {@code close}; the facts {@code broker} (product and version), {@code messages} and {@code
 * consumers} with the name of a queue, {@code tls} and {@code certificate}.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; it makes none.
 */
public final class RabbitCheck extends SocketCheck<RabbitCheck> {

    private final Settings settings;

    private RabbitCheck(SocketOptions options, Settings settings) {
        super(options);
        this.settings = settings;
    }

    /**
     * Checks a broker.
     *
     * @param uri where it is and who asks, see {@link AmqpAddress}, such as {@code amqps://user:password@host/virtualHost}
     * @return the check
     * @throws IllegalArgumentException if it is not an AMQP URI, or its user or virtual host is longer than 255 bytes or holds
     *     control characters; the message holds no part of the credentials
     */
    public static RabbitCheck connect(String uri) {
        return connect(AmqpAddress.parse(uri));
    }

    /**
     * Checks a broker.
     *
     * @param address where it is and who asks
     * @return the check
     * @throws IllegalArgumentException if user or virtual host is empty, longer than 255 bytes or holds control characters
     */
    public static RabbitCheck connect(AmqpAddress address) {
        Objects.requireNonNull(address, "address");
        RabbitCheck check = new RabbitCheck(SocketOptions.of(address.host(), address.port()), Settings.of(address));
        return address.tls() ? check.tls() : check;
    }

    /**
     * Logs in as somebody else than the address says, with a password that may be rotated.
     *
     * <p>Default: user and password of the address; without any, {@code guest} and {@code guest}.
     *
     * @param user the user, of 1 to 255 bytes
     * @param password the password, at most 4,096 bytes without control characters; many brokers take a little less
     * @return a copy that logs in so
     * @throws IllegalArgumentException if the user is empty, too long or holds control characters
     */
    public RabbitCheck login(String user, Secret password) {
        return with(settings.login(user, password));
    }

    /**
     * Expects that a message comes back: declares a queue of its own, whose name the broker finds and which ends with the connection
     * (exclusive, deleted automatically), publishes a small transient message to it through the default exchange, waits until
     * the broker has confirmed it, and consumes it. The phases {@code publish} and {@code consume} tell how long
     * that took. The user needs the permissions to configure, write and read {@code amq\.gen.*} and to write {@code amq\.default}.
     *
     * <p>Only so is it seen that a broker takes no messages, for want of memory or disk: it says that to publishers alone.
     *
     * <p>Default: no message is sent.
     *
     * @return a copy that expects it
     */
    public RabbitCheck roundTrip() {
        return with(settings.withRoundTrip());
    }

    /**
     * Expects that a queue is there, and that it is as told. It is declared passively, so nothing becomes of it, and of its
     * messages none is touched. Several queues add up, and so do several expectations of one.
     *
     * @param queue the name of the queue, of 1 to 255 bytes
     * @param expectations what it should be like beside being there, such as {@link QueueExpectation#depthBelow} and {@link
     *     QueueExpectation#consumersAtLeast}; any lambda will do, and {@code orWarn()} makes one only warn
     * @return a copy that expects it
     * @throws IllegalArgumentException if the name is empty, too long or holds control characters, or there are more than 32
     *     queues, or 32 expectations of one
     */
    @SafeVarargs
    public final RabbitCheck expectQueue(String queue, Expectation<? super QueueState>... expectations) {
        List<Expectation<? super QueueState>> all = new ArrayList<>();
        for (Expectation<? super QueueState> expectation :
                expectations) { // not handed on as an array, which has no type
            all.add(expectation);
        }
        return with(settings.queue(queue, all));
    }

    private RabbitCheck with(Settings other) {
        return new RabbitCheck(options(), other);
    }

    @Override
    protected RabbitCheck with(SocketOptions other) {
        return new RabbitCheck(other, settings);
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
        return settings.secrets();
    }

    @Override
    public String kind() {
        return "rabbitmq";
    }
}

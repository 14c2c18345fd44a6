package io.sitemonitor.check.mqtt;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.SocketCheck;
import io.sitemonitor.check.SocketOptions;
import java.io.IOException;
import java.util.List;

/**
 * Passes if an MQTT broker begins a session, answers a ping and, if asked for, brings a message back. It speaks version
 * 3.1.1, which brokers of version 5 know too, and leaves nothing behind: the session is clean.
 *
 * <pre>{@code
 * MqttCheck.connect("broker.internal").roundTrip("monitor/shop")
 * MqttCheck.connect("broker.shop.example", 8883).tls().login("monitor", Secret.of(password))
 * }</pre>
 *
 * <p>Usual ports: 1883; 8883 with {@link #tls()}.
 *
 * <p><b>Failure:</b> {@code STATUS} (the broker refuses the session or the subscription; the message is {@code CONNACK} or
 * {@code SUBACK}, the code and what it means), {@code PROTOCOL} (an answer that is none of MQTT), {@code TIMEOUT} (among others: a message
 * that does not come back, since a broker says nothing of one that may not be published), {@code TOO_LARGE} (a packet of more than 64 KiB), {@code
 * CHECK_ERROR} (a password that would be sent in plain text), and those of every {@link SocketCheck}. <b>Evidence:</b> the
 * address; the phases {@code dns}, {@code connect}, {@code tls}, {@code session}, {@code ping} and {@code roundTrip}; the facts
 * {@code tls} and {@code certificate}.
 *
 * <p>Immutable: each option returns a copy. Two checks with the same options are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class MqttCheck extends SocketCheck<MqttCheck> {

    /** The port of MQTT: 1883. */
    public static final int DEFAULT_PORT = 1_883;

    private final Settings settings;

    private MqttCheck(SocketOptions options, Settings settings) {
        super(options);
        this.settings = settings;
    }

    /**
     * Checks a broker on port {@value #DEFAULT_PORT}.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @return the check
     * @throws IllegalArgumentException if the host is empty, longer than 255 characters or holds spaces or control
     *     characters
     */
    public static MqttCheck connect(String host) {
        return connect(host, DEFAULT_PORT);
    }

    /**
     * Checks a broker.
     *
     * @param host a name, or an address of IPv4 or IPv6, the latter with or without brackets
     * @param port the port, from 1 to 65535
     * @return the check
     * @throws IllegalArgumentException if the host is empty, longer than 255 characters or holds spaces or control
     *     characters, or the port is outside its range
     */
    public static MqttCheck connect(String host, int port) {
        return new MqttCheck(SocketOptions.of(host, port), Settings.DEFAULT);
    }

    /**
     * Says who is calling. A broker ends the session of whoever has called by the same name before, so two checks that run at once
     * need two names.
     *
     * <p>Default: empty, so that the broker finds a name; one that does not do that refuses the session.
     *
     * @param id one line of at most 255 characters; some brokers take only 23 letters and digits
     * @return a copy with that name
     * @throws IllegalArgumentException if it is too long or holds control characters
     */
    public MqttCheck clientId(String id) {
        return with(settings.clientId(id));
    }

    /**
     * Logs in. Over a connection that is not encrypted the password is not sent: the run fails with {@code CHECK_ERROR}.
     *
     * <p>Default: no login.
     *
     * @param user the name, one line of 1 to 255 characters
     * @param password the password, at most 4,096 bytes without control characters
     * @return a copy that logs in
     * @throws IllegalArgumentException if the name is empty, too long or holds control characters
     */
    public MqttCheck login(String user, Secret password) {
        return with(settings.login(settings.login().as(user, password)));
    }

    /**
     * Allows the password to be sent over a connection that is not encrypted, for everybody in between to read.
     *
     * <p>Default: off.
     *
     * @return a copy that allows it
     */
    public MqttCheck insecureLoginInPlainText() {
        return with(settings.login(settings.login().allowPlainText()));
    }

    /**
     * Expects that a message comes back: subscribes to a topic, publishes a random text there, waits for it and ends the
     * subscription. All with quality of service 0, and nothing is retained. Whoever else is subscribed to the topic gets
     * the text too, and more than 100 messages of others in between are a failure, so it should be a topic that is
     * for this alone.
     *
     * <p>Default: none.
     *
     * @param topic its name without wildcards, one line of 1 to 500 characters that does not begin with {@code $}
     * @return a copy that expects it
     * @throws IllegalArgumentException if it is no such name
     */
    public MqttCheck roundTrip(String topic) {
        return with(settings.topic(topic));
    }

    private MqttCheck with(Settings other) {
        return new MqttCheck(options(), other);
    }

    @Override
    protected MqttCheck with(SocketOptions other) {
        return new MqttCheck(other, settings);
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
        return "mqtt";
    }
}

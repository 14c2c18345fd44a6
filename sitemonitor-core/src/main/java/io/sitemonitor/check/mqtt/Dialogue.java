package io.sitemonitor.check.mqtt;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.FailedException;
import io.sitemonitor.check.internal.Farewell;
import io.sitemonitor.check.internal.Login;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Predicate;

/** What is said to an MQTT broker in one run. */
record Dialogue(Settings settings, Conversation server) {

    private static final byte[] PROTOCOL = {0, 4, 'M', 'Q', 'T', 'T', 4};
    private static final int CLEAN_SESSION = 0x02;
    private static final int HAS_PASSWORD = 0x40;
    private static final int HAS_USER = 0x80;
    private static final int KEEP_ALIVE = 60; // seconds; what the broker forgets us after, if the farewell is lost
    private static final int ACKNOWLEDGED = 0x02; // the flags of packets that are answered
    private static final int REFUSED = 0x80;
    private static final int MOST_SKIPPED = 100;
    private static final byte[] SUBSCRIPTION = {0, 1};
    private static final byte[] END_OF_IT = {0, 2};

    CheckResult speak() throws IOException {
        settings.login().requireProtection(server);
        try {
            server.phase("session");
            begin();
            server.phase("ping");
            Packet.of(Packet.PINGREQ, 0).send(server);
            find(Packet.PINGRESP, "PINGRESP");
            String topic = settings.topic();
            if (topic != null) {
                server.phase("roundTrip");
                roundTrip(topic);
            }
            return CheckResult.pass(topic == null ? "ready" : "message came back");
        } finally {
            Farewell.say(server, Packet.of(Packet.DISCONNECT, 0).bytes());
        }
    }

    private void begin() throws IOException {
        Login login = settings.login();
        int flags = CLEAN_SESSION | (login.isGiven() ? HAS_USER | HAS_PASSWORD : 0);
        byte[] clientId = Packet.text(settings.clientId());
        byte[] options = {(byte) flags, 0, KEEP_ALIVE};
        Packet connect = login.isGiven()
                ? Packet.of(
                        Packet.CONNECT,
                        0,
                        PROTOCOL,
                        options,
                        clientId,
                        Packet.text(login.name()),
                        Packet.text(login.reveal()))
                : Packet.of(Packet.CONNECT, 0, PROTOCOL, options, clientId);
        server.doing("waiting for CONNACK");
        connect.send(server);
        Packet answer = Packet.first(server, Packet.CONNACK);
        int code = answer.octet(1);
        if (code != 0) {
            throw new FailedException(FailureKind.STATUS, "CONNACK " + code + ": " + meaning(code));
        }
        if (answer.octet(0) != 0 || answer.body().length != 2) {
            throw new ProtocolException("CONNACK speaks of what was not asked for, such as a session");
        }
    }

    private static String meaning(int code) {
        return switch (code) {
            case 1, 0x84 -> "unacceptable protocol version";
            case 2 -> "client identifier rejected";
            case 3 -> "server unavailable";
            case 4 -> "bad user name or password";
            case 5 -> "not authorized";
            default -> "refused";
        };
    }

    private void roundTrip(String name) throws IOException {
        byte[] topic = Packet.text(name);
        Packet.of(Packet.SUBSCRIBE, ACKNOWLEDGED, SUBSCRIPTION, topic, new byte[] {0})
                .send(server);
        if (find(Packet.SUBACK, "SUBACK").octet(2) == REFUSED) {
            throw new FailedException(FailureKind.STATUS, "SUBACK 128: subscription to " + name + " refused");
        }
        byte[] text = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        Packet.of(Packet.PUBLISH, 0, topic, text).send(server);
        find("the message to come back", packet -> packet.isMessage(topic, text));
        Packet.of(Packet.UNSUBSCRIBE, ACKNOWLEDGED, END_OF_IT, topic).send(server);
        find(Packet.UNSUBACK, "UNSUBACK");
    }

    private Packet find(int type, String name) throws IOException {
        return find(name, packet -> packet.type() == type);
    }

    /** Reads up to what is waited for; messages of others may come before it. */
    private Packet find(String name, Predicate<Packet> wanted) throws IOException {
        server.doing("waiting for " + name);
        for (int others = 0; others <= MOST_SKIPPED; others++) {
            Packet packet = Packet.read(server);
            if (wanted.test(packet)) {
                return packet;
            }
            if (packet.type() != Packet.PUBLISH) {
                throw new ProtocolException("a packet of type " + packet.type() + " was not asked for");
            }
        }
        throw new ProtocolException("more than " + MOST_SKIPPED + " messages come that were not asked for");
    }
}

package io.sitemonitor.amqp.check;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is said to a broker in one run. */
final class Dialogue {

    private static final byte[] PROTOCOL = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
    private static final Map<String, Boolean> CAPABILITIES = Map.of(
            "authentication_failure_close",
            true,
            "basic.nack",
            true,
            "connection.blocked",
            true,
            "publisher_confirms",
            true);
    private static final String MECHANISM = "PLAIN";
    /** The largest frame to be sent here: the least that both sides must allow. */
    private static final long FRAME = 4_096;

    private static final long SHORTEST_HEARTBEAT = 10;
    private static final long LONGEST_HEARTBEAT = 0xFFFF;

    private static final int PASSIVE = 1;
    private static final int EXCLUSIVE_AND_AUTO_DELETE = 4 + 8;
    private static final int MANDATORY = 1;
    private static final int NO_ACKNOWLEDGEMENT = 2;
    private static final int BASIC = 60;
    private static final int HAS_DELIVERY_MODE_AND_MESSAGE_ID = 1 << 12 | 1 << 7;
    private static final int TRANSIENT = 1;
    private static final int REPLY_SUCCESS = 200;

    private final Settings settings;
    private final Conversation server;
    private final Broker broker;

    Dialogue(Settings settings, Conversation server) {
        this.settings = settings;
        this.server = server;
        broker = new Broker(server);
    }

    CheckResult speak() throws IOException {
        try {
            login();
            server.phase("channel");
            broker.send(Method.CHANNEL_OPEN, new Request().shortText(""));
            broker.await(Method.CHANNEL_OPEN_OK);
            CheckResult found = queues();
            if (found.verdict() != Verdict.FAIL && settings.roundTrip()) {
                roundTrip();
                found = found.verdict() == Verdict.PASS ? CheckResult.pass("message came back") : found;
            }
            return leave(found);
        } catch (Refusal e) {
            sayFarewell();
            return e.result();
        }
    }

    private void login() throws IOException {
        server.phase("login");
        server.send(PROTOCOL);
        Arguments start = broker.await(Method.CONNECTION_START).arguments();
        int major = start.octet();
        int minor = start.octet();
        if (major != 0 || minor != 9) {
            throw new ProtocolException("broker speaks AMQP " + major + "-" + minor + " and not 0-9-1");
        }
        Map<String, String> properties = start.texts();
        String product = properties.get("product");
        if (product != null) {
            server.fact("broker", (product + " " + properties.getOrDefault("version", "")).strip());
        }
        List<String> mechanisms = List.of(start.longText().split(" "));
        if (!mechanisms.contains(MECHANISM)) {
            throw new Refusal(FailureKind.STATUS, "broker takes no password, only " + String.join(" ", mechanisms));
        }
        String name = "sitemonitor:" + server.context().monitor() + ":"
                + server.context().check();
        broker.send(
                Method.CONNECTION_START_OK,
                new Request()
                        .table(Map.of("product", "sitemonitor", "connection_name", name, "capabilities", CAPABILITIES))
                        .shortText(MECHANISM)
                        .longText("\0" + settings.user() + "\0" + settings.reveal())
                        .shortText("en_US"));
        Frame limits = Frame.of(Method.CONNECTION_TUNE_OK, limits(awaitTune()));
        broker.send(
                limits,
                Frame.of(
                        Method.CONNECTION_OPEN,
                        new Request()
                                .shortText(settings.virtualHost())
                                .shortText("")
                                .octet(0)));
        broker.await(Method.CONNECTION_OPEN_OK);
    }

    private Arguments awaitTune() throws IOException {
        try {
            return broker.await(Method.CONNECTION_TUNE).arguments();
        } catch (EOFException e) {
            throw new Refusal(
                    FailureKind.CONNECT,
                    "connection closed by the broker at the login of '" + settings.user()
                            + "', which is how some refuse one");
        }
    }

    /** The run sends no heartbeats, so the broker must not miss any in it; but it is to notice soon after that we are gone. */
    private Request limits(Arguments offer) throws IOException {
        offer.number16();
        long frame = offer.number32();
        long seconds = server.context().timeout().toSeconds() + 1;
        return new Request()
                .number16(1)
                .number32(frame == 0 ? FRAME : Math.min(frame, FRAME))
                .number16((int) Math.min(Math.max(seconds, SHORTEST_HEARTBEAT), LONGEST_HEARTBEAT));
    }

    private CheckResult queues() throws IOException {
        CheckResult found = CheckResult.pass("ready");
        if (!settings.queues().isEmpty()) {
            server.phase("queues");
        }
        for (Settings.Queue queue : settings.queues()) {
            QueueState state = declare(queue.name(), PASSIVE);
            server.fact("messages " + queue.name(), Long.toString(state.messages()));
            server.fact("consumers " + queue.name(), Long.toString(state.consumers()));
            found = worse(found, server.judge(queue.expectations(), state, "queue"));
        }
        return found;
    }

    /** The first failure, otherwise the first warning. */
    private static CheckResult worse(CheckResult found, @Nullable CheckResult next) {
        if (next == null || found.verdict() == Verdict.FAIL) {
            return found;
        }
        return found.verdict() == Verdict.PASS || next.verdict() == Verdict.FAIL ? next : found;
    }

    private QueueState declare(String name, int flags) throws IOException {
        broker.send(
                Method.QUEUE_DECLARE,
                new Request().number16(0).shortText(name).octet(flags).table(Map.of()));
        Arguments told = broker.await(Method.QUEUE_DECLARE_OK).arguments();
        String its = told.shortText();
        if (!name.isEmpty() && !its.equals(name)) {
            throw new ProtocolException("broker was asked for one queue and tells of '" + its + "'");
        }
        return new QueueState(its, told.number32(), told.number32());
    }

    private void roundTrip() throws IOException {
        server.phase("publish");
        String queue = declare("", EXCLUSIVE_AND_AUTO_DELETE).name();
        broker.send(Method.CONFIRM_SELECT, new Request().octet(0));
        broker.await(Method.CONFIRM_SELECT_OK);
        String id = UUID.randomUUID().toString();
        byte[] text = id.getBytes(StandardCharsets.US_ASCII);
        publish(queue, id, text);
        server.phase("consume");
        broker.send(
                Method.BASIC_CONSUME,
                new Request()
                        .number16(0)
                        .shortText(queue)
                        .shortText("")
                        .octet(NO_ACKNOWLEDGEMENT)
                        .table(Map.of()));
        broker.await(Method.BASIC_CONSUME_OK);
        broker.await(Method.BASIC_DELIVER);
        if (!Arrays.equals(text, broker.message())) {
            throw new Refusal(FailureKind.ASSERTION, "another message came back than was sent");
        }
    }

    private void publish(String queue, String id, byte[] text) throws IOException {
        Method method = Method.BASIC_PUBLISH;
        Request header = new Request()
                .number16(BASIC)
                .number16(0)
                .number64(text.length)
                .number16(HAS_DELIVERY_MODE_AND_MESSAGE_ID)
                .octet(TRANSIENT)
                .shortText(id);
        broker.send(
                Frame.of(
                        method,
                        new Request().number16(0).shortText("").shortText(queue).octet(MANDATORY)),
                new Frame(Frame.HEADER, method.channel(), header.bytes()),
                new Frame(Frame.BODY, method.channel(), text));
        Broker.Answer answer = broker.await(Method.BASIC_ACK, Method.BASIC_NACK, Method.BASIC_RETURN);
        if (answer.method() == Method.BASIC_RETURN) {
            throw new Refusal(
                    FailureKind.STATUS,
                    "message returned: " + answer.arguments().number16() + " "
                            + answer.arguments().shortText());
        }
        if (answer.method() == Method.BASIC_NACK) {
            throw new Refusal(FailureKind.STATUS, "broker could not take the message (" + answer.shown() + ")");
        }
        if (answer.arguments().number64() != 1) {
            throw new ProtocolException("a message was confirmed that was not sent");
        }
    }

    /** The broker answers once everything that belongs to the connection is gone. */
    private CheckResult leave(CheckResult found) throws IOException {
        server.phase("close");
        try {
            broker.send(Method.CONNECTION_CLOSE, farewell());
            broker.awaitEnd();
        } catch (IOException e) {
            // one that hangs up in place of an answer has done what it was asked for
            if (!(e instanceof EOFException) && found.verdict() != Verdict.FAIL) {
                throw e;
            }
        }
        return found;
    }

    private void sayFarewell() {
        try {
            if (broker.hasClosed()) {
                broker.send(Method.CONNECTION_CLOSE_OK, new Request());
            } else {
                broker.send(Method.CONNECTION_CLOSE, farewell());
            }
        } catch (IOException e) {
            // what is wrong is known, and the connection is closed next
        }
    }

    private static Request farewell() {
        return new Request()
                .number16(REPLY_SUCCESS)
                .shortText("done")
                .number16(0)
                .number16(0);
    }
}

package io.sitemonitor.amqp.check;

import static io.sitemonitor.amqp.check.QueueExpectation.consumersAtLeast;
import static io.sitemonitor.amqp.check.QueueExpectation.depthBelow;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.amqp.AmqpAddress;
import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.ScriptServer;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class RabbitCheckTest {

    @Test
    void logsInOpensAChannelAndTakesLeave() throws Exception {
        try (ScriptServer server = new ScriptServer(BrokerTalk.open().then(BrokerTalk.CLOSE_OK))) {
            CheckResult result =
                    run(RabbitCheck.connect("amqp://mo%3Anitor:pass%2Fword@127.0.0.1:" + server.port() + "/sh%2fop"));

            assertThat(result.summary()).isEqualTo("PASS: ready");
            assertThat(result.evidence().phases().keySet()).containsExactly("connect", "login", "channel", "close");
            assertThat(result.evidence().facts()).containsExactly(Map.entry("broker", "RabbitMQ 3.10.8"));
            List<String> asked = server.asked();
            assertThat(asked).hasSize(5);
            assertThat(asked.get(0)).isEqualTo("AMQP\0\0\t\1");
            assertThat(asked.get(1))
                    .startsWith("\1\0\0\0\0")
                    .contains("\5PLAIN\0\0\0\u0013\0mo:nitor\0pass/word\5en_US\u00CE")
                    .contains("connection_nameS\0\0\0\u0019sitemonitor:monitor:check")
                    .contains("authentication_failure_closet\1")
                    .contains("connection.blockedt\1");
            assertThat(asked.get(2))
                    .isEqualTo(
                            "\1\0\0\0\0\0\u000C\0\n\0\u001F\0\1\0\0\u0010\0\0\u0015\u00CE" // 21 seconds
                                    + "\1\0\0\0\0\0\u000C\0\n\0\u0028\5sh/op\0\0\u00CE");
            assertThat(asked.get(3)).isEqualTo("\1\0\1\0\0\0\5\0\u0014\0\n\0\u00CE");
            assertThat(asked.get(4)).isEqualTo("\1\0\0\0\0\0\u000F\0\n\0002\0\u00C8\4done\0\0\0\0\u00CE");
        }
    }

    @Test
    void aMessageComesBack() throws Exception {
        try (ScriptServer server = new ScriptServer(BrokerTalk.honest())) {
            CheckResult result = run(BrokerTalk.check(server.port()));

            assertThat(result.summary()).isEqualTo("PASS: message came back");
            assertThat(result.evidence().phases().keySet())
                    .containsExactly("connect", "login", "channel", "queues", "publish", "consume", "close");
            assertThat(result.evidence().facts())
                    .containsEntry("messages jobs", "12")
                    .containsEntry("consumers jobs", "2");
            List<String> asked = server.asked();
            assertThat(asked.get(4)).as("passive").isEqualTo("\1\0\1\0\0\0\u0010\0002\0\n\0\0\4jobs\1\0\0\0\0\u00CE");
            assertThat(asked.get(5))
                    .as("exclusive, deleted automatically, neither durable nor named")
                    .isEqualTo("\1\0\1\0\0\0\u000C\0002\0\n\0\0\0\u000C\0\0\0\0\u00CE");
            assertThat(asked.get(7))
                    .as("to the default exchange, mandatory; transient, with its id")
                    .startsWith("\1\0\1\0\0\0\u0012\0\u003C\0\u0028\0\0\0\tamq.gen-1\1\u00CE")
                    .contains("\u0010\u0080\1\u0024" + BrokerTalk.textOf(asked.get(7)) + "\u00CE");
        }
    }

    @ParameterizedTest
    @MethodSource
    void whatABrokerMaySay(Script script, String summary) throws Exception {
        assertThat(against(script, RabbitCheck::roundTrip).summary()).isEqualTo(summary);
    }

    static Stream<Arguments> whatABrokerMaySay() {
        Script login = Script.answering(BrokerTalk.START);
        String returned = BrokerTalk.said(
                Method.BASIC_RETURN,
                new Request().number16(312).shortText("NO_ROUTE").shortText("").shortText("amq.gen-1"));
        String nack =
                BrokerTalk.said(Method.BASIC_NACK, new Request().number64(1).octet(0));
        String blocked = BrokerTalk.said(Method.CONNECTION_BLOCKED, new Request().shortText("low on memory"));
        String unblocked = BrokerTalk.said(Method.CONNECTION_UNBLOCKED, new Request());
        String stop = BrokerTalk.said(Method.CHANNEL_FLOW, new Request().octet(0));
        String cancel = BrokerTalk.said(Method.BASIC_CANCEL, new Request().shortText("tag"));
        return Stream.of(
                Arguments.of(
                        login.then(BrokerTalk.close(Method.CONNECTION_CLOSE, 403, "ACCESS_REFUSED - no")),
                        "STATUS: 403 ACCESS_REFUSED - no"),
                Arguments.of(
                        login.then(BrokerTalk.TUNE)
                                .then(BrokerTalk.close(Method.CONNECTION_CLOSE, 530, "NOT_ALLOWED - no vhost")),
                        "STATUS: 530 NOT_ALLOWED - no vhost"),
                Arguments.of(
                        BrokerTalk.open().then(BrokerTalk.close(Method.CHANNEL_CLOSE, 403, "ACCESS_REFUSED - no")),
                        "STATUS: 403 ACCESS_REFUSED - no"),
                Arguments.of(BrokerTalk.ready().then(returned), "STATUS: message returned: 312 NO_ROUTE"),
                Arguments.of(BrokerTalk.ready().then(nack), "STATUS: broker could not take the message (basic.nack)"),
                Arguments.of(BrokerTalk.ready().then(blocked), "STATUS: broker takes no messages: low on memory"),
                Arguments.of(BrokerTalk.open().then(stop), "STATUS: broker asks for no more messages"),
                Arguments.of(
                        BrokerTalk.ready().then(BrokerTalk.ACK).then(BrokerTalk.CONSUME_OK + cancel),
                        "STATUS: broker has cancelled the consumer"),
                Arguments.of(
                        BrokerTalk.ready()
                                .then(BrokerTalk.ACK)
                                .then(BrokerTalk.CONSUME_OK + BrokerTalk.delivery("other")),
                        "ASSERTION: another message came back than was sent"),
                Arguments.of(
                        BrokerTalk.ready()
                                .then(BrokerTalk.ACK)
                                .then(BrokerTalk.CONSUME_OK + BrokerTalk.deliver() + BrokerTalk.content("a", 65_537)),
                        "TOO_LARGE: answer has a message of 65537 bytes, more than 65536"),
                Arguments.of(
                        BrokerTalk.ready()
                                .then(BrokerTalk.said(
                                        Method.BASIC_ACK,
                                        new Request().number64(2).octet(0))),
                        "PROTOCOL: a message was confirmed that was not sent"),
                Arguments.of(
                        Script.answering(BrokerTalk.start("EXTERNAL CRAM-MD5")),
                        "STATUS: broker takes no password, only EXTERNAL CRAM-MD5"),
                Arguments.of(
                        Script.answering(BrokerTalk.said(
                                Method.CONNECTION_START, new Request().octet(8).octet(0))),
                        "PROTOCOL: broker speaks AMQP 8-0 and not 0-9-1"),
                Arguments.of(
                        Script.answering("AMQP\3\1\0\0"),
                        "PROTOCOL: broker does not speak AMQP 0-9-1; it offers version 1-0-0 of protocol 3"),
                Arguments.of(
                        Script.answering("HTTP/1.1 400 Bad Request\r\n"),
                        "PROTOCOL: answer is none of AMQP 0-9-1: a frame begins with 'H'"),
                Arguments.of(
                        Script.answering("ABBA and more of that"),
                        "PROTOCOL: answer is none of AMQP 0-9-1: a frame begins with 'A'"),
                Arguments.of(
                        Script.answering("\1\0\2\0\0\0\0\u00CE"),
                        "PROTOCOL: answer is none of AMQP 0-9-1: a frame is for channel 2, which is not open"),
                Arguments.of(
                        Script.answering("\1\0\0\0\1\0\1"),
                        "TOO_LARGE: answer has a frame of 65537 bytes, more than 65536"),
                Arguments.of(
                        Script.answering("\1\0\0\0\0\0\0!"),
                        "PROTOCOL: answer is none of AMQP 0-9-1: a frame is longer than it says"),
                Arguments.of(
                        Script.answering("\1\0\0\0\0\0\0\u00CE"),
                        "PROTOCOL: answer is none of AMQP 0-9-1: a frame ends too soon"),
                Arguments.of(Script.answering(BrokerTalk.TUNE), "PROTOCOL: connection.tune was not asked for"),
                Arguments.of(
                        Script.answering(BrokerTalk.START.replaceFirst("^\1\0\0", "\1\0\1")),
                        "PROTOCOL: connection.start was not asked for"),
                Arguments.of(Script.answering("\1\0\0\0\0\0\4\0\u0063\0\1\u00CE"), "PROTOCOL: 99.1 was not asked for"),
                Arguments.of(
                        Script.answering(BrokerTalk.START)
                                .then(unblocked + BrokerTalk.HEARTBEAT + BrokerTalk.TUNE)
                                .then(BrokerTalk.said(Method.CHANNEL_OPEN_OK, new Request())),
                        "PROTOCOL: channel.open-ok was not asked for"));
    }

    @Test
    void aFlowThatGoesOnIsAcknowledged() throws Exception {
        String go = BrokerTalk.said(Method.CHANNEL_FLOW, new Request().octet(1));
        Script flowing = Script.answering(BrokerTalk.START)
                .then(BrokerTalk.TUNE)
                .then(BrokerTalk.OPEN_OK + go)
                .then(BrokerTalk.CHANNEL_OPEN_OK)
                .then(BrokerTalk.CLOSE_OK);
        try (ScriptServer server = new ScriptServer(flowing)) {
            assertThat(run(BrokerTalk.plain(server.port())).verdict()).isEqualTo(Verdict.PASS);
            assertThat(String.join("", server.asked())).contains("\1\0\1\0\0\0\5\0\u0014\0\u0015\1\u00CE");
        }
    }

    @Test
    void aRefusalOfTheBrokerIsAcknowledged() throws Exception {
        Script script = Script.answering(BrokerTalk.START).then(BrokerTalk.close(Method.CONNECTION_CLOSE, 403, "no"));
        try (ScriptServer server = new ScriptServer(script)) {
            run(BrokerTalk.plain(server.port()));

            assertThat(server.asked().get(2)).isEqualTo(BrokerTalk.CLOSE_OK);
        }
    }

    @Test
    void ofTwoWarningsTheFirstIsTold() throws Exception {
        Script script = BrokerTalk.open()
                .then(BrokerTalk.declareOk("jobs", 12, 1))
                .then(BrokerTalk.declareOk("mails", 13, 1))
                .then(BrokerTalk.CLOSE_OK);

        assertThat(against(
                                script,
                                check -> check.expectQueue(
                                                "jobs", depthBelow(12).orWarn())
                                        .expectQueue("mails", depthBelow(12).orWarn()))
                        .summary())
                .isEqualTo("WARN: queue 'jobs' has 12 messages, not less than 12");
    }

    @Test
    void theStateOfAnotherQueueIsNoAnswer() throws Exception {
        Script script = BrokerTalk.open().then(BrokerTalk.declareOk("mails", 0, 1));

        assertThat(against(script, check -> check.expectQueue("jobs")).summary())
                .isEqualTo("PROTOCOL: broker was asked for one queue and tells of 'mails'");
    }

    @Test
    void theRoundTripIsMadeInTheVirtualHostThatIsNamed() throws Exception {
        try (ScriptServer server = new ScriptServer(BrokerTalk.open())) {
            RabbitCheck.connect("amqp://127.0.0.1:" + server.port() + "/shop")
                    .roundTrip()
                    .run(FixedContext.of(ofSeconds(1)));

            assertThat(server.asked().get(2)).endsWith("\4shop\0\0\u00CE");
        }
    }

    @ParameterizedTest
    @MethodSource
    void whatQueuesShouldBeLike(List<Expectation<QueueState>> expectations, String summary) throws Exception {
        Script script =
                BrokerTalk.open().then(BrokerTalk.declareOk("jobs", 12, 1)).then(BrokerTalk.CLOSE_OK);

        CheckResult result = against(script, check -> {
            RabbitCheck asking = check;
            for (Expectation<QueueState> expectation : expectations) {
                asking = asking.expectQueue("jobs", expectation);
            }
            return asking;
        });

        assertThat(result.summary()).isEqualTo(summary);
        assertThat(result.evidence().facts())
                .containsEntry("messages jobs", "12")
                .containsEntry("consumers jobs", "1");
    }

    static Stream<Arguments> whatQueuesShouldBeLike() {
        Expectation<QueueState> broken = queue -> {
            throw new IllegalStateException("broken");
        };
        return Stream.of(
                Arguments.of(List.of(depthBelow(13), consumersAtLeast(1)), "PASS: ready"),
                Arguments.of(List.of(depthBelow(12)), "ASSERTION: queue 'jobs' has 12 messages, not less than 12"),
                Arguments.of(List.of(consumersAtLeast(2)), "ASSERTION: queue 'jobs' has 1 consumer, less than 2"),
                Arguments.of(List.of(depthBelow(12).orWarn()), "WARN: queue 'jobs' has 12 messages, not less than 12"),
                Arguments.of(
                        List.of(depthBelow(12).orWarn(), consumersAtLeast(2)),
                        "ASSERTION: queue 'jobs' has 1 consumer, less than 2"),
                Arguments.of(
                        List.of((Expectation<QueueState>) queue -> "I do not like it"), "ASSERTION: I do not like it"),
                Arguments.of(
                        List.of(broken),
                        "CHECK_ERROR: an expectation of the queue threw java.lang.IllegalStateException: broken"));
    }

    @Test
    void theFirstFailureOfSeveralQueuesCounts() throws Exception {
        Script script = BrokerTalk.open()
                .then(BrokerTalk.declareOk("a", 1, 0))
                .then(BrokerTalk.declareOk("b", 2, 0))
                .then(BrokerTalk.declareOk("c", 3, 0))
                .then(BrokerTalk.CLOSE_OK);

        CheckResult result = against(
                script,
                check -> check.expectQueue("a", depthBelow(1).orWarn())
                        .expectQueue("b", depthBelow(1))
                        .expectQueue("c", depthBelow(1))
                        .roundTrip());

        assertThat(result.summary()).isEqualTo("ASSERTION: queue 'b' has 2 messages, not less than 1");
        assertThat(result.evidence().facts()).containsKeys("messages a", "messages b", "messages c");
    }

    @Test
    void aFailureIsToldEvenIfTheBrokerDoesNotTakeLeave() throws Exception {
        Script script =
                BrokerTalk.open().then(BrokerTalk.declareOk("jobs", 12, 1)).then("nonsense");

        assertThat(against(script, check -> check.expectQueue("jobs", depthBelow(1)))
                        .summary())
                .isEqualTo("ASSERTION: queue 'jobs' has 12 messages, not less than 1");
        assertThat(against(
                                script,
                                check -> check.expectQueue("jobs", depthBelow(1).orWarn()))
                        .failure())
                .isEqualTo(FailureKind.PROTOCOL);
    }

    @Test
    @DisplayName("Security: the address policy is asked before anything is said")
    void asksTheAddressPolicy() throws Exception {
        try (ScriptServer server = new ScriptServer(BrokerTalk.honest())) {
            CheckResult result = BrokerTalk.check(server.port())
                    .run(FixedContext.of(ofSeconds(20)).under(AddressPolicy.publicOnly()));

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.REFUSED_BY_POLICY);
        }
    }

    @Test
    void aPasswordThatCannotBeSentIsAnErrorOfTheCheck() throws Exception {
        for (String password : List.of("a\0b", "x".repeat(4_097))) {
            CheckResult result =
                    against(Script.answering(BrokerTalk.START), check -> check.login("monitor", Secret.of(password)));

            assertThat(result.summary())
                    .isEqualTo("CHECK_ERROR: the password must have at most 4096 bytes and no control character");
        }
    }

    @Test
    void refusesWhatIsNoName() {
        RabbitCheck check = RabbitCheck.connect("amqp://broker");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expectQueue(""))
                .withMessage("queue must have from 1 to 255 bytes, but has 0");
        assertThatIllegalArgumentException().isThrownBy(() -> check.expectQueue("ä".repeat(128)));
        assertThatIllegalArgumentException().isThrownBy(() -> check.login("a\nb", Secret.of("b")));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RabbitCheck.connect(AmqpAddress.parse("amqp://broker").withVirtualHost("a\0")))
                .withMessageStartingWith("virtualHost must not contain control characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RabbitCheck.connect("amqp://:pass@broker"))
                .withMessage("user must have from 1 to 255 bytes, but has 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RabbitCheck.connect("amqp://user:hunter/2@broker"))
                .withMessageNotContaining("hunter");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> depthBelow(0))
                .withMessage("messages must be at least 1, but was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> consumersAtLeast(0));
    }

    @Test
    void takesSoManyQueuesAndExpectationsAndNoMore() {
        RabbitCheck full = RabbitCheck.connect("amqp://broker");
        for (int i = 0; i < 32; i++) {
            full = full.expectQueue("queue" + i).expectQueue("queue0", depthBelow(1 + i));
        }
        RabbitCheck last = full;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> last.expectQueue("another"))
                .withMessage("a check can look at 32 queues at most");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> last.expectQueue("queue0", depthBelow(99)))
                .withMessage("a queue can have at most 32 expectations");
    }

    @Test
    void isEqualByItsOptions() {
        RabbitCheck check = RabbitCheck.connect("amqp://user:pass@Broker/shop");

        assertThat(check)
                .isEqualTo(RabbitCheck.connect("amqp://user:pass@Broker:5672/shop"))
                .isNotEqualTo(RabbitCheck.connect("amqp://user:other@Broker/shop"))
                .isNotEqualTo(RabbitCheck.connect("amqp://user:pass@Broker"))
                .isNotEqualTo(RabbitCheck.connect("amqps://user:pass@Broker:5672/shop"))
                .isNotEqualTo(check.roundTrip())
                .hasToString("RABBITMQ Broker:5672");
        assertThat(check.host()).isEqualTo("broker");
        assertThat(RabbitCheck.connect("amqps://broker").target()).isEqualTo("broker:5671");
        assertThat(check.login("user", Secret.of("pass"))).isEqualTo(check);
        assertThat(check.expectQueue("a", depthBelow(1), consumersAtLeast(1)))
                .isEqualTo(check.expectQueue("a", depthBelow(1)).expectQueue("a", consumersAtLeast(1)))
                .isNotEqualTo(check.expectQueue("a", depthBelow(2)));
    }

    private static CheckResult against(Script script, UnaryOperator<RabbitCheck> options) throws IOException {
        return ScriptServer.run(script, port -> options.apply(BrokerTalk.plain(port)));
    }

    private static CheckResult run(RabbitCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}

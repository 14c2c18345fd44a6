package io.sitemonitor.check.mqtt;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.ScriptServer;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.Talks;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MqttCheckTest {

    private static final Secret PASSWORD = Secret.of("correct horse");
    private static final String CONNACK = "\u0020\u0002\u0000\u0000";
    private static final String PINGRESP = "\u00D0\u0000";
    private static final String DISCONNECT = "\u00E0\u0000";

    @Test
    void beginsASessionPingsAndTakesLeave() throws Exception {
        try (ScriptServer server = new ScriptServer(Script.answering(CONNACK).then(PINGRESP))) {
            CheckResult result = run(MqttCheck.connect("127.0.0.1", server.port()));

            assertThat(result.summary()).isEqualTo("PASS: ready");
            assertThat(result.evidence().phases().keySet()).containsExactly("connect", "session", "ping");
            assertThat(server.asked())
                    .containsExactly(
                            "\u0010\u000C\0\4MQTT\4\2\0<\0\0", // clean session, 60 seconds, no name
                            "\u00C0\u0000",
                            DISCONNECT);
        }
    }

    @Test
    void aMessageComesBack() throws Exception {
        try (ScriptServer server = new ScriptServer(Talks.MQTT.script())) {
            CheckResult result = Talks.MQTT.check(server.port()).run(FixedContext.of(ofSeconds(20)));

            assertThat(result.summary()).isEqualTo("PASS: message came back");
            assertThat(result.evidence().phases()).containsKey("roundTrip");
            List<String> asked = server.asked();
            assertThat(asked.get(0)).isEqualTo("\u0010+\0\4MQTT\4\u00C2\0<\0\7monitor\0\7monitor\0\rcorrect horse");
            assertThat(asked.get(2)).isEqualTo("\u0082\u0011\0\1\0\u000Cmonitor/shop\0");
            assertThat(asked.get(3)).startsWith("\u00302\0\u000Cmonitor/shop");
            assertThat(asked.get(4)).isEqualTo("\u00A2\u0010\0\2\0\u000Cmonitor/shop");
            assertThat(asked.get(5)).isEqualTo(DISCONNECT);
        }
    }

    @Test
    void aLongPacketHasALongLength() throws Exception {
        try (ScriptServer server = new ScriptServer(Script.answering(CONNACK).then(PINGRESP))) {
            run(MqttCheck.connect("127.0.0.1", server.port()).clientId("x".repeat(200)));

            assertThat(server.asked().get(0))
                    .startsWith("\u0010\u00D4\u0001\0\4MQTT")
                    .hasSize(3 + 212);
        }
    }

    @Test
    void messagesOfOthersMayComeInBetween() throws Exception {
        String other = "\u0031\u0004\0\1a!";
        Script script = Script.answering(CONNACK)
                .then(PINGRESP)
                .then(other + "\u0090\u0003\0\1\0" + other)
                .then(published -> other + published + other)
                .then(other + "\u00B0\u0002\0\2");

        assertThat(against(script, check -> check.roundTrip("monitor/shop")).summary())
                .isEqualTo("PASS: message came back");
    }

    @Test
    void aMessageThatDoesNotComeBackIsATimeout() throws Exception {
        Script script = Script.answering(CONNACK)
                .then(PINGRESP)
                .then("\u0090\u0003\0\1\0")
                .then(published -> published.replace('-', '+'));
        try (ScriptServer server = new ScriptServer(script)) {
            CheckResult result = MqttCheck.connect("127.0.0.1", server.port())
                    .roundTrip("monitor/shop")
                    .run(FixedContext.of(ofSeconds(3)));

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(result.message()).endsWith(", waiting for the message to come back)");
        }
    }

    @Test
    void theSameTextOfAnotherTopicIsAnotherMessage() throws Exception {
        Script script = Script.answering(CONNACK)
                .then(PINGRESP)
                .then("\u0090\u0003\0\1\0")
                .then(published -> published.replace("shop", "shed"))
                .then("\u00B0\u0002\0\2");
        try (ScriptServer server = new ScriptServer(script)) {
            CheckResult result = MqttCheck.connect("127.0.0.1", server.port())
                    .roundTrip("monitor/shop")
                    .run(FixedContext.of(ofSeconds(1)));

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
        }
    }

    @Test
    @DisplayName("Security: no password is sent in plain text")
    void noPasswordIsSentInPlainText() throws Exception {
        try (ScriptServer server = new ScriptServer(Script.answering(CONNACK))) {
            MqttCheck check = MqttCheck.connect("127.0.0.1", server.port()).login("monitor", PASSWORD);

            assertThat(run(check).summary()).startsWith("CHECK_ERROR: the password is not sent, since the connection");
            assertThat(server.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource
    void answersThatAreNotWanted(String answer, String summary) throws Exception {
        assertThat(against(Script.answering(answer), check -> check).summary()).isEqualTo(summary);
    }

    static Stream<Arguments> answersThatAreNotWanted() {
        return Stream.of(
                Arguments.of("\u0020\2\0\1", "STATUS: CONNACK 1: unacceptable protocol version"),
                Arguments.of("\u0020\2\0\2", "STATUS: CONNACK 2: client identifier rejected"),
                Arguments.of("\u0020\2\0\3", "STATUS: CONNACK 3: server unavailable"),
                Arguments.of("\u0020\2\0\4", "STATUS: CONNACK 4: bad user name or password"),
                Arguments.of("\u0020\2\0\5", "STATUS: CONNACK 5: not authorized"),
                Arguments.of("\u0020\3\0\u0084\0", "STATUS: CONNACK 132: unacceptable protocol version"),
                Arguments.of("\u0020\2\0\u0063", "STATUS: CONNACK 99: refused"),
                Arguments.of("\u0020\2\1\0", "PROTOCOL: CONNACK speaks of what was not asked for, such as a session"),
                Arguments.of("\u0020\1\0", "PROTOCOL: answer is none of MQTT: a packet ends too soon"),
                Arguments.of(PINGRESP, "PROTOCOL: answer is none of MQTT: a packet begins with byte 208"),
                Arguments.of("220 ready\r\n", "PROTOCOL: answer is none of MQTT: a packet begins with byte 50"),
                Arguments.of("HTTP/1.1 400\r\n", "PROTOCOL: answer is none of MQTT: a packet begins with byte 72"),
                Arguments.of(
                        "\u0020\u00FF\u00FF\u00FF\u00FF",
                        "PROTOCOL: answer is none of MQTT: its length has more than 4 bytes"),
                Arguments.of(
                        "\u0020\u00FF\u00FF\u00FF\u007F",
                        "TOO_LARGE: answer has a packet of 268435455 bytes, more than 65536"));
    }

    @Test
    void aSubscriptionThatIsRefusedIsAStatus() throws Exception {
        Script script = Script.answering(CONNACK).then(PINGRESP).then("\u0090\u0003\0\1\u0080");

        assertThat(against(script, check -> check.roundTrip("monitor/shop")).summary())
                .isEqualTo("STATUS: SUBACK 128: subscription to monitor/shop refused");
    }

    @Test
    @DisplayName("Security: a password is hidden also where a topic repeats it")
    void aTopicThatRepeatsThePasswordIsHidden() throws Exception {
        Script script = Script.answering(CONNACK).then(PINGRESP).then("\u0090\u0003\0\1\u0080");

        assertThat(against(
                                script,
                                check -> check.login("monitor", PASSWORD)
                                        .insecureLoginInPlainText()
                                        .roundTrip("a/" + PASSWORD.reveal()))
                        .summary())
                .isEqualTo("STATUS: SUBACK 128: subscription to a/*** refused");
    }

    @Test
    void packetsThatWereNotAskedForAreNoAnswer() throws Exception {
        assertThat(against(Script.answering(CONNACK).then(CONNACK), check -> check)
                        .summary())
                .isEqualTo("PROTOCOL: a packet of type 2 was not asked for");
        assertThat(against(Script.answering(CONNACK).then("\u0030\4\0\1a!".repeat(101)), check -> check)
                        .summary())
                .isEqualTo("PROTOCOL: more than 100 messages come that were not asked for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/#", "+/b", "$SYS/a", "a\nb"})
    void refusesTopicsThatAreNotForThisAlone(String topic) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MqttCheck.connect("broker").roundTrip(topic))
                .withMessageStartingWith("topic must be ");
    }

    @Test
    void isEqualByItsOptions() {
        MqttCheck check = MqttCheck.connect("broker");

        assertThat(check).isEqualTo(MqttCheck.connect("broker", 1_883)).hasToString("MQTT broker:1883");
        assertThat(check.clientId("")).isEqualTo(check).isNotEqualTo(check.clientId("a"));
        assertThat(check.roundTrip("a")).isEqualTo(check.roundTrip("a")).isNotEqualTo(check.roundTrip("b"));
        assertThatIllegalArgumentException().isThrownBy(() -> check.clientId("a\0b"));
    }

    private static CheckResult against(Script script, UnaryOperator<MqttCheck> options) throws IOException {
        return ScriptServer.run(script, port -> options.apply(MqttCheck.connect("127.0.0.1", port)));
    }

    private static CheckResult run(MqttCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}

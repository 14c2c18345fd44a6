package io.sitemonitor.check.pop;

import static io.sitemonitor.check.TextExpectation.containing;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.MailServer;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.ScriptServer;
import io.sitemonitor.check.Secret;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PopCheckTest {

    private static final Secret PASSWORD = Secret.of("correct horse");

    @Test
    void aMailServerIsReadyAndTellsItsCapabilities() {
        try (MailServer server = new MailServer()) {
            int port = server.mail().getPop3().getPort();

            CheckResult result = run(PopCheck.connect("127.0.0.1", port)
                    .expectGreeting(containing("GreenMail"))
                    .expectCapability("uidl"));

            assertThat(result.summary()).isEqualTo("PASS: ready");
            assertThat(result.evidence().phases().keySet()).containsExactly("connect", "greeting", "capability");
            assertThat(result.evidence().facts().get("capabilities")).contains("UIDL");
        }
    }

    @Test
    void tellsWhatIsInTheMailboxOverTls() throws Exception {
        try (MailServer server = new MailServer()) {
            GreenMailUtil.sendTextEmail(
                    "box@shop.example",
                    "a@shop.example",
                    "hello",
                    "text",
                    server.mail().getSmtp().getServerSetup());
            assertThat(server.mail().waitForIncomingEmail(1)).isTrue();
            PopCheck check = PopCheck.connect(
                            "127.0.0.1", server.mail().getPop3s().getPort())
                    .tls(MailServer.trusted());

            CheckResult result = run(check.login(MailServer.USER, MailServer.PASSWORD));

            assertThat(result.summary()).isEqualTo("PASS: logged in");
            assertThat(result.evidence().facts()).containsEntry("messages", "1").containsKeys("bytes", "tls");
            assertThat(result.evidence().phases().keySet())
                    .containsExactly("connect", "tls", "greeting", "capability", "login", "mailbox");
            assertThat(server.mail().getReceivedMessages()).hasSize(1);
            assertThat(run(check.login(MailServer.USER, Secret.of("wrong"))).summary())
                    .startsWith("STATUS: -ERR ");
        }
    }

    @Test
    @DisplayName("Security: no password is sent in plain text")
    void noPasswordIsSentInPlainText() throws Exception {
        try (ScriptServer server = new ScriptServer(Script.greeting("+OK ready\r\n"))) {
            PopCheck check = PopCheck.connect("127.0.0.1", server.port()).login("monitor", PASSWORD);

            assertThat(run(check).summary()).startsWith("CHECK_ERROR: the password is not sent, since the connection");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void anOldServerNeedNotKnowItsCapabilities() throws Exception {
        Script script = Script.greeting("+OK ready\r\n")
                .then("-ERR what\r\n")
                .then("+OK\r\n")
                .then("+OK\r\n")
                .then("+OK 0 0\r\n");
        try (ScriptServer server = new ScriptServer(script)) {
            CheckResult result = run(PopCheck.connect("127.0.0.1", server.port())
                    .login("monitor", PASSWORD)
                    .insecureLoginInPlainText());

            assertThat(result.summary()).isEqualTo("PASS: logged in");
            assertThat(server.asked())
                    .containsExactly("CAPA\r\n", "USER monitor\r\n", "PASS correct horse\r\n", "STAT\r\n", "QUIT\r\n");
        }
        assertThat(against(script, check -> check.expectCapability("UIDL")).summary())
                .isEqualTo("ASSERTION: server does not offer UIDL");
    }

    @Test
    void aCapabilityIsAWholeWordAndOnlyStlsIsUsedUp() throws Exception {
        Script script = Script.greeting("+OK ready\r\n").then("+OK\r\nUIDL\r\nSASL PLAIN\r\n.\r\n");

        assertThat(against(script, check -> check.expectCapability("SASL")).summary())
                .isEqualTo("PASS: ready");
        assertThat(against(script, check -> check.expectCapability("UID")).summary())
                .isEqualTo("ASSERTION: server does not offer UID");
        assertThat(against(script, check -> check.expectCapability("STLS")).summary())
                .isEqualTo("ASSERTION: server does not offer STLS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-ERR locked | STATUS: -ERR locked",
                "+OK many | PROTOCOL: answer to STAT is none of POP3: '+OK many'",
                "250 mx | PROTOCOL: answer is none of POP3: '250 mx'"
            })
    void tellsARefusalFromAnotherProtocol(String answer, String summary) throws Exception {
        Script script = Script.greeting("+OK ready\r\n")
                .then("+OK\r\n.\r\n")
                .then("+OK\r\n")
                .then("+OK\r\n")
                .then(answer + "\r\n");

        assertThat(against(script, check -> check.login("monitor", PASSWORD).insecureLoginInPlainText())
                        .summary())
                .isEqualTo(summary);
    }

    @Test
    void tellsAnotherProtocolFromTheGreeting() throws Exception {
        assertThat(against(Script.greeting("220 mx\r\n"), check -> check).summary())
                .isEqualTo("PROTOCOL: answer is none of POP3: '220 mx'");
    }

    @Test
    void isEqualByItsOptions() {
        PopCheck check = PopCheck.connect("mail");

        assertThat(check).isEqualTo(PopCheck.connect("mail", 110)).hasToString("POP mail:110");
        assertThat(check.kind()).isEqualTo("pop");
        assertThat(check.expectCapability("UIDL"))
                .isEqualTo(check.expectCapability("uidl"))
                .isNotEqualTo(check);
    }

    private static CheckResult against(Script script, UnaryOperator<PopCheck> options) throws IOException {
        return ScriptServer.run(script, port -> options.apply(PopCheck.connect("127.0.0.1", port)));
    }

    private static CheckResult run(PopCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}

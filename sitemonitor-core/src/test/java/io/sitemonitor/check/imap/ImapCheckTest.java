package io.sitemonitor.check.imap;

import static io.sitemonitor.check.TextExpectation.containing;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.MailServer;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.ScriptServer;
import io.sitemonitor.check.Secret;
import jakarta.mail.Flags;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ImapCheckTest {

    private static final Secret PASSWORD = Secret.of("correct horse");

    @Test
    void aMailServerIsReadyAndTellsItsCapabilities() {
        try (MailServer server = new MailServer()) {
            CheckResult result =
                    run(plain(server).expectGreeting(containing("GreenMail")).expectCapability("idle"));

            assertThat(result.summary()).isEqualTo("PASS: ready");
            assertThat(result.evidence().phases().keySet()).containsExactly("connect", "greeting", "capability");
            assertThat(result.evidence().facts().get("greeting")).startsWith("* OK IMAP4rev1 Server GreenMail");
            assertThat(result.evidence().facts().get("capabilities")).contains("IMAP4REV1");
        }
    }

    @Test
    @DisplayName("A mailbox is looked into over TLS, and nothing is changed in it")
    void looksIntoAMailboxAndChangesNothing() throws Exception {
        try (MailServer server = new MailServer()) {
            GreenMailUtil.sendTextEmail(
                    "box@shop.example",
                    "a@shop.example",
                    "hello",
                    "text",
                    server.mail().getSmtp().getServerSetup());
            assertThat(server.mail().waitForIncomingEmail(1)).isTrue();
            ImapCheck check = ImapCheck.connect(
                            "127.0.0.1", server.mail().getImaps().getPort())
                    .tls(MailServer.trusted())
                    .login(MailServer.USER, MailServer.PASSWORD)
                    .mailbox("INBOX");

            CheckResult result = run(check);

            assertThat(result.summary()).isEqualTo("PASS: mailbox opened");
            assertThat(result.evidence().facts()).containsEntry("messages", "1").containsKey("tls");
            assertThat(result.evidence().phases().keySet())
                    .containsExactly("connect", "tls", "greeting", "capability", "login", "mailbox");
            assertThat(server.mail().getReceivedMessages()[0].isSet(Flags.Flag.SEEN))
                    .isFalse();
            assertThat(run(check).evidence().facts()).containsEntry("messages", "1");
            assertThat(run(check.mailbox("Other \"box\"")).summary()).startsWith("STATUS: NO ");
            assertThat(run(check.login(MailServer.USER, Secret.of("wrong"))).summary())
                    .startsWith("STATUS: NO LOGIN failed");
        }
    }

    @Test
    @DisplayName("Security: no password is sent in plain text")
    void noPasswordIsSentInPlainText() throws Exception {
        try (ScriptServer server = new ScriptServer(Script.greeting("* OK ready\r\n"))) {
            ImapCheck check = ImapCheck.connect("127.0.0.1", server.port()).login("monitor", PASSWORD);

            assertThat(run(check).summary()).startsWith("CHECK_ERROR: the password is not sent, since the connection");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void logsInByPlainIfThatIsOffered() throws Exception {
        Script script = Script.greeting("* OK ready\r\n")
                .then("* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=PLAIN\r\ns1 OK done\r\n")
                .then("* OK wait\r\n+ go on\r\n")
                .then("s2 OK welcome\r\n");
        try (ScriptServer server = new ScriptServer(script)) {
            CheckResult result = run(ImapCheck.connect("127.0.0.1", server.port())
                    .login("monitor", Secret.of("p\u00E4ss"))
                    .insecureLoginInPlainText());

            assertThat(result.summary()).isEqualTo("PASS: logged in");
            assertThat(server.asked())
                    .containsExactly(
                            "s1 CAPABILITY\r\n",
                            "s2 AUTHENTICATE PLAIN\r\n",
                            "AG1vbml0b3IAcMOkc3M=\r\n",
                            "s0 LOGOUT\r\n");
        }
    }

    @Test
    void escapesWhatIsBetweenQuotes() throws Exception {
        Script script = Script.greeting("* OK ready\r\n")
                .then("* CAPABILITY IMAP4rev1\r\ns1 OK done\r\n")
                .then("s2 OK welcome\r\n");
        try (ScriptServer server = new ScriptServer(script)) {
            run(ImapCheck.connect("127.0.0.1", server.port())
                    .login("a\"b", Secret.of("c\\d\" {3}"))
                    .insecureLoginInPlainText());

            assertThat(server.asked()).contains("s2 LOGIN \"a\\\"b\" \"c\\\\d\\\" {3}\"\r\n");
        }
    }

    @Test
    void aPasswordThatLoginCannotSendIsAnErrorOfTheCheck() throws Exception {
        Script script = Script.greeting("* OK ready\r\n").then("* CAPABILITY IMAP4rev1\r\ns1 OK done\r\n");

        assertThat(against(
                                script,
                                check -> check.login("monitor", Secret.of("p\u00E4ss"))
                                        .insecureLoginInPlainText())
                        .summary())
                .isEqualTo("CHECK_ERROR: user and password must be of ASCII for this server,"
                        + " which does not offer AUTH=PLAIN");
    }

    @Test
    void saysThatNoLoginIsOffered() throws Exception {
        Script script =
                Script.greeting("* OK ready\r\n").then("* CAPABILITY IMAP4rev1 LOGINDISABLED\r\ns1 OK done\r\n");

        assertThat(against(script, check -> check.login("monitor", PASSWORD).insecureLoginInPlainText())
                        .summary())
                .isEqualTo("ASSERTION: server offers no login by LOGIN or PLAIN");
    }

    @Test
    void aServerThatKnowsTheCallerGetsNoPassword() throws Exception {
        Script script = Script.greeting("* PREAUTH welcome\r\n")
                .then("* CAPABILITY IMAP4rev1\r\ns1 OK done\r\n")
                .then("* 3 EXISTS\r\ns2 OK done\r\n");
        try (ScriptServer server = new ScriptServer(script)) {
            CheckResult result = run(ImapCheck.connect("127.0.0.1", server.port())
                    .login("monitor", PASSWORD)
                    .insecureLoginInPlainText()
                    .mailbox("INBOX"));

            assertThat(result.summary()).isEqualTo("PASS: mailbox opened");
            assertThat(server.asked())
                    .containsExactly("s1 CAPABILITY\r\n", "s2 EXAMINE \"INBOX\"\r\n", "s0 LOGOUT\r\n");
        }
    }

    @Test
    void aCapabilityMayBeToldAfterTheLogin() throws Exception {
        Script script = Script.greeting("* OK ready\r\n")
                .then("* CAPABILITY IMAP4rev1\r\ns1 OK done\r\n")
                .then("s2 OK welcome\r\n")
                .then("* CAPABILITY IMAP4rev1 QUOTA\r\ns3 OK done\r\n");

        assertThat(against(
                                script,
                                check -> check.login("monitor", PASSWORD)
                                        .insecureLoginInPlainText()
                                        .expectCapability("quota"))
                        .summary())
                .isEqualTo("PASS: logged in");
        assertThat(against(script, check -> check.expectCapability("quota")).summary())
                .isEqualTo("ASSERTION: server does not offer QUOTA");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s1 BAD what | STATUS: BAD what",
                "s1 NO later | STATUS: NO later",
                "* BYE going down | STATUS: BYE going down",
                "s1 OK done | PROTOCOL: server names no capabilities",
                "s1 PERHAPS | PROTOCOL: answer is none of IMAP: 'PERHAPS'",
                "s9 OK done | PROTOCOL: answer is none of IMAP: 's9 OK done'",
                "s10 OK done | PROTOCOL: answer is none of IMAP: 's10 OK done'",
                "+ go on | PROTOCOL: server asks for more after CAPABILITY",
                "250 mx | PROTOCOL: answer is none of IMAP: '250 mx'"
            })
    void tellsARefusalFromAnotherProtocol(String answer, String summary) throws Exception {
        Script script = Script.greeting("* OK ready\r\n").then(answer + "\r\n");

        assertThat(against(script, check -> check).summary()).isEqualTo(summary);
    }

    @Test
    void tellsAnotherProtocolFromTheGreeting() throws Exception {
        assertThat(against(Script.greeting("+OK ready\r\n"), check -> check).summary())
                .isEqualTo("PROTOCOL: greeting is none of IMAP: '+OK ready'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nb", "Entw\u00FCrfe"})
    void refusesMailboxesThatAreNone(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImapCheck.connect("mail").mailbox(name))
                .withMessageStartingWith("mailbox must be ");
    }

    @Test
    void isEqualByItsOptions() {
        ImapCheck check = ImapCheck.connect("mail");

        assertThat(check).isEqualTo(ImapCheck.connect("mail", 143)).hasToString("IMAP mail:143");
        assertThat(check.mailbox("INBOX").expectCapability("IDLE"))
                .isEqualTo(check.expectCapability("idle").mailbox("INBOX"))
                .isNotEqualTo(check.mailbox("INBOX"));
        assertThat(check.insecureLoginInPlainText().login("a", PASSWORD))
                .isEqualTo(check.login("a", PASSWORD).insecureLoginInPlainText())
                .isNotEqualTo(check.login("a", PASSWORD));
    }

    private static CheckResult against(Script script, UnaryOperator<ImapCheck> options) throws IOException {
        return ScriptServer.run(script, port -> options.apply(ImapCheck.connect("127.0.0.1", port)));
    }

    private static ImapCheck plain(MailServer server) {
        return ImapCheck.connect("127.0.0.1", server.mail().getImap().getPort());
    }

    private static CheckResult run(ImapCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}

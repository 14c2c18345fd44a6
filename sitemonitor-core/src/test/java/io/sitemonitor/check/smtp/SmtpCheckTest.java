package io.sitemonitor.check.smtp;

import static io.sitemonitor.check.TextExpectation.containing;
import static io.sitemonitor.check.TextExpectation.matching;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.MailServer;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.ScriptServer;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.Talks;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SmtpCheckTest {

    private static final Script HELLO = Script.greeting("220 mx ESMTP\r\n").then("250-mx\r\n250 AUTH PLAIN\r\n");

    @Test
    void aMailServerIsReadyAndTellsItsExtensions() {
        try (MailServer server = new MailServer()) {
            CheckResult result =
                    run(plain(server).expectGreeting(containing("GreenMail")).expectExtension("auth"));

            assertThat(result.summary()).isEqualTo("PASS: ready");
            assertThat(result.evidence().phases().keySet()).containsExactly("connect", "greeting", "hello");
            assertThat(result.evidence().facts().get("greeting")).startsWith("220 /127.0.0.1 GreenMail SMTP Service");
            assertThat(result.evidence().facts().get("extensions")).contains("AUTH PLAIN LOGIN");
        }
    }

    @Test
    @DisplayName("A recipient is tried without a mail")
    void aRecipientIsTriedWithoutAMail() {
        try (MailServer server = new MailServer()) {
            CheckResult result = run(plain(server).acceptsRecipient("a@shop.example", "box@shop.example"));

            assertThat(result.summary()).isEqualTo("PASS: recipient accepted");
            assertThat(result.evidence().phases()).containsKey("recipient");
            assertThat(server.mail().getReceivedMessages()).isEmpty();
        }
    }

    @Test
    void logsInOverTls() throws Exception {
        try (MailServer server = new MailServer()) {
            SmtpCheck check = SmtpCheck.connect(
                            "127.0.0.1", server.mail().getSmtps().getPort())
                    .tls(MailServer.trusted());

            CheckResult result = run(check.login(MailServer.USER, MailServer.PASSWORD));
            assertThat(result.summary()).isEqualTo("PASS: logged in");
            assertThat(result.evidence().phases().keySet())
                    .containsExactly("connect", "tls", "greeting", "hello", "login");
            assertThat(result.evidence().facts()).containsKeys("tls", "certificate");

            assertThat(run(check.login(MailServer.USER, Secret.of("wrong"))).summary())
                    .isEqualTo("STATUS: 535 5.7.8  Authentication credentials invalid");
        }
    }

    @Test
    void refusesACertificateItDoesNotTrust() {
        try (MailServer server = new MailServer()) {
            int port = server.mail().getSmtps().getPort();

            assertThat(run(SmtpCheck.connect("127.0.0.1", port).tls()).summary())
                    .startsWith("TLS: TLS handshake failed: ");
        }
    }

    @Test
    @DisplayName("Security: no password is sent in plain text")
    void noPasswordIsSentInPlainText() throws Exception {
        try (ScriptServer server = new ScriptServer(HELLO)) {
            SmtpCheck check = SmtpCheck.connect("127.0.0.1", server.port()).login("monitor", MailServer.PASSWORD);

            assertThat(run(check).summary())
                    .isEqualTo("CHECK_ERROR: the password is not sent, since the connection is not encrypted;"
                            + " see insecureLoginInPlainText");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void logsInByTheOtherWayIfOnlyThatIsOffered() throws Exception {
        Script script = Script.greeting("220 mx\r\n")
                .then("250-mx\r\n250-AUTH=LOGIN\r\n250 SIZE 1000\r\n")
                .then("334 VXNlcm5hbWU6\r\n")
                .then("334 UGFzc3dvcmQ6\r\n")
                .then("235 welcome\r\n");
        try (ScriptServer server = new ScriptServer(script)) {
            CheckResult result = run(SmtpCheck.connect("127.0.0.1", server.port())
                    .login("monitor", Secret.of("p\u00E4ssword"))
                    .insecureLoginInPlainText());

            assertThat(result.summary()).isEqualTo("PASS: logged in");
            assertThat(server.asked())
                    .containsExactly(
                            "EHLO sitemonitor\r\n",
                            "AUTH LOGIN\r\n",
                            "bW9uaXRvcg==\r\n",
                            "cMOkc3N3b3Jk\r\n",
                            "QUIT\r\n");
        }
    }

    @Test
    void saysThatNoLoginIsOffered() throws Exception {
        Script script = Script.greeting("220 mx\r\n").then("250-mx\r\n250 AUTH CRAM-MD5\r\n");

        assertThat(against(
                                script,
                                check -> check.login("monitor", MailServer.PASSWORD)
                                        .insecureLoginInPlainText())
                        .summary())
                .isEqualTo("ASSERTION: server offers no login by PLAIN or LOGIN");
    }

    @Test
    void aPasswordThatEndsALineIsNotSent() throws Exception {
        assertThat(against(
                                HELLO,
                                check -> check.login("monitor", Secret.of("a\r\nRCPT TO:<b>"))
                                        .insecureLoginInPlainText())
                        .summary())
                .isEqualTo("CHECK_ERROR: the password must have at most 4096 bytes and no control character");
    }

    @ParameterizedTest
    @CsvSource({
        "500 what, PROTOCOL: server does not know EHLO: 500 what",
        "502 5.5.1 what, PROTOCOL: server does not know EHLO: 502 5.5.1 what",
        "504 what, PROTOCOL: server does not know EHLO: 504 what",
        "505 what, STATUS: 505 what",
        "421 too busy, STATUS: 421 too busy",
        "550 go away, STATUS: 550 go away",
        "hello, PROTOCOL: answer is no reply: 'hello'"
    })
    void tellsARefusalFromAnotherProtocol(String answer, String summary) throws Exception {
        Script script = Script.greeting("220 mx\r\n").then(answer + "\r\n");

        assertThat(against(script, check -> check).summary()).isEqualTo(summary);
    }

    @Test
    void aRecipientThatIsRefusedFailsWithTheReply() throws Exception {
        Script script = HELLO.then("250 sender\r\n").then("550-5.1.1 not here\r\n550 5.1.1 at all\r\n");

        assertThat(against(script, check -> check.acceptsRecipient("a@b", "c@d"))
                        .summary())
                .isEqualTo("STATUS: 550 5.1.1 not here");
    }

    @Test
    void aRecipientThatTheServerCannotVerifyIsNotAccepted() throws Exception {
        Script script = HELLO.then("250 sender\r\n").then("252 perhaps\r\n").then("250 forgotten\r\n");

        assertThat(against(script, check -> check.acceptsRecipient("a@b", "c@d"))
                        .summary())
                .isEqualTo("STATUS: 252 perhaps");
    }

    @Test
    void saysItsNameAndTakesLeaveHoweverItEnds() throws Exception {
        for (String answer : new String[] {"250 mx\r\n", "550 go away\r\n", "hello\r\n"}) {
            try (ScriptServer server =
                    new ScriptServer(Script.greeting("220 mx\r\n").then(answer))) {
                run(SmtpCheck.connect("127.0.0.1", server.port()).helloName("monitor.shop.example"));

                assertThat(server.asked()).containsExactly("EHLO monitor.shop.example\r\n", "QUIT\r\n");
            }
        }
    }

    @Test
    void aRecipientIsForgottenAgain() throws Exception {
        try (ScriptServer server = new ScriptServer(Talks.SMTP.script())) {
            CheckResult result = Talks.SMTP.check(server.port()).run(FixedContext.of(ofSeconds(20)));

            assertThat(result.summary()).isEqualTo("PASS: recipient accepted");
            assertThat(server.asked())
                    .containsExactly(
                            "EHLO sitemonitor\r\n",
                            "AUTH PLAIN AG1vbml0b3IAY29ycmVjdCBob3JzZQ==\r\n",
                            "MAIL FROM:<a@shop.example>\r\n",
                            "RCPT TO:<b@shop.example>\r\n",
                            "RSET\r\n",
                            "QUIT\r\n");
        }
    }

    @Test
    void judgesGreetingAndExtensions() throws Exception {
        assertThat(against(HELLO, check -> check.expectGreeting(matching("^220 mx\\.")))
                        .summary())
                .isEqualTo("ASSERTION: greeting: answer does not match '^220 mx\\.'");
        assertThat(against(
                                HELLO,
                                check -> check.expectGreeting(
                                                containing("Postfix").orWarn())
                                        .expectExtension("auth"))
                        .summary())
                .isEqualTo("WARN: greeting: answer does not contain 'Postfix'");
        assertThat(against(
                                HELLO,
                                check -> check.expectGreeting(
                                                containing("Postfix").orWarn())
                                        .expectExtension("SIZE"))
                        .summary())
                .isEqualTo("ASSERTION: server does not offer SIZE");
        assertThat(against(HELLO, check -> check.expectExtension("STARTTLS")).summary())
                .isEqualTo("ASSERTION: server does not offer STARTTLS");
    }

    @Test
    void theSenderOfReportsHasNoAddress() throws Exception {
        Script script = HELLO.then("250 sender\r\n").then("251 forwarded\r\n").then("250 forgotten\r\n");
        try (ScriptServer server = new ScriptServer(script)) {
            assertThat(run(SmtpCheck.connect("127.0.0.1", server.port()).acceptsRecipient("", "c@d"))
                            .summary())
                    .isEqualTo("PASS: recipient accepted");
            assertThat(server.asked()).contains("MAIL FROM:<>\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b\r\nDATA", "a b@c", "<a@b>", "gr\u00F6\u00DFe@shop.example", "\u0000"})
    void refusesAddressesThatAreMoreThanThat(String address) {
        SmtpCheck check = SmtpCheck.connect("mx.shop.example");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.acceptsRecipient(address, "a@b"))
                .withMessageStartingWith("from must be one word of 1 to 254 letters, digits and signs, but was '");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.acceptsRecipient("a@b", address))
                .withMessageStartingWith("to must be one word");
        assertThatIllegalArgumentException().isThrownBy(() -> check.acceptsRecipient("a@b", ""));
    }

    @Test
    void refusesNamesThatEndALine() {
        SmtpCheck check = SmtpCheck.connect("mx.shop.example");

        assertThatIllegalArgumentException().isThrownBy(() -> check.helloName("a\r\nb"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.login("a\nb", MailServer.PASSWORD))
                .withMessage("user must be one line of 1 to 255 characters, but was 'a b'");
        assertThatIllegalArgumentException().isThrownBy(() -> check.expectExtension("A\nB"));
    }

    @Test
    void isEqualByItsOptions() {
        SmtpCheck check = SmtpCheck.connect("MX.Shop.example");

        assertThat(check).isEqualTo(SmtpCheck.connect("MX.Shop.example", 25)).hasToString("SMTP MX.Shop.example:25");
        assertThat(check.host()).isEqualTo("mx.shop.example");
        assertThat(check.login("a", Secret.of("b"))).isEqualTo(check.login("a", Secret.of("b")));
        assertThat(check.login("a", Secret.of("b"))).isNotEqualTo(check.login("a", Secret.of("c")));
        assertThat(check).isNotEqualTo(check.startTls()).isNotEqualTo(check.helloName("other"));
        assertThat(check.expectExtension("SIZE").warnAbove(ofSeconds(1)))
                .isEqualTo(check.warnAbove(ofSeconds(1)).expectExtension("SIZE"));
    }

    private static CheckResult against(Script script, UnaryOperator<SmtpCheck> options) throws IOException {
        return ScriptServer.run(script, port -> options.apply(SmtpCheck.connect("127.0.0.1", port)));
    }

    private static SmtpCheck plain(MailServer server) {
        return SmtpCheck.connect("127.0.0.1", server.mail().getSmtp().getPort());
    }

    private static CheckResult run(SmtpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}

package io.sitemonitor.check.ftp;

import static io.sitemonitor.check.TextExpectation.containing;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
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
class FtpCheckTest {

    private static final Secret PASSWORD = Secret.of("correct horse");

    @Test
    void looksForFilesAndDirectories() throws Exception {
        try (ScriptServer server = new ScriptServer(Talks.FTP.script())) {
            CheckResult result = Talks.FTP.check(server.port()).run(FixedContext.of(ofSeconds(20)));

            assertThat(result.summary()).isEqualTo("PASS: file and directory found");
            assertThat(result.evidence().facts())
                    .containsEntry("greeting", "220 welcome")
                    .containsEntry("size", "1200");
            assertThat(result.evidence().phases().keySet()).containsExactly("connect", "greeting", "login", "files");
            assertThat(server.asked())
                    .containsExactly(
                            "USER monitor\r\n",
                            "PASS correct horse\r\n",
                            "TYPE I\r\n",
                            "SIZE /prices.csv\r\n",
                            "CWD /orders\r\n",
                            "QUIT\r\n");
        }
    }

    @Test
    void anonymousNeedsNoProtection() throws Exception {
        Script script = Script.greeting("220 ready\r\n").then("331 go on\r\n").then("230 welcome\r\n");
        try (ScriptServer server = new ScriptServer(script)) {
            CheckResult result =
                    run(FtpCheck.connect("127.0.0.1", server.port()).loginAnonymously());

            assertThat(result.summary()).isEqualTo("PASS: logged in");
            assertThat(server.asked()).containsExactly("USER anonymous\r\n", "PASS sitemonitor@\r\n", "QUIT\r\n");
        }
    }

    @Test
    @DisplayName("Security: no password is sent in plain text")
    void noPasswordIsSentInPlainText() throws Exception {
        try (ScriptServer server = new ScriptServer(Script.greeting("220 ready\r\n"))) {
            FtpCheck check = FtpCheck.connect("127.0.0.1", server.port()).login("monitor", PASSWORD);

            assertThat(run(check).summary()).startsWith("CHECK_ERROR: the password is not sent, since the connection");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    @DisplayName("Security: to have been anonymous before lets no password go in plain text")
    void anonymousAllowsNoOtherLoginInPlainText() throws Exception {
        try (ScriptServer server = new ScriptServer(Script.greeting("220 ready\r\n"))) {
            FtpCheck check = FtpCheck.connect("127.0.0.1", server.port())
                    .loginAnonymously()
                    .login("monitor", PASSWORD);

            assertThat(run(check).summary()).startsWith("CHECK_ERROR: the password is not sent, since the connection");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void aUserWithoutAPasswordIsLoggedInAtOnce() throws Exception {
        Script script = Script.greeting("220 ready\r\n").then("230 welcome\r\n");

        assertThat(against(script, FtpCheck::loginAnonymously).summary()).isEqualTo("PASS: logged in");
    }

    @ParameterizedTest
    @CsvSource({
        "530 Login incorrect, STATUS: 530 Login incorrect",
        "332 account please, STATUS: 332 account please",
        "+OK, PROTOCOL: answer is no reply: '+OK'"
    })
    void tellsARefusalFromAnotherProtocol(String answer, String summary) throws Exception {
        Script script = Script.greeting("220 ready\r\n").then("331 go on\r\n").then(answer + "\r\n");

        assertThat(against(script, FtpCheck::loginAnonymously).summary()).isEqualTo(summary);
    }

    @Test
    void aFileThatIsNotThereFailsWithTheReply() throws Exception {
        Script script = Script.greeting("220 ready\r\n")
                .then("230 welcome\r\n")
                .then("200 binary\r\n")
                .then("550 no such file\r\n");

        assertThat(against(script, check -> check.loginAnonymously().expectFile("a b.csv"))
                        .summary())
                .isEqualTo("STATUS: 550 no such file");
    }

    @ParameterizedTest
    @CsvSource({
        "504 no such type, STATUS: 504 no such type",
        "200 binary, STATUS: 450 busy",
    })
    void aDirectoryThatIsNotThereAndATypeThatIsNotKnownFail(String type, String summary) throws Exception {
        Script script = Script.greeting("220 ready\r\n")
                .then("230 welcome\r\n")
                .then(type + "\r\n")
                .then("213 5\r\n")
                .then("450 busy\r\n");

        assertThat(against(
                                script,
                                check ->
                                        check.loginAnonymously().expectFile("a").expectDirectory("b"))
                        .summary())
                .isEqualTo(summary);
    }

    @Test
    void judgesTheGreeting() throws Exception {
        Script script = Script.greeting("220 ready\r\n");

        assertThat(against(script, check -> check.expectGreeting(containing("ready")))
                        .summary())
                .isEqualTo("PASS: ready");
        assertThat(against(script, check -> check.expectGreeting(containing("vsFTPd")))
                        .summary())
                .isEqualTo("ASSERTION: greeting: answer does not contain 'vsFTPd'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nDELE b", "\u0000"})
    void refusesPathsThatEndALine(String path) {
        FtpCheck check = FtpCheck.connect("files");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expectFile(path))
                .withMessageStartingWith("file must be one line of 1 to 1000 characters, but was '");
        assertThatIllegalArgumentException().isThrownBy(() -> check.expectDirectory(path));
    }

    @Test
    void isEqualByItsOptions() {
        FtpCheck check = FtpCheck.connect("files");

        assertThat(check).isEqualTo(FtpCheck.connect("files", 21)).hasToString("FTP files:21");
        assertThat(check.loginAnonymously()).isEqualTo(check.loginAnonymously()).isNotEqualTo(check);
        assertThat(check.expectFile("a")).isNotEqualTo(check.expectDirectory("a"));
    }

    private static CheckResult against(Script script, UnaryOperator<FtpCheck> options) throws IOException {
        return ScriptServer.run(script, port -> options.apply(FtpCheck.connect("127.0.0.1", port)));
    }

    private static CheckResult run(FtpCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}

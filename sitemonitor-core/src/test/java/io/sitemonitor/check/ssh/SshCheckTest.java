package io.sitemonitor.check.ssh;

import static io.sitemonitor.check.TextExpectation.containing;
import static io.sitemonitor.check.TextExpectation.matching;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Script;
import io.sitemonitor.check.ScriptServer;
import io.sitemonitor.check.Talks;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SshCheckTest {

    private static final Script BANNER = Script.greeting("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");

    @Test
    void readsTheIdentificationAndNothingElse() throws Exception {
        try (ScriptServer server = new ScriptServer(BANNER)) {
            CheckResult result =
                    run(SshCheck.connect("127.0.0.1", server.port()).expectVersion(matching("^OpenSSH_9\\.[0-9]+p1$")));

            assertThat(result.summary()).isEqualTo("PASS: ready");
            assertThat(result.evidence().phases().keySet()).containsExactly("connect", "greeting");
            assertThat(result.evidence().facts())
                    .containsEntry("greeting", "SSH-2.0-OpenSSH_9.2p1 Debian-2")
                    .containsEntry("version", "OpenSSH_9.2p1")
                    .hasSize(2);
            assertThat(server.asked()).containsExactly("SSH-2.0-sitemonitor\r\n");
        }
    }

    @Test
    void readsTheAlgorithms() throws Exception {
        CheckResult result = against(
                BANNER.then(Talks.keyExchange("curve25519-sha256,other", "ssh-ed25519")),
                check -> check.expectKeyExchange("other").expectHostKeyAlgorithm("ssh-ed25519"));

        assertThat(result.summary()).isEqualTo("PASS: ready");
        assertThat(result.evidence().phases()).containsKey("algorithms");
        assertThat(result.evidence().facts())
                .containsEntry("keyExchange", "curve25519-sha256,other")
                .containsEntry("hostKeys", "ssh-ed25519");
    }

    @Test
    void messagesWithoutMeaningMayComeBeforeTheAlgorithms() throws Exception {
        String ignored = Talks.packet(new byte[] {2, 0, 0, 0, 1, 'x'}) + Talks.packet(new byte[] {4, 1});

        assertThat(against(BANNER.then(ignored + Talks.keyExchange("a", "b")), SshCheck::expectAlgorithms)
                        .summary())
                .isEqualTo("PASS: ready");
    }

    @Test
    void saysWhichAlgorithmIsMissing() throws Exception {
        Script script = BANNER.then(Talks.keyExchange("curve25519-sha256", "rsa-sha2-512"));

        assertThat(against(script, check -> check.expectHostKeyAlgorithm("ssh-ed25519"))
                        .summary())
                .isEqualTo("ASSERTION: server has no host key for ssh-ed25519");
        assertThat(against(script, check -> check.expectKeyExchange("curve25519"))
                        .summary())
                .isEqualTo("ASSERTION: server does not offer the key exchange curve25519");
    }

    @Test
    void aReasonToDisconnectIsTold() throws Exception {
        byte[] reason = {1, 0, 0, 0, 12, 0, 0, 0, 4, 'b', 'u', 's', 'y', 0, 0, 0, 0};

        assertThat(against(BANNER.then(Talks.packet(reason)), SshCheck::expectAlgorithms)
                        .summary())
                .isEqualTo("STATUS: server disconnects with code 12: busy");
    }

    @ParameterizedTest
    @CsvSource({
        "SSH-1.99-old, PASS: ready",
        "SSH-1.5-old, PROTOCOL: server speaks SSH 1.5 and not 2.0",
        "SSH-3.0-new, PROTOCOL: server speaks SSH 3.0 and not 2.0",
        "SSH-2.0, PROTOCOL: identification is none of SSH: 'SSH-2.0'"
    })
    void takesVersionTwoOnly(String banner, String summary) throws Exception {
        assertThat(against(Script.greeting(banner + "\r\n"), check -> check).summary())
                .isEqualTo(summary);
    }

    @Test
    void whatIsSaidBeforeHangingUpIsTold() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            RawServer.send(socket, "Exceeded MaxStartups\r\n");
            socket.shutdownOutput();
            RawServer.drain(socket);
        })) {
            assertThat(run(SshCheck.connect("127.0.0.1", server.port())).summary())
                    .isEqualTo("PROTOCOL: connection closed without an identification, after 'Exceeded MaxStartups'");
        }
    }

    @ParameterizedTest
    @MethodSource
    void lengthsThatLie(String packet, String message) throws Exception {
        assertThat(against(BANNER.then(packet), SshCheck::expectAlgorithms).summary())
                .isEqualTo("PROTOCOL: " + message);
    }

    static Stream<Arguments> lengthsThatLie() {
        return Stream.of(
                Arguments.of("\u00FF\u00FF\u00FF\u00FF", "packet has 4294967295 bytes, which none of SSH has"),
                Arguments.of("\0\1\0\0", "packet has 65536 bytes, which none of SSH has"),
                Arguments.of("\0\0\0\5\4\24\0\0\0\0", "packet has nothing but padding"),
                Arguments.of("\0\0\0\3\1\24\0", "message is shorter than it says"),
                Arguments.of("\0\0\0\3\1\25\0", "message is none that comes before keys are exchanged"),
                Arguments.of(
                        Talks.packet(new byte[] {1, 0, 0, 0, 2, 0x7F, 0, 0, 0}), "message is shorter than it says"));
    }

    @Test
    void judgesTheVersion() throws Exception {
        assertThat(against(
                                BANNER,
                                check -> check.expectVersion(
                                        containing("dropbear").orWarn()))
                        .summary())
                .isEqualTo("WARN: version: answer does not contain 'dropbear'");
        assertThat(against(BANNER, check -> check.expectVersion(containing("Debian")))
                        .summary())
                .isEqualTo("ASSERTION: version: answer does not contain 'Debian'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b", "a b", "a\r\nb"})
    void refusesAlgorithmsThatAreNone(String name) {
        SshCheck check = SshCheck.connect("gw");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expectKeyExchange(name))
                .withMessageStartingWith("algorithm must be one word of 1 to 64 letters, digits and signs, but was '");
        assertThatIllegalArgumentException().isThrownBy(() -> check.expectHostKeyAlgorithm(name));
    }

    @Test
    void isEqualByItsOptions() {
        SshCheck check = SshCheck.connect("gw");

        assertThat(check).isEqualTo(SshCheck.connect("gw", 22)).hasToString("SSH gw:22");
        assertThat(check.expectAlgorithms()).isEqualTo(check.expectAlgorithms()).isNotEqualTo(check);
        assertThat(check.expectKeyExchange("a")).isNotEqualTo(check.expectHostKeyAlgorithm("a"));
    }

    private static CheckResult against(Script script, UnaryOperator<SshCheck> options) throws IOException {
        return ScriptServer.run(script, port -> options.apply(SshCheck.connect("127.0.0.1", port)));
    }

    private static CheckResult run(SshCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}

package io.sitemonitor.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.amqp.AmqpAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each wrong input gives one clear message and a status that is not 0. */
class BadInputTest {

    private record Outcome(int status, String message) {}

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--brocker x | unknown option --brocker; did you mean --broker?",
                "--frobnicate | unknown option --frobnicate; see --help",
                "--every | --every needs a value; see --help",
                "--every 0s | --every: every must be at least PT0.1S, but was PT0S",
                "--hand-over later | --hand-over: 'later' is not a duration; write 500ms, 5s, 2m, 1h or PT5S",
                "--every soon | --every: 'soon' is not a duration; write 500ms, 5s, 2m, 1h or PT5S",
                "--timeout 0 | --timeout: timeout must be at least PT0.001S, but was PT0S",
                "--down-after 0 | --down-after: must be a whole number from 1 to 1000, but was '0'",
                "--up-after 0 | --up-after: must be a whole number from 1 to 1000, but was '0'",
                "--port 70000 | --port: must be a whole number from 1 to 65535, but was '70000'",
                "--seconds x | --seconds: must be a whole number from 1 to 31536000, but was 'x'",
                "a=htp://x | site 'a': url must begin with http:// or https://, but was 'htp://x'",
                "tcp://x | a TCP site needs a host and a port, as in tcp://gw.internal:443, but was 'tcp://x'",
                "a=http://x a=http://y | site 'a': monitor 'demo' has two checks named 'a'; names must be unique",
                "--query q | --query needs --jdbc, the database to ask",
                "--strict | --strict needs --sites, the file whose lines must all be good",
                "--port 80 http://x | --port is for the demo sites, but other sites are given",
                "--broker http://x | --broker: an AMQP URI must begin with amqp:// or amqps://,"
                        + " as in amqp://user:password@host:5672/",
                "--jdbc jdbc:foo://u:secret@h/x --query q | --jdbc: no driver on the class path takes jdbc:foo: URLs;"
                        + " H2 is there (jdbc:h2:...), others are added as the README says",
                "--sites /no/such/file | --sites /no/such/file: sites file '/no/such/file' cannot be read:"
                        + " there is no such file",
            })
    void saysWhatIsWrongAndWhatWouldBeRight(String args, String message) {
        assertThat(run(args.split(" "))).isEqualTo(new Outcome(2, message));
    }

    @Test
    void strictNamesEachBadLineAndRunsNothing() throws IOException {
        Path file = Files.writeString(
                folder.resolve("sites.csv"), "good,http://127.0.0.1:1/\nbad,htp://x\ngood,http://127.0.0.1:2/\n");

        assertThat(run("--sites", file.toString(), "--strict"))
                .isEqualTo(
                        new Outcome(
                                2,
                                "--sites " + file + ": sites file '" + file
                                        + "' has 2 bad lines, so none of its lines is used:\n"
                                        + "  line 2 ('bad'): url must begin with http:// or https://, but was 'htp://x'\n"
                                        + "  line 3 ('good'): the name is taken already by line 1; give each check a name of its own"));
    }

    @Test
    void aFileWithoutAGoodLineRunsNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("sites.csv"), "bad,htp://x\n");

        assertThat(run("--sites", file.toString()))
                .isEqualTo(new Outcome(
                        2,
                        "--sites " + file + ": there is no site in it that can be watched\n"
                                + "  line 1 ('bad'): url must begin with http:// or https://, but was 'htp://x'"));
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(run("--port", Integer.toString(port)))
                    .isEqualTo(new Outcome(
                            2,
                            "--port " + port + " cannot be used (Address already in use);"
                                    + " name another one, or leave --port out to get a free one"));
        }
    }

    @Test
    void anUnknownBrokerHostIsNamed() {
        String host = "x".repeat(64); // longer than a label of a name may be, so no name server is asked

        assertThat(run("--require-broker", "--broker", "amqp://guest:secret@" + host + "/"))
                .isEqualTo(new Outcome(
                        1,
                        "broker amqp://guest:***@" + host + ":5672/ cannot be used: there is no host called '" + host
                                + "'"));
    }

    @Test
    void aBrokerThatDoesNotListenIsNamed() throws IOException {
        try (Socket bound = new Socket()) { // bound, but not listening: whoever connects is refused
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = bound.getLocalPort();

            assertThat(run("--require-broker", "--broker", "amqp://127.0.0.1:" + port))
                    .isEqualTo(new Outcome(
                            1,
                            "broker amqp://guest:***@127.0.0.1:" + port + "/ cannot be used: nobody listens on"
                                    + " 127.0.0.1 port " + port + " (Connection refused)"));
        }
    }

    @Test
    void wrongCredentialsAreNamedWithoutThePassword() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            int port = AmqpAddress.parse(broker.uri()).port();

            assertThat(run("--require-broker", "--broker", "amqp://demo:wrong-secret@127.0.0.1:" + port))
                    .isEqualTo(new Outcome(
                            1,
                            "broker amqp://demo:***@127.0.0.1:" + port
                                    + "/ cannot be used: it refuses user 'demo' with this password"));
        }
    }

    @Test
    void theProcessEndsWithTheStatus() throws Exception {
        try (ChildJvm program = ChildJvm.watchSites("--every", "0s")) {
            assertThat(program.exitWithin(Duration.ofSeconds(60))).isEqualTo(2);
            assertThat(program.output()).isEqualTo("--every: every must be at least PT0.1S, but was PT0S");
        }
    }

    private static Outcome run(String... args) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(message, true, StandardCharsets.UTF_8);
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        String[] given = Arrays.stream(args).filter(arg -> !arg.isEmpty()).toArray(String[]::new);
        int status = WatchSitesMain.run(out, err, given);
        return new Outcome(status, message.toString(StandardCharsets.UTF_8).strip());
    }
}

package io.sitemonitor.check.redis;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RedisCheckTest {

    private static final Secret PASSWORD = Secret.of("correct horse");
    private static final Script PONG = Script.answering("+PONG\r\n");

    @Test
    void pingsAndTakesLeave() throws Exception {
        try (ScriptServer server = new ScriptServer(PONG)) {
            CheckResult result = run(RedisCheck.connect("127.0.0.1", server.port()));

            assertThat(result.summary()).isEqualTo("PASS: ready");
            assertThat(result.evidence().phases().keySet()).containsExactly("connect", "ping");
            assertThat(server.asked()).containsExactly("*1\r\n$4\r\nPING\r\n", "*1\r\n$4\r\nQUIT\r\n");
        }
    }

    @Test
    void asksForAllThatIsExpected() throws Exception {
        try (ScriptServer server = new ScriptServer(Talks.REDIS.script())) {
            CheckResult result = Talks.REDIS.check(server.port()).run(FixedContext.of(ofSeconds(20)));

            assertThat(result.summary()).isEqualTo("PASS: ready");
            assertThat(result.evidence().phases().keySet())
                    .containsExactly("connect", "login", "ping", "role", "replication", "keys");
            assertThat(result.evidence().facts())
                    .containsEntry("role", "replica")
                    .containsEntry("masterLink", "up")
                    .containsEntry("list jobs", "12");
            assertThat(server.asked())
                    .startsWith("*3\r\n$4\r\nAUTH\r\n$7\r\nmonitor\r\n$13\r\ncorrect horse\r\n")
                    .contains(
                            "*2\r\n$4\r\nINFO\r\n$11\r\nreplication\r\n",
                            "*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\n",
                            "*2\r\n$6\r\nEXISTS\r\n$8\r\ngreeting\r\n",
                            "*2\r\n$4\r\nLLEN\r\n$4\r\njobs\r\n");
        }
    }

    @Test
    void aPasswordMayStandAlone() throws Exception {
        try (ScriptServer server = new ScriptServer(Script.answering("+OK\r\n").then("+PONG\r\n"))) {
            CheckResult result = run(RedisCheck.connect("127.0.0.1", server.port())
                    .login(Secret.of("p\u00E4ss"))
                    .insecureLoginInPlainText());

            assertThat(result.summary()).isEqualTo("PASS: ready");
            assertThat(server.asked()).startsWith("*2\r\n$4\r\nAUTH\r\n$5\r\np\u00C3\u00A4ss\r\n");
        }
    }

    @Test
    @DisplayName("Security: no password is sent in plain text")
    void noPasswordIsSentInPlainText() throws Exception {
        try (ScriptServer server = new ScriptServer(PONG)) {
            RedisCheck check = RedisCheck.connect("127.0.0.1", server.port()).login(PASSWORD);

            assertThat(run(check).summary()).startsWith("CHECK_ERROR: the password is not sent, since the connection");
            assertThat(server.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOAUTH Authentication required.",
                "LOADING Redis is loading the dataset in memory",
                "MASTERDOWN Link with MASTER is down",
                "ERR max number of clients reached",
                "DENIED Redis is running in protected mode"
            })
    void anErrorIsAStatus(String error) throws Exception {
        assertThat(against(Script.answering("-" + error + "\r\n"), check -> check)
                        .summary())
                .isEqualTo("STATUS: " + error);
    }

    @ParameterizedTest
    @MethodSource
    void answersThatAreNone(String answer, String summary) throws Exception {
        assertThat(against(Script.answering(answer), check -> check).summary()).isEqualTo(summary);
    }

    static Stream<Arguments> answersThatAreNone() {
        return Stream.of(
                Arguments.of("HTTP/1.1 400\r\n", "PROTOCOL: answer is none of Redis: it begins with 'H'"),
                Arguments.of("\0", "PROTOCOL: answer is none of Redis: it begins with byte 0"),
                Arguments.of("+OK\r\n", "PROTOCOL: answer to PING is not PONG"),
                Arguments.of("$4\r\nPONG\r\n", "PROTOCOL: answer to PING is not PONG"),
                Arguments.of("$4\r\nPONGS\r\n", "PROTOCOL: answer is none of Redis: a value is longer than it says"),
                Arguments.of("$-5\r\n", "PROTOCOL: answer is none of Redis: it has something of length -5"),
                Arguments.of("*-2\r\n", "PROTOCOL: answer is none of Redis: it has something of length -2"),
                Arguments.of("$x\r\n", "PROTOCOL: answer is none of Redis: 'x' is no number"),
                Arguments.of(
                        ":99999999999999999999\r\n",
                        "PROTOCOL: answer is none of Redis: '99999999999999999999' is no number"),
                Arguments.of("$2147483648\r\n", "TOO_LARGE: answer has a value of 2147483648 bytes, more than 65536"),
                Arguments.of("*2147483648\r\n", "TOO_LARGE: answer has more than 1000 items"),
                Arguments.of("*600\r\n*600\r\n", "TOO_LARGE: answer has more than 1000 items"),
                Arguments.of("*1\r\n".repeat(9), "PROTOCOL: answer has lists in more than 8 lists"));
    }

    @ParameterizedTest
    @MethodSource
    void roles(String answer, String summary) throws Exception {
        assertThat(against(PONG.then(answer), check -> check.expectRole("master"))
                        .summary())
                .isEqualTo(summary);
    }

    static Stream<Arguments> roles() {
        return Stream.of(
                Arguments.of("*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n", "PASS: ready"),
                Arguments.of("*1\r\n$5\r\nslave\r\n", "ASSERTION: server is a replica and no master"),
                Arguments.of("*-1\r\n", "PROTOCOL: answer to ROLE names none"),
                Arguments.of("*1\r\n$-1\r\n", "PROTOCOL: answer to ROLE names none"),
                Arguments.of("*1\r\n:5\r\n", "PROTOCOL: answer to ROLE names none"),
                Arguments.of("-NOPERM no\r\n", "STATUS: NOPERM no"));
    }

    @ParameterizedTest
    @MethodSource
    void linksToTheMaster(String info, String summary) throws Exception {
        String answer = "$" + info.length() + "\r\n" + info + "\r\n";

        assertThat(against(PONG.then(answer), RedisCheck::expectMasterLinkUp).summary())
                .isEqualTo(summary);
    }

    static Stream<Arguments> linksToTheMaster() {
        return Stream.of(
                Arguments.of("role:slave\r\nmaster_link_status:up\r\n", "PASS: ready"),
                Arguments.of("role:slave\r\nmaster_link_status:down\r\n", "ASSERTION: link to the master is down"),
                Arguments.of("role:slave\r\nmaster_link_status:sync\r\n", "ASSERTION: link to the master is sync"),
                Arguments.of("role:master\r\n", "ASSERTION: server is a master and no replica"),
                Arguments.of("", "PROTOCOL: answer to INFO does not say how the link to the master is"));
    }

    @Test
    void judgesKeysAndLists() throws Exception {
        assertThat(against(PONG.then(":0\r\n"), check -> check.expectKey("greeting"))
                        .summary())
                .isEqualTo("ASSERTION: key 'greeting' is not there");
        assertThat(against(PONG.then(":100\r\n"), check -> check.expectListShorterThan("jobs", 100))
                        .summary())
                .isEqualTo("ASSERTION: list 'jobs' has 100 entries, not less than 100");
        assertThat(against(PONG.then("-WRONGTYPE no\r\n"), check -> check.expectListShorterThan("jobs", 100))
                        .summary())
                .isEqualTo("STATUS: WRONGTYPE no");
        assertThat(against(PONG.then("+5\r\n"), check -> check.expectKey("greeting"))
                        .summary())
                .isEqualTo("PROTOCOL: answer to EXISTS is no number");
    }

    @Test
    void judgesEachKeyAndEachList() throws Exception {
        Script script = PONG.then(":1\r\n").then(":0\r\n");
        assertThat(against(script, check -> check.expectKey("a").expectKey("b")).summary())
                .isEqualTo("ASSERTION: key 'b' is not there");
        assertThat(against(
                                PONG.then(":1\r\n").then(":9\r\n"),
                                check -> check.expectListShorterThan("a", 5).expectListShorterThan("b", 5))
                        .summary())
                .isEqualTo("ASSERTION: list 'b' has 9 entries, not less than 5");
    }

    @Test
    void looksForKeysInTheDatabaseThatIsNamed() throws Exception {
        try (ScriptServer server = new ScriptServer(PONG.then("+OK\r\n").then(":1\r\n"))) {
            CheckResult result = run(
                    RedisCheck.connect("127.0.0.1", server.port()).database(1).expectKey("a"));

            assertThat(result.summary()).isEqualTo("PASS: ready");
            assertThat(server.asked()).contains("*2\r\n$6\r\nSELECT\r\n$1\r\n1\r\n");
        }
        assertThat(against(
                                PONG.then("-ERR DB index is out of range\r\n"),
                                check -> check.database(1).expectKey("a"))
                        .summary())
                .isEqualTo("STATUS: ERR DB index is out of range");
    }

    @Test
    void refusesWhatMakesNoSense() {
        RedisCheck check = RedisCheck.connect("cache");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expectRole("king"))
                .withMessage("role must be master, replica or sentinel, but was 'king'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.database(-1))
                .withMessage("database must be from 0 to 16383, but was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.expectListShorterThan("jobs", 0))
                .withMessage("entries must be at least 1, but was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> check.expectKey("a\r\nFLUSHALL"));
    }

    @Test
    void isEqualByItsOptions() {
        RedisCheck check = RedisCheck.connect("cache");

        assertThat(check).isEqualTo(RedisCheck.connect("cache", 6_379)).hasToString("REDIS cache:6379");
        assertThat(check.expectRole("slave"))
                .isEqualTo(check.expectRole("replica"))
                .isNotEqualTo(check.expectRole("master"));
        assertThat(check.login(PASSWORD)).isNotEqualTo(check.login("default", PASSWORD));
        assertThat(check.expectListShorterThan("a", 1)).isNotEqualTo(check.expectListShorterThan("a", 2));
    }

    private static CheckResult against(Script script, UnaryOperator<RedisCheck> options) throws IOException {
        return ScriptServer.run(script, port -> options.apply(RedisCheck.connect("127.0.0.1", port)));
    }

    private static CheckResult run(RedisCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}

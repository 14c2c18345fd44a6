package io.sitemonitor.check.http;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.DelegatingContext;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.internal.FixedNames;
import io.sitemonitor.check.internal.Trust;
import io.sitemonitor.check.internal.http.Wire;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@DisplayName("Retry-After, by RFC 9110 section 10.2.3")
class RetryAfterTest {

    private static final String DATE = "\r\nDate: Sun, 06 Nov 1994 08:49:00 GMT";

    /** The wall clock of the run says 08:48:37, the one of a server that tells its {@code Date} 08:49:00. */
    private static final Instant NOW = Instant.parse("1994-11-06T08:48:37Z");

    private final List<Duration> asked = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void passesOnWhatIsAskedFor(int status) throws Exception {
        CheckResult result = run(status, "120");

        assertThat(asked).containsExactly(ofSeconds(120));
        assertThat(result.summary()).isEqualTo("STATUS: HTTP " + status);
        assertThat(result.evidence().facts().toString())
                .isEqualTo("{status=" + status + ", protocol=HTTP/1.1, retry-after=120 s}");
    }

    @Test
    void passesItOnWhenTheStatusIsExpectedToo() throws Exception {
        try (RawServer server = RawServer.answering(answer(503, "7"))) {
            assertThat(run(HttpCheck.get(server.url("/")).expectStatus(503)).summary())
                    .isEqualTo("PASS: HTTP 503");
        }
        assertThat(asked).containsExactly(ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 304, 404, 413, 500})
    void isOfNoInterestWithAnyOtherStatus(int status) throws Exception {
        CheckResult result = run(status, "120");

        assertThat(asked).isEmpty();
        assertThat(result.evidence().facts()).doesNotContainKey("retry-after");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'Sun, 06 Nov 1994 08:49:37 GMT'|60",
                "'Sunday, 06-Nov-94 08:49:37 GMT'|60",
                "'Sun Nov  6 08:49:37 1994'|60",
                "'Mon, 07 Nov 1994 08:48:37 GMT'|86400"
            })
    void readsADateByTheClockOfTheRun(String date, long seconds) throws Exception {
        run(503, date);

        assertThat(asked).containsExactly(ofSeconds(seconds));
    }

    @Test
    void readsADateByTheClockOfTheServerIfItTellsIt() throws Exception {
        run(503, "Sun, 06 Nov 1994 08:49:37 GMT" + DATE);

        assertThat(asked).containsExactly(ofSeconds(37));
    }

    @Test
    void readsADateByTheClockOfTheRunIfThatOfTheServerIsNonsense() throws Exception {
        run(503, "Sun, 06 Nov 1994 08:49:37 GMT\r\nDate: today");

        assertThat(asked).containsExactly(ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "00",
                "-5",
                "+5",
                "1.5",
                "1e3",
                "0x10",
                "soon",
                "120 s",
                "120, 60",
                "٣",
                "Sun, 06 Nov 1994 08:48:37 GMT",
                "Sun, 06 Nov 1994 08:00:00 GMT",
                "1994-11-06T08:49:37Z"
            })
    void asksForNothingIfItIsNonsenseOrNotInTheFuture(String value) throws Exception {
        CheckResult result = run(503, value);

        assertThat(result.summary()).isEqualTo("STATUS: HTTP 503");
        assertThat(asked).isEmpty();
        assertThat(result.evidence().facts()).doesNotContainKey("retry-after");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "31622399|31622399",
                "31622400|31622400",
                "31622401|31622400",
                "2147483648|31622400",
                "99999999999999999999999999999999|31622400",
                "0000000000000000000000000000000060|60",
                "'Fri, 31 Dec 9999 23:59:59 GMT'|31622400"
            })
    void isPassedOnUpToABound(String value, long seconds) throws Exception {
        CheckResult result = run(503, value);

        assertThat(asked).containsExactly(ofSeconds(seconds));
        assertThat(result.summary()).isEqualTo("STATUS: HTTP 503");
    }

    @Test
    void isReadFromTheAnswerAtTheEndOfARedirect() throws Exception {
        try (RawServer busy = RawServer.answering(answer(429, "30"));
                RawServer first = RawServer.answering("HTTP/1.1 302 Found\r\nRetry-After: 99\r\nContent-Length: 0\r\n"
                        + "Location: " + busy.url("/") + "\r\n\r\n")) {
            run(HttpCheck.get(first.url("/")));
        }
        assertThat(asked).containsExactly(ofSeconds(30));
    }

    @Test
    void isPassedOnThoughTheOtherAddressWorks() throws Exception {
        try (RawServer busy = RawServer.answering(answer(503, "30"));
                RawServer good = new RawServer("127.0.0.2", busy.port(), socket -> {
                    RawServer.readHead(socket);
                    RawServer.send(socket, "HTTP/1.1 204 Fine\r\n\r\n");
                })) {
            CheckResult result = run(HttpCheck.get("http://shop.example:" + good.port() + "/")
                    .confirmByOtherAddress()
                    .over(new Wire(FixedNames.of("127.0.0.1", "127.0.0.2"), Trust.system())));

            assertThat(result.message()).startsWith("one of 2 addresses fails: 127.0.0.1 (HTTP 503);");
            assertThat(result.evidence().facts()).containsEntry("status", "204").containsEntry("retry-after", "30 s");
        }
        assertThat(asked).containsExactly(ofSeconds(30));
    }

    private CheckResult run(int status, String retryAfter) throws Exception {
        try (RawServer server = RawServer.answering(answer(status, retryAfter))) {
            return run(HttpCheck.get(server.url("/")).followRedirects(0));
        }
    }

    private CheckResult run(HttpCheck check) {
        return check.run(new Asked(FixedContext.of(ofSeconds(20), new StoppedTime(NOW)), asked));
    }

    private static String answer(int status, String retryAfter) {
        return "HTTP/1.1 " + status + " X\r\nRetry-After: " + retryAfter + "\r\nContent-Length: 0\r\n\r\n";
    }

    /** A wall clock that stands still. */
    private record StoppedTime(Instant now) implements TimeSource {

        @Override
        public long nanos() {
            return 0;
        }
    }

    /** Keeps what a run asks for. */
    private static final class Asked extends DelegatingContext {

        private final List<Duration> pauses;

        Asked(FixedContext context, List<Duration> pauses) {
            super(context);
            this.pauses = pauses;
        }

        @Override
        public void retryAfter(Duration pause) {
            pauses.add(pause);
        }
    }
}

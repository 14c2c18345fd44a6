package io.sitemonitor.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sitemonitor.check.CheckResult;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made of an exception. */
class FailuresTest {

    private static final String SECRET = "s3cret";

    static Stream<Arguments> kinds() {
        return Stream.of(
                arguments(
                        new UnknownHostException("pay.internal"),
                        "DNS: a call failed: UnknownHostException: pay.internal"),
                arguments(
                        new ConnectException().initCause(new UnresolvedAddressException()),
                        "DNS: a call failed: ConnectException caused by UnresolvedAddressException"),
                arguments(
                        new ConnectException("Connection refused"),
                        "CONNECT: a call failed: ConnectException: Connection refused"),
                arguments(
                        new NoRouteToHostException("No route to host"),
                        "CONNECT: a call failed: NoRouteToHostException: No route to host"),
                arguments(
                        new SocketException("Connection reset"),
                        "CONNECT: a call failed: SocketException: Connection reset"),
                arguments(
                        new IOException(
                                "unexpected end of stream on https://u:s3cret@h/...",
                                new EOFException("\\n not found")),
                        "CONNECT: a call failed: IOException caused by EOFException"),
                arguments(
                        new SSLHandshakeException("PKIX path building failed"),
                        "TLS: a call failed: SSLHandshakeException: PKIX path building failed"),
                arguments(
                        new SSLPeerUnverifiedException(
                                "Hostname pay.internal not verified:\n    certificate: sha256/AAA="),
                        "TLS: a call failed: SSLPeerUnverifiedException: Hostname pay.internal not verified:"),
                arguments(
                        new SocketTimeoutException("Read timed out"),
                        "TIMEOUT: a call failed: SocketTimeoutException: Read timed out"),
                arguments(new InterruptedIOException("timeout"), "TIMEOUT: a call failed: InterruptedIOException"),
                arguments(new TimeoutException("TimeLimiter"), "TIMEOUT: a call failed: TimeoutException"),
                arguments(
                        new HttpTimeoutException("request timed out"), "TIMEOUT: a call failed: HttpTimeoutException"),
                arguments(
                        new HttpConnectTimeoutException("connect timed out"),
                        "TIMEOUT: a call failed: HttpConnectTimeoutException"),
                arguments(new FailedStatusException(503), "STATUS: a call failed: FailedStatusException: HTTP 503"),
                arguments(
                        new ProtocolException("Too many follow-up requests: 21"),
                        "PROTOCOL: a call failed: ProtocolException"),
                arguments(
                        new UncheckedIOException(new IOException("malformed")),
                        "PROTOCOL: a call failed: UncheckedIOException caused by IOException"),
                arguments(
                        new ExecutionException(new IllegalStateException(new ConnectException("Connection refused"))),
                        "CONNECT: a call failed: ExecutionException caused by ConnectException: Connection refused"),
                arguments(new IllegalStateException("declined"), "ASSERTION: a call failed: IllegalStateException"),
                arguments(
                        new IllegalStateException(new ArithmeticException("by zero")),
                        "ASSERTION: a call failed: IllegalStateException caused by ArithmeticException"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void saysInWhichWayACallFailed(Throwable thrown, String summary) {
        assertThat(Failures.result(thrown).summary()).isEqualTo(summary);
        assertThat(Failures.sayNothing(thrown)).isFalse();
    }

    static Stream<Throwable> secrets() {
        String url = "https://user:" + SECRET + "@pay.internal/?token=" + SECRET;
        return Stream.of(
                new IOException("cannot reach " + url),
                new IllegalStateException("I/O error on GET request for \"" + url + "\"", new ConnectException(url)),
                new ConnectException("to user:" + SECRET + "@pay.internal"),
                new UnknownHostException("pay.internal?key:" + SECRET),
                new SocketException("token=" + SECRET),
                new SSLHandshakeException("https://" + SECRET + "/"),
                new MalformedURLException("no protocol: " + SECRET),
                new ConnectException(SECRET) {
                    private static final long serialVersionUID = 1L;
                },
                new IOException(new URISyntaxException(SECRET, "illegal character")));
    }

    /** The security promise about secrets: never in events and alert texts. */
    @ParameterizedTest
    @MethodSource("secrets")
    void showsNoSecretOfAnExceptionsText(Throwable thrown) {
        CheckResult result = Failures.result(thrown);

        assertThat(result.toString()).doesNotContain(SECRET).doesNotContain("pay.internal");
    }

    @Test
    void causesThatGoRoundInACircleComeToAnEnd() {
        IllegalStateException first = new IllegalStateException();
        IllegalStateException second = new IllegalStateException(first);
        first.initCause(second);

        assertThat(Failures.sayNothing(first)).isFalse();
        assertThat(Failures.result(first).summary())
                .isEqualTo("ASSERTION: a call failed: IllegalStateException caused by IllegalStateException");
    }

    @Test
    void neverAsksAnExceptionOfTheHostForItsText() {
        IOException rude = new IOException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("asked");
            }
        };

        assertThat(Failures.sayNothing(rude)).isFalse();
        assertThat(Failures.result(rude).summary())
                .isEqualTo("PROTOCOL: a call failed: " + rude.getClass().getName());
    }

    /** OkHttp cancels a call at its timeout. */
    @Test
    void aTimeoutThatWasCausedByACancellationIsATimeout() {
        InterruptedIOException timeout = new InterruptedIOException("timeout");
        timeout.initCause(new IOException("Canceled"));

        assertThat(Failures.sayNothing(timeout)).isFalse();
    }
}

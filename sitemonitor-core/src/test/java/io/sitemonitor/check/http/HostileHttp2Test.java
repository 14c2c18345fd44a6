package io.sitemonitor.check.http;

import static io.sitemonitor.check.Http2.CONTINUATION;
import static io.sitemonitor.check.Http2.DATA;
import static io.sitemonitor.check.Http2.END_HEADERS;
import static io.sitemonitor.check.Http2.END_STREAM;
import static io.sitemonitor.check.Http2.HEADERS;
import static io.sitemonitor.check.Http2.PING;
import static io.sitemonitor.check.Http2.START;
import static io.sitemonitor.check.Http2.STREAM;
import static io.sitemonitor.check.Http2.frame;
import static io.sitemonitor.check.Http2.headers;
import static io.sitemonitor.check.Http2.joined;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.Certificates;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Http2;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.TextExpectation;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@DisplayName("P16: what a server of HTTP/2 sends beside its body is bounded")
class HostileHttp2Test {

    private static final Certificates CERTIFICATES = new Certificates();
    private static final HeldCertificate CERTIFICATE = CERTIFICATES.given("shop.example", ofDays(90));

    private static final String TOO_MUCH = "TOO_LARGE: answer has more than 65536 bytes beside its body on the wire";

    /** How a connection becomes one of HTTP/2. */
    private enum Way {
        PRIOR_KNOWLEDGE {
            @Override
            HttpCheck check(int port) {
                return HttpCheck.get("http://shop.example:" + port + "/").version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE);
            }

            @Override
            Socket accept(Socket plain) {
                return plain;
            }
        },
        TLS {
            @Override
            HttpCheck check(int port) {
                return HttpCheck.get("https://shop.example:" + port + "/")
                        .version(HttpVersion.HTTP_2)
                        .tls(CERTIFICATES.trusted());
            }

            @Override
            Socket accept(Socket plain) throws Exception {
                SSLSocket socket = (SSLSocket) CERTIFICATES.server(CERTIFICATE).createSocket(plain, null, true);
                socket.setUseClientMode(false);
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {"h2"});
                socket.setSSLParameters(parameters);
                return socket;
            }
        };

        abstract HttpCheck check(int port);

        abstract Socket accept(Socket plain) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void anHonestAnswerPasses(Way way) throws Exception {
        byte[] answer = joined(
                headers(0, ":status", "200"),
                pings(3_000),
                frame(DATA, 0, STREAM, "y".repeat(16_000).getBytes(StandardCharsets.US_ASCII)),
                frame(DATA, 0, STREAM, "y".repeat(16_000).getBytes(StandardCharsets.US_ASCII)),
                frame(DATA, 0, STREAM, "y".repeat(16_000).getBytes(StandardCharsets.US_ASCII)),
                frame(DATA, END_STREAM, STREAM, "all is well".getBytes(StandardCharsets.US_ASCII)));

        CheckResult result = run(way, answer);

        assertThat(result.summary()).isEqualTo("PASS: HTTP 200");
        assertThat(result.evidence().facts()).containsEntry("protocol", "HTTP/2");
    }

    @ParameterizedTest
    @EnumSource
    void aHeadOfRepeatedHeadersIsTooLarge(Way way) throws Exception {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        first.write(0x88); // the status is 200
        byte[] field = Http2.fields("a", "y".repeat(4_000));
        field[0] = 0x40; // to be remembered
        first.writeBytes(field);
        byte[] repeated = new byte[16_384];
        Arrays.fill(repeated, (byte) 0xBE); // the one remembered last
        byte[] more = frame(CONTINUATION, 0, STREAM, repeated);

        CheckResult result = run(
                way,
                joined(
                        frame(HEADERS, 0, STREAM, first.toByteArray()),
                        more,
                        more,
                        more,
                        more,
                        frame(CONTINUATION, END_HEADERS, STREAM)));

        assertThat(result.summary())
                .isEqualTo(
                        "TOO_LARGE: answer has a head that is too large: header byte count limit of 262144 exceeded");
    }

    @ParameterizedTest
    @EnumSource
    void pingsAreTooMany(Way way) throws Exception {
        assertThat(run(way, pings(4_000)).summary()).isEqualTo(TOO_MUCH);
    }

    @ParameterizedTest
    @EnumSource
    void aHeadOfManyFramesIsTooLarge(Way way) throws Exception {
        byte[] more = frame(CONTINUATION, 0, STREAM, Http2.fields("a", "y".repeat(14_000)));

        CheckResult result = run(way, joined(frame(HEADERS, 0, STREAM, (byte) 0x88), more, more, more, more, more));

        assertThat(result.summary()).isEqualTo(TOO_MUCH);
    }

    private static byte[] pings(int count) {
        byte[] ping = frame(PING, 0, 0, new byte[8]);
        byte[] all = new byte[count * ping.length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(ping, 0, all, i * ping.length, ping.length);
        }
        return all;
    }

    private static CheckResult run(Way way, byte[] answer) throws Exception {
        try (RawServer server = new RawServer(plain -> {
            Socket socket = way.accept(plain);
            Http2.readRequest(socket);
            socket.getOutputStream().write(joined(START, answer));
            Http2.drain(socket);
        })) {
            return way.check(server.port())
                    .address("127.0.0.1")
                    .expectBody(TextExpectation.containing("all is well"))
                    .run(FixedContext.of(ofSeconds(30)));
        }
    }
}

package io.sitemonitor.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The example as its README runs it, only faster. */
class ShopApplicationTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private int port;

    @Test
    void tellsOfAnOutageAndItsEnd() throws Exception {
        port = freePort();
        PrintStream console = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (ConfigurableApplicationContext shop = new SpringApplicationBuilder(ShopApplication.class)
                .run(
                        "--server.port=" + port,
                        "--sitemonitor.defaults.every=200ms",
                        "--sitemonitor.checks.search.slow-down-to=200ms")) {
            await().atMost(LONG).until(() -> get("/actuator/sitemonitor/search").contains("\"state\":\"DOWN\""));
            assertThat(get("/actuator/sitemonitor"))
                    .contains("\"monitor\":\"shop\"", "\"failure\":\"STATUS\"", "\"catalog\"", "\"memory\"");
            assertThat(get("/actuator/health")).startsWith("{").contains("\"search\":{\"state\":\"DOWN\"");

            await().atMost(LONG).until(() -> get("/actuator/sitemonitor/search").contains("\"state\":\"UP\""));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(printed.toString(StandardCharsets.UTF_8))
                            .contains(">>> DOWN search since ", ">>> RECOVERED search since ", "[owner@shop.example]"));
            assertThat(get("/actuator/metrics/sitemonitor.check.duration")).contains("\"COUNT\"");
            assertThat(shop.isRunning()).isTrue();
        } finally {
            System.setOut(console);
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

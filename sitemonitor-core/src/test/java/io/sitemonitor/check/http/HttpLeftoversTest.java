package io.sitemonitor.check.http;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left when runs are over. */
@Timeout(180)
class HttpLeftoversTest {

    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    @DisplayName("P24, P26: few threads while it works; none, and no connection, some time after")
    void leavesNothingBehind() throws Exception {
        try (RawServer good = RawServer.holding(ANSWER);
                RawServer silent = RawServer.holding("");
                RawServer endless = RawServer.holding("HTTP/1.1 200 OK\r\n\r\nand so")) {
            for (int round = 0; round < 100; round++) {
                String url = good.url("/").replace("127.0.0.1", "localhost");
                assertThat(HttpCheck.get(round % 2 == 0 ? url : good.url("/"))
                                .run(FixedContext.of(ofSeconds(20)))
                                .verdict())
                        .isEqualTo(Verdict.PASS);
            }
            for (int round = 0; round < 10; round++) {
                HttpCheck.get(silent.url("/")).run(FixedContext.of(ofMillis(20)));
                HttpCheck.get(endless.url("/")).run(FixedContext.of(ofMillis(20)));
            }

            try (MockWebServer second = new MockWebServer()) {
                second.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
                second.enqueue(new MockResponse.Builder().body("ok").build());
                second.start();
                assertThat(HttpCheck.get(second.url("/").toString())
                                .version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE)
                                .run(FixedContext.of(ofSeconds(20)))
                                .verdict())
                        .isEqualTo(Verdict.PASS);
            }
            await().until(() -> good.served() == good.accepted());
            await().until(() -> silent.served() == silent.accepted());
            await().until(() -> endless.served() == endless.accepted());
            assertThat(good.accepted()).isEqualTo(100);
        }
        assertThat(threads("OkHttp", "Okio")).hasSizeLessThan(8).allMatch(Thread::isDaemon);
        await().until(() -> threads("sitemonitor-").isEmpty());
        // OkHttp and Okio let theirs go after a minute without work, and there is no way to ask for less
        await().atMost(ofSeconds(120)).until(() -> threads("OkHttp", "Okio").isEmpty());
    }

    @Test
    void doesNotBurnTheProcessorWhileItWaits() throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (RawServer silent = RawServer.holding("")) {
            HttpCheck.get(silent.url("/")).run(FixedContext.of(ofMillis(100)));
            long before = processorTime(threads);
            HttpCheck.get(silent.url("/")).run(FixedContext.of(ofSeconds(2)));

            assertThat(processorTime(threads) - before).isLessThan(ofMillis(100).toNanos());
        }
    }

    private static long processorTime(ThreadMXBean mx) {
        return threads("OkHttp", "Okio").stream()
                .mapToLong(thread -> Math.max(0, mx.getThreadCpuTime(thread.getId())))
                .sum();
    }

    private static List<Thread> threads(String... names) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> List.of(names).stream()
                        .anyMatch(name -> thread.getName().startsWith(name)))
                .toList();
    }
}

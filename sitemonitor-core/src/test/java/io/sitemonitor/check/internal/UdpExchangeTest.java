package io.sitemonitor.check.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.DatagramServer;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Verdict;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On threads of their own, since a read from a socket cannot be interrupted where something is broken. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UdpExchangeTest {

    @Test
    void sendsAgainWhatGotLost() {
        AtomicInteger lost = new AtomicInteger(2);
        try (DatagramServer server = new DatagramServer((question, reply) -> {
            if (lost.getAndDecrement() <= 0) {
                reply.send(question);
            }
        })) {
            CheckResult result = ask(server.port(), 2, FixedContext.of(ofSeconds(4)), datagram -> datagram);

            assertThat(result.summary()).isEqualTo("PASS: hello");
            assertThat(server.received()).isEqualTo(3);
        }
    }

    @Test
    void sendsAsOftenAsItIsToldAndNotMore() {
        try (DatagramServer never = DatagramServer.silent();
                DatagramServer server = DatagramServer.silent()) {
            ask(never.port(), 0, FixedContext.of(ofSeconds(2)), datagram -> datagram);
            ask(server.port(), 4, FixedContext.of(ofSeconds(2)), datagram -> datagram);

            await().untilAsserted(() -> assertThat(server.received()).isEqualTo(5));
            assertThat(never.received()).isEqualTo(1);
        }
    }

    @Test
    void makesEachQuestionAnew() {
        AtomicInteger made = new AtomicInteger();
        try (DatagramServer server = new DatagramServer((question, reply) -> {
            if (question[0] == 3) {
                reply.send(question);
            }
        })) {
            HostRun run = new HostRun(FixedContext.of(ofSeconds(4)));
            CheckResult result = run.ask(Endpoint.of("127.0.0.1", server.port()), run.deadline(), peer -> {
                byte[] answer = UdpExchange.ask(
                        run, peer, 2, () -> new byte[] {(byte) made.incrementAndGet()}, datagram -> datagram);
                return CheckResult.pass("number " + answer[0]);
            });

            assertThat(result.message()).isEqualTo("number 3");
        }
    }

    @Test
    @DisplayName("P16: a flood of what is no answer does not outlast the run")
    void endsInAFloodOfStrangeDatagrams() {
        try (DatagramServer server = new DatagramServer((question, reply) -> {
            while (true) {
                reply.send("no".getBytes(US_ASCII));
            }
        })) {
            CheckResult result = ask(
                    server.port(),
                    2,
                    FixedContext.of(ofMillis(300)),
                    datagram -> datagram.length > 2 ? datagram : null);

            assertThat(result.failure()).as(result.summary()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(result.message())
                    .startsWith("no answer within 300 ms (waiting for an answer from 127.0.0.1:")
                    .contains(", ignored what was none: ");
        }
    }

    @Test
    void findsTheAnswerBehindStrangeDatagrams() {
        try (DatagramServer server = new DatagramServer((question, reply) -> {
            for (int i = 0; i < 100; i++) {
                reply.send("no".getBytes(US_ASCII));
            }
            reply.send(question);
        })) {
            CheckResult result = ask(
                    server.port(),
                    0,
                    FixedContext.of(ofSeconds(20)),
                    datagram -> datagram.length > 2 ? datagram : null);

            assertThat(result.summary()).isEqualTo("PASS: hello");
        }
    }

    @Test
    void hearsNobodyButTheOneWhoWasAsked() throws Exception {
        CountDownLatch sentByStranger = new CountDownLatch(1);
        AtomicReference<@Nullable InetSocketAddress> asker = new AtomicReference<>();
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                DatagramSocket stranger = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> {
                try {
                    DatagramPacket question = new DatagramPacket(new byte[100], 100);
                    server.receive(question);
                    asker.set((InetSocketAddress) question.getSocketAddress());
                    stranger.send(new DatagramPacket("forged".getBytes(US_ASCII), 6, asker.get()));
                    sentByStranger.countDown();
                    server.send(new DatagramPacket("real".getBytes(US_ASCII), 4, asker.get()));
                } catch (Exception e) {
                    // the test sees that there is no answer
                }
            });
            thread.setDaemon(true);
            thread.start();

            CheckResult result = ask(server.getLocalPort(), 0, FixedContext.of(ofSeconds(20)), datagram -> datagram);

            assertThat(result.summary()).isEqualTo("PASS: real");
            assertThat(sentByStranger.getCount()).isZero();
        }
    }

    @Test
    void tellsThatNobodyListens() {
        int port = DatagramServer.closedPort();

        CheckResult result = ask(port, 2, FixedContext.of(ofSeconds(20)), datagram -> datagram);

        assertThat(result.summary()).isEqualTo("CONNECT: connection refused by 127.0.0.1:" + port);
    }

    @Test
    void takesTheLargestDatagram() {
        try (DatagramServer server = new DatagramServer((question, reply) -> {
            byte[] large = new byte[65_507];
            Arrays.fill(large, (byte) 'x');
            reply.send(large);
        })) {
            AtomicInteger size = new AtomicInteger();
            ask(server.port(), 0, FixedContext.of(ofSeconds(20)), datagram -> {
                size.set(datagram.length);
                return new byte[0];
            });

            assertThat(size).hasValue(65_507);
        }
    }

    @Test
    @DisplayName("P24: a run that is ended from outside leaves no socket")
    void closesItsSocketWhenItIsCancelled() throws Exception {
        try (DatagramServer server = DatagramServer.silent()) {
            FixedContext context = FixedContext.of(ofMinutes(10));
            FutureTask<CheckResult> run = new FutureTask<>(() -> ask(server.port(), 0, context, datagram -> datagram));
            Thread thread = new Thread(run);
            thread.setDaemon(true);
            thread.start();
            await().until(() -> server.received() == 1);

            context.cancel();

            assertThat(run.get(20, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    private static CheckResult ask(int port, int repeats, CheckContext context, UdpExchange.Judge<byte[]> judge) {
        HostRun run = new HostRun(context);
        return run.seen(run.ask(Endpoint.of("127.0.0.1", port), run.deadline(), peer -> {
            byte[] answer = UdpExchange.ask(run, peer, repeats, () -> "hello".getBytes(US_ASCII), judge);
            return CheckResult.pass(new String(answer, US_ASCII));
        }));
    }
}

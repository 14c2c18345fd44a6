package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RawServer;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that ends with the run, and does not read without end. */
@Timeout(60)
class DeadlineSocketTest {

    @Test
    void readsNothingMoreWhenTheRunIsOver() throws Exception {
        try (RawServer server = saying("hello");
                DeadlineSocket socket = connected(server, Duration.ofNanos(1), 100)) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> socket.getInputStream().read())
                    .withMessage("the run is over");
        }
    }

    @Test
    void readsNoMoreThanItMay() throws Exception {
        try (RawServer server = saying("hello");
                DeadlineSocket socket = connected(server, Duration.ofSeconds(20), 5)) {
            InputStream in = socket.getInputStream();

            assertThat(in.readNBytes(5)).hasSize(5);
            assertThat(socket.received()).isEqualTo(5);
            assertThatExceptionOfType(TooLargeException.class)
                    .isThrownBy(in::read)
                    .withMessage("answer has more than 5 bytes");
        }
    }

    private static RawServer saying(String words) {
        return new RawServer(socket -> {
            RawServer.send(socket, words);
            RawServer.drain(socket);
        });
    }

    private static DeadlineSocket connected(RawServer server, Duration timeout, long most) throws Exception {
        DeadlineSocket socket = new DeadlineSocket(Deadline.of(FixedContext.of(timeout)), most);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()), 20_000);
        return socket;
    }
}

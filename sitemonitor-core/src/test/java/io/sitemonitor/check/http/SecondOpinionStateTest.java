package io.sitemonitor.check.http;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.Monitor;
import io.sitemonitor.check.RawServer;
import io.sitemonitor.check.internal.FixedNames;
import io.sitemonitor.check.internal.Trust;
import io.sitemonitor.check.internal.http.Wire;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.state.HealthState;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SecondOpinionStateTest {

    private static final String OK = "HTTP/1.1 204 Fine\r\n\r\n";

    @Test
    @DisplayName("One of two addresses fails: DEGRADED, and it says which; both fail: DOWN")
    void oneOfTwoAddressesIsDegradedAndBothAreDown() throws Exception {
        BlockingQueue<StateChanged> changes = new LinkedBlockingQueue<>();
        try (RawServer good = RawServer.answering(OK)) {
            HttpCheck check = HttpCheck.get("http://shop.example:" + good.port() + "/")
                    .confirmByOtherAddress()
                    .over(new Wire(FixedNames.of("127.0.0.2", "127.0.0.1"), Trust.system()));
            try (Monitor monitor = Monitor.named("two")
                    .check("shop", check, c -> c.every(ofMillis(100)).timeout(ofSeconds(10)))
                    .onStateChange(changes::add)
                    .start()) {
                assertThat(monitor.has("shop")).isTrue();
                StateChanged degraded = next(changes, HealthState.DEGRADED);
                assertThat(degraded.last().message())
                        .contains("one of 2 addresses fails: 127.0.0.2 (connection refused); 127.0.0.1 works");

                good.close();

                assertThat(next(changes, HealthState.DOWN).last().message())
                        .contains("none of 2 addresses works: 127.0.0.2 (connection refused);"
                                + " 127.0.0.1 (connection refused)");
            }
        }
    }

    private static StateChanged next(BlockingQueue<StateChanged> changes, HealthState state) throws Exception {
        StateChanged change = changes.poll(30, TimeUnit.SECONDS);
        while (change != null && change.to() != state) {
            change = changes.poll(30, TimeUnit.SECONDS);
        }
        assertThat(change).as("a change to " + state).isNotNull();
        return change;
    }
}

package io.sitemonitor.check.mqtt;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.RealServer;
import io.sitemonitor.check.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against Mosquitto. Needs mosquitto. */
@Timeout(60)
class MosquittoTest {

    @Test
    void aMessageComesBack(@TempDir Path directory) throws Exception {
        try (RealServer broker = start(directory, true)) {
            MqttCheck check = MqttCheck.connect("127.0.0.1", broker.port());

            assertThat(run(check).summary()).isEqualTo("PASS: ready");
            assertThat(run(check.clientId("monitor").roundTrip("monitor/shop")).summary())
                    .isEqualTo("PASS: message came back");
            assertThat(run(check.roundTrip("monitor/shop")).summary()).isEqualTo("PASS: message came back");
        }
    }

    @Test
    void aStrangerIsNotAuthorized(@TempDir Path directory) throws Exception {
        try (RealServer broker = start(directory, false)) {
            MqttCheck check = MqttCheck.connect("127.0.0.1", broker.port()).insecureLoginInPlainText();

            assertThat(run(check).summary()).isEqualTo("STATUS: CONNACK 5: not authorized");
            assertThat(run(check.login("stranger", Secret.of("correct horse"))).summary())
                    .isEqualTo("STATUS: CONNACK 5: not authorized");
        }
    }

    private static RealServer start(Path directory, boolean anybody) throws Exception {
        return RealServer.start(directory, "mosquitto", "mosquitto", port -> {
            Path configuration = Files.writeString(
                    directory.resolve("configuration"),
                    "listener " + port + " 127.0.0.1\nallow_anonymous " + anybody + "\n");
            return List.of("-c", configuration.toString());
        });
    }

    private static CheckResult run(MqttCheck check) {
        return check.run(FixedContext.of(ofSeconds(20)));
    }
}

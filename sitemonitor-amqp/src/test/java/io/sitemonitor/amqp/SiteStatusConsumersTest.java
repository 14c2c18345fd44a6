package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.log.IncidentLogListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteStatusConsumersTest {

    @Test
    @DisplayName(
            "§2: both old consumers get every message of an old producer; an e-mail that fails holds back no text message")
    void bothGetEveryMessage(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("incidents.log");
        List<String> mails = new CopyOnWriteArrayList<>();
        List<String> texts = new CopyOnWriteArrayList<>();
        try (EmbeddedBroker server = EmbeddedBroker.start();
                PlainClient other = PlainClient.connect(server.uri())) {
            AmqpBroker broker = AmqpBroker.at(server.uri());
            try (AmqpAlertConsumer owners = SiteStatusConsumers.emailAndSms(
                                    broker, alert -> mailOnlyWhatIsUp(alert, mails), alert -> texts.add(alert.id()))
                            .attempts(2)
                            .retry(Duration.ofMillis(10), Duration.ofMillis(10))
                            .start();
                    AmqpAlertConsumer log = SiteStatusConsumers.incidentLog(broker, IncidentLogListener.text(file))
                            .start()) {
                await().until(() -> owners.isConnected() && log.isConnected());
                other.send(AmqpTrafficContract.json("shop", "s-1"));
                other.send(AmqpTrafficContract.json("shop", "s-2").replace("down", "up"));
                await().until(() -> owners.handled() == 1 && owners.deadLetters() == 1 && log.handled() == 2);
            }
        }
        assertThat(mails).containsExactly("Site shop is back UP!");
        assertThat(texts).containsExactly("s-1", "s-2");
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    private static void mailOnlyWhatIsUp(Alert alert, List<String> mails) throws IOException {
        if (!alert.kind().isClosing()) {
            throw new IOException("mail server away");
        }
        mails.add(alert.summary());
    }
}

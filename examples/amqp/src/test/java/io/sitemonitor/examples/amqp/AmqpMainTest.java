package io.sitemonitor.examples.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both halves as processes of their own, over a RabbitMQ if one is named, else over a broker inside this JVM. */
class AmqpMainTest {

    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int INTERRUPTED = 130;

    @TempDir
    private Path folder;

    @Test
    void whatOneProcessPublishesTheOtherConsumes() throws Exception {
        String given = System.getenv("SITEMONITOR_RABBITMQ");
        if (given != null) {
            runBoth(given);
        } else {
            try (TestBroker broker = TestBroker.start()) {
                runBoth(broker.uri());
            }
        }
    }

    private void runBoth(String uri) throws Exception {
        Path log = folder.resolve("incidents.log");
        try (ChildJvm consumer = ChildJvm.amqp("consume", "--broker", uri, "--incident-log", log.toString());
                ChildJvm producer = ChildJvm.amqp("produce", "--broker", uri)) {
            producer.awaitLine("producer: demo UP -> DOWN");
            consumer.awaitLine("consumer: DOWN demo is down: ASSERTION: it is one of the bad moments (id ");
            producer.awaitLine("producer: published the alert about demo");
            consumer.awaitLine("consumer: RECOVERED demo is up again (id ");
            producer.signal("INT");
            assertThat(producer.exitWithin(STOP)).isEqualTo(INTERRUPTED);
            assertThat(producer.output()).contains("producer: stopped; 0 alerts could not be handed over");
            consumer.signal("INT");
            assertThat(consumer.exitWithin(STOP)).isEqualTo(INTERRUPTED);
        }
        assertThat(Files.readString(log)).contains(" DOWN producer/demo ").contains(" RECOVERED producer/demo ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "publish | say produce or consume, not 'publish'",
                "produce | --broker is missing, such as --broker amqp://guest:guest@localhost:5672/",
                "produce --broker | --broker needs a value; see --help",
                "consume --broker amqp://x a=http://x | 'a=http://x' is unknown here; see --help",
                "produce --broker amqp://x a=htp://x | url must begin with http:// or https://, but was 'htp://x'",
                "produce --broker amqp://x a=http://x a=http://y | two sites are named 'a'",
            })
    void saysWhatIsWrongAndEndsWithStatus2(String args, String message) throws Exception {
        try (ChildJvm program = ChildJvm.amqp(args.split(" "))) {
            assertThat(program.exitWithin(Duration.ofSeconds(60))).isEqualTo(2);
            assertThat(program.output()).isEqualTo(message);
        }
    }
}

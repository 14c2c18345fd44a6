package io.sitemonitor.examples.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both halves as processes of their own, over a RabbitMQ if one is named, else over a broker inside this JVM. */
class AmqpMainTest {

    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;

    @TempDir
    private Path folder;

    /** The broker inside this JVM has no quorum queues. */
    @ParameterizedTest
    @CsvSource({"'', ''", "--topic, --topic --classic-queues"})
    void whatOneProcessPublishesTheOtherConsumes(String produce, String consume) throws Exception {
        onBroker(uri -> runBoth(uri, produce, consume));
    }

    private void runBoth(String uri, String produce, String consume) throws Exception {
        Path log = folder.resolve("incidents.log");
        try (ChildJvm consumer = amqp("consume --broker", uri, consume, "--incident-log", log);
                ChildJvm producer = amqp("produce --broker", uri, produce)) {
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
                "publish | say produce, consume, notify or log, not 'publish'",
                "produce | --broker is missing, such as --broker amqp://guest:guest@localhost:5672/",
                "produce --broker | --broker needs a value; see --help",
                "consume --broker amqp://x a=http://x | 'a=http://x' is unknown here; see --help",
                "produce --broker amqp://x a=htp://x | url must begin with http:// or https://, but was 'htp://x'",
                "produce --broker amqp://x a=http://x a=http://y | two sites are named 'a'",
                "produce --broker amqp://x --contact | --contact needs a value; see --help",
                "consume --broker amqp://x --contact a@b | '--contact' is unknown here; see --help",
                "notify --broker amqp://x --from a@b | --smtp is missing, such as --smtp smtp://mail.internal",
                "notify --broker amqp://x --smtp smtp://h | --from is missing, such as --from alerts@shop.example",
                "notify --broker amqp://x --smtp smtp://h --from a@b --topic | '--topic' is unknown here; see --help",
                "notify --broker amqp://x --smtp smtp://h --from a@b --sms-username shop | text messages need both"
                        + " --sms-username and --sms-key-file",
                "notify --broker amqp://x --smtp smtp://h --from a@b --sms-username shop --sms-key-file /none |"
                        + " --sms-key-file cannot be read: java.nio.file.NoSuchFileException: /none",
                "consume --broker amqp://x --classic-queues | '--classic-queues' is unknown here; see --help",
                "log --broker amqp://x | --file is missing, such as --file incidents.log",
            })
    void saysWhatIsWrongAndEndsWithStatus2(String args, String message) throws Exception {
        try (ChildJvm program = ChildJvm.amqp(args.split(" "))) {
            assertThat(program.exitWithin(Duration.ofSeconds(60))).isEqualTo(2);
            assertThat(program.output()).isEqualTo(message);
        }
    }

    @Test
    void tellsOwnersAndWritesTheLogFromQueuesOfTheirOwn() throws Exception {
        onBroker(this::tellAndLog);
    }

    private void tellAndLog(String uri) throws Exception {
        Path log = folder.resolve("incidents.log");
        Path key = Files.writeString(folder.resolve("key"), "hunter2\n");
        GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        try (SmsService texts = SmsService.start();
                ChildJvm owners = amqp(
                        "notify --broker",
                        uri,
                        "--smtp smtp://127.0.0.1:" + mails.getSmtp().getPort(),
                        "--from alerts@shop.example --sms-username shop --sms-key-file",
                        key,
                        "--sms-endpoint",
                        texts.url());
                ChildJvm writer = amqp("log --broker", uri, "--file", log)) {
            owners.awaitLine("owners: connected");
            writer.awaitLine("incident-log: connected");
            try (ChildJvm producer =
                    amqp("produce --broker", uri, "--contact owner@shop.example --contact +254711000000")) {
                owners.awaitLine("owners: DOWN demo is down");
                writer.awaitLine("incident-log: DOWN demo is down");
                producer.signal("INT");
                assertThat(producer.exitWithin(STOP)).isEqualTo(INTERRUPTED);
            }
            owners.signal("INT");
            assertThat(owners.exitWithin(STOP)).isEqualTo(INTERRUPTED);
            assertThat(owners.output())
                    .contains("alerts handled, 0 to the dead letters")
                    .doesNotContain("hunter2");
            writer.signal("INT");
            assertThat(writer.exitWithin(STOP)).isEqualTo(INTERRUPTED);

            MimeMessage mail = mails.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("Site demo is DOWN!");
            assertThat(List.of(mail.getFrom())).hasToString("[alerts@shop.example]");
            assertThat(List.of(mail.getAllRecipients())).hasToString("[owner@shop.example]");
            assertThat(texts.requests().get(0)).startsWith("hunter2 ").contains("username=shop", "254711000000");
        } finally {
            mails.stop();
        }
        assertThat(Files.readString(log)).contains(" DOWN producer/demo ");
    }

    @Test
    void tellsByMailAloneWithoutAnAccountForTexts() throws Exception {
        onBroker(uri -> {
            GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            mails.start();
            String smtp = "--smtp smtp://127.0.0.1:" + mails.getSmtp().getPort();
            try (ChildJvm owners = amqp("notify --broker", uri, smtp, "--from alerts@shop.example");
                    ChildJvm producer = amqp("produce --broker", uri)) {
                owners.awaitLine("owners: DOWN demo is down");
                producer.awaitLine("producer: published the alert about demo");
                assertThat(mails.getReceivedMessages()).isNotEmpty();
                owners.signal("TERM");
                assertThat(owners.exitWithin(STOP)).isEqualTo(TERMINATED);
                assertThat(owners.output()).contains("alerts handled, 0 to the dead letters");
            } finally {
                mails.stop();
            }
        });
    }

    private static void onBroker(Run run) throws Exception {
        String given = System.getenv("SITEMONITOR_RABBITMQ");
        if (given != null) {
            run.on(given);
        } else {
            try (TestBroker broker = TestBroker.start()) {
                run.on(broker.uri());
            }
        }
    }

    private static ChildJvm amqp(Object... words) throws IOException {
        return ChildJvm.amqp(Stream.of(words)
                .map(Object::toString)
                .collect(Collectors.joining(" "))
                .strip()
                .split(" +"));
    }

    @FunctionalInterface
    private interface Run {
        void on(String uri) throws Exception;
    }
}

package io.sitemonitor.examples.amqp;

import io.sitemonitor.alert.log.IncidentLogListener;
import io.sitemonitor.amqp.AmqpAlertConsumer;
import io.sitemonitor.amqp.AmqpAlertConsumerBuilder;
import io.sitemonitor.amqp.AmqpBroker;
import io.sitemonitor.amqp.AmqpTopology;
import io.sitemonitor.amqp.SiteStatusConsumers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Runs one of the parts; see {@code --help}. */
public final class AmqpMain {

    private static final int WRONG_USE = 2;

    private static final String HELP = """
            usage: java -jar sitemonitor-amqp-example.jar COMMAND --broker URI [options]

              produce    watches sites and publishes their alerts: [--topic] [--contact WHOM ...] [name=URL ...];
                         without sites, a demo check that fails now and then
              consume    takes alerts from the queue and shows them: [--topic [--classic-queues]] [--incident-log FILE]
              notify     takes alerts from the queue and tells the contacts of each:
                         --smtp URL --from ADDRESS [--sms-username NAME --sms-key-file FILE [--sms-endpoint URL]]
              log        takes alerts from a queue of its own and writes a line for each: --file FILE

              --broker   RabbitMQ, as amqp://user:password@host:5672/
              --topic    all of every alert over the topic exchange, instead of up and down over the direct one; for both
                         halves or neither
              --classic-queues  instead of quorum queues, which need RabbitMQ 3.10 or newer
              --contact  an e-mail address or a telephone number; owner@shop.example unless given
              --incident-log  writes one line for each alert, too
              --smtp     a mail server, as smtp://mail.internal or smtps://user:password@mail.example
              --from     the sender of mails
              --sms-username, --sms-key-file   the account with Africa's Talking, and a file that holds its API key and
                         nothing else; without them there are no text messages
              --sms-endpoint  another address of that service, such as that of a proxy

            All end at Ctrl-C. A wrong command line ends with status 2.
            """;

    private AmqpMain() {}

    /**
     * Runs the program until it is stopped by a signal.
     *
     * @param args a command, and options
     * @throws InterruptedException if somebody interrupts the main thread
     */
    public static void main(String[] args) throws InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.print(HELP);
            return;
        }
        try {
            AutoCloseable part = open(new Arguments(args));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(part), "stop"));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USE);
        }
        new CountDownLatch(1).await();
    }

    private static AutoCloseable open(Arguments arguments) {
        String command = arguments.command();
        return switch (command) {
            case "produce" ->
                new Producer(arguments.broker(), arguments.flag("--topic"), contacts(arguments), arguments.sites());
            case "consume" -> new Consumer("consumer", consume(arguments.broker(), arguments));
            case "notify" -> new Consumer("owners", Owners.consumer(arguments.broker(), arguments));
            case "log" -> new Consumer("incident-log", log(arguments.broker(), arguments));
            case "" -> throw new IllegalArgumentException("say produce, consume, notify or log; see --help");
            default -> throw new IllegalArgumentException("say produce, consume, notify or log, not '" + command + "'");
        };
    }

    private static List<String> contacts(Arguments arguments) {
        List<String> given = arguments.all("--contact");
        return given.isEmpty() ? List.of("owner@shop.example") : given;
    }

    private static AmqpAlertConsumerBuilder consume(AmqpBroker broker, Arguments arguments) {
        AmqpAlertConsumerBuilder builder =
                AmqpAlertConsumer.from(broker).named("consumer").topology(topology(arguments));
        Optional<Path> log = arguments.optional("--incident-log").map(Path::of);
        arguments.end();
        log.ifPresent(file -> builder.handler("log", IncidentLogListener.text(file)));
        return builder;
    }

    private static AmqpTopology topology(Arguments arguments) {
        if (!arguments.flag("--topic")) {
            return AmqpTopology.direct();
        }
        AmqpTopology topology = AmqpTopology.topic();
        return arguments.flag("--classic-queues") ? topology.classicQueues() : topology;
    }

    private static AmqpAlertConsumerBuilder log(AmqpBroker broker, Arguments arguments) {
        Path file = Path.of(arguments.required("--file", "incidents.log"));
        arguments.end();
        return SiteStatusConsumers.incidentLog(broker, IncidentLogListener.text(file));
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println("did not close: " + e);
        }
    }
}

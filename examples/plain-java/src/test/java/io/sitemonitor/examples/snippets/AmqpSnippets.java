package io.sitemonitor.examples.snippets;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.sitemonitor.Monitor;
import io.sitemonitor.alert.email.EmailListener;
import io.sitemonitor.alert.log.IncidentLogListener;
import io.sitemonitor.alert.sms.SmsListener;
import io.sitemonitor.amqp.AmqpAlertConsumer;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import io.sitemonitor.amqp.AmqpBroker;
import io.sitemonitor.amqp.AmqpCredentials;
import io.sitemonitor.amqp.AmqpEventPublisher;
import io.sitemonitor.amqp.AmqpTopology;
import io.sitemonitor.amqp.RemoteMonitor;
import io.sitemonitor.amqp.SiteStatusConsumers;
import io.sitemonitor.check.tcp.TcpCheck;
import io.sitemonitor.store.file.FileStore;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What the guide to RabbitMQ shows. */
final class AmqpSnippets {

    private AmqpSnippets() {}

    static void topic() {
        // tag::amqp-topic
        AmqpTopology topology = AmqpTopology.topic();
        topology.plan().forEach(System.out::println);
        AmqpAlertPublisher publisher = AmqpAlertPublisher.to("amqp://broker/")
                .named("shop")
                .topology(topology)
                .open();
        AmqpAlertConsumer outages = AmqpAlertConsumer.from("amqp://broker/")
                .topology(topology.queue("outages").bind("*.*.down", "*.*.recovered"))
                .handler(alert -> System.out.println(alert.summary()))
                .start();
        // end::amqp-topic
        outages.close();
        publisher.close();
    }

    static void consumer(String apiKey) {
        // tag::amqp-consumer
        AmqpBroker broker = AmqpBroker.at("amqp://broker/");
        AmqpAlertConsumer owners = SiteStatusConsumers.emailAndSms(
                        broker, EmailListener.smtp("smtp://mail.internal"), SmsListener.africasTalking("shop", apiKey))
                .retryQueue(ofMinutes(5), 12)
                .remember(FileStore.in(Path.of("handled")))
                .start();
        AmqpAlertConsumer log = SiteStatusConsumers.incidentLog(
                        broker, IncidentLogListener.text(Path.of("incidents.log")))
                .start();
        // end::amqp-consumer
        owners.close();
        log.close();
    }

    static void remote() throws InterruptedException {
        // tag::amqp-remote
        // in the process that watches
        AmqpEventPublisher events =
                AmqpEventPublisher.to("amqp://broker/").named("shop").open();
        Monitor monitor = Monitor.named("shop")
                .check("gateway", TcpCheck.connect("gw.internal", 443))
                .listener(events)
                .start();
        events.attach(monitor);

        // in another one
        RemoteMonitor shop =
                RemoteMonitor.follow("amqp://broker/").monitor("shop").open();
        if (shop.awaitReady(ofSeconds(20)) && !shop.isUp("gateway")) {
            System.out.println("payments are off");
        }
        // end::amqp-remote
        shop.close();
        monitor.close();
        events.close();
    }

    static AmqpBroker cluster() {
        // tag::amqp-cluster
        AmqpBroker broker =
                AmqpBroker.at("amqps://rabbit-1.internal/shop").otherNodes("rabbit-2.internal", "rabbit-3.internal");
        // end::amqp-cluster
        return broker;
    }

    static void secure(Supplier<String> password) {
        // tag::amqp-secure
        AmqpBroker broker = AmqpBroker.at("amqps://broker.internal/shop")
                .trust(Path.of("/etc/shop/ca.pem"))
                .clientCertificate(Path.of("/etc/shop/monitor.pem"), Path.of("/etc/shop/monitor.key"))
                .credentials(() -> new AmqpCredentials("monitor", password.get()))
                .heartbeat(ofSeconds(5));
        AmqpAlertPublisher publisher =
                AmqpAlertPublisher.to(broker).named("shop").open();
        // end::amqp-secure
        publisher.close();
    }
}

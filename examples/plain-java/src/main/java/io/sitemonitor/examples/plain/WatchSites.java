package io.sitemonitor.examples.plain;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.email.EmailListener;
import io.sitemonitor.amqp.AmqpAddress;
import io.sitemonitor.store.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The running program: whatever it opens it closes again, the last first. */
final class WatchSites implements AutoCloseable {

    private static final Duration HAND_OVER_WITHIN = Duration.ofMillis(1_500);

    private final Options options;
    private final Screen screen;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable DemoSites demoSites;
    private @Nullable Monitor monitor;
    private @Nullable AlertPipeline pipeline;
    private boolean closing;

    WatchSites(Options options, Screen screen) {
        this.options = options;
        this.screen = screen;
    }

    /** Opens everything; what is wrong with the options is said before anything runs. */
    synchronized void start() throws Exception {
        MonitorBuilder builder =
                Monitor.named("demo").warmUp(Duration.ofSeconds(1)).closeWithin(HAND_OVER_WITHIN);
        if (options.keep != null) {
            builder.store(FileStore.in(options.keep));
        }
        AmqpAddress given = options.broker == null ? null : parse(options.broker);
        AlertListener mail = mail();
        Sites sites = new Sites(options, builder);
        if (options.isDemo()) {
            DemoSites demo = open(DemoSites.start(options.port));
            sites.addDemo(demo);
            demoSites = demo;
            screen.print("sites:        demo sites at http://127.0.0.1:" + demo.port()
                    + "/ that fail, slow down and recover every 30 s");
        } else {
            sites.addAll();
        }
        AmqpAddress broker = given == null ? embedded() : examined(given);
        Path log = incidentLog();
        screen.print("stop:         Ctrl-C" + (options.runFor == null ? "" : ", or by itself after " + options.runFor));
        screen.print("");
        AlertPipeline alerts = open(new AlertPipeline(broker, log, mail, options.handOver, screen));
        pipeline = alerts;
        Monitor started = builder.alert(
                        alerts.publisher(),
                        p -> p.named("broker")
                                .kinds(AlertKind.DOWN, AlertKind.FLAPPING) // the message has no word for others
                                .retry(Duration.ofMillis(100), Duration.ofSeconds(1)))
                .listener(alerts.handover())
                .listener(new Narrator(screen))
                .build();
        if (demoSites != null) {
            demoSites.begin();
        }
        monitor = open(started).start();
        screen.show(() -> StateTable.of(started.snapshot()));
    }

    /** Waits for the end that the options ask for; returns earlier if somebody closes this. */
    void await() throws InterruptedException {
        if (options.runFor == null) {
            closed.await();
        } else if (closed.await(options.runFor.toMillis(), TimeUnit.MILLISECONDS)) {
            screen.tell("ended before its time");
        }
    }

    /** Returns how many alerts the broker has not got; meaningful once this is closed. */
    synchronized int undelivered() {
        return monitor == null ? 0 : monitor.alerts().deadLetters().size();
    }

    /** First the monitor, which hands over what it has, then the way of the alerts, then broker and sites. */
    @Override
    public synchronized void close() {
        if (closing) {
            return;
        }
        closing = true;
        if (monitor != null) {
            screen.tell("stop    handing over what is on its way");
        }
        while (!opened.isEmpty()) {
            AutoCloseable last = opened.pop();
            try {
                last.close();
            } catch (Exception e) {
                screen.tell("stop    " + last.getClass().getSimpleName() + " did not close: " + e.getMessage());
            }
        }
        if (monitor != null && pipeline != null) {
            int published = pipeline.handover().published();
            int inBroker = pipeline.handover().await(Duration.ZERO);
            screen.tell("stopped alerts: %d into the broker, %d out of it, %d not handed over"
                    .formatted(published, published - inBroker, undelivered()));
        }
        screen.close();
        closed.countDown();
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.push(resource);
        return resource;
    }

    private AmqpAddress embedded() throws Exception {
        EmbeddedBroker embedded = open(EmbeddedBroker.start());
        AmqpAddress address = AmqpAddress.parse(embedded.uri());
        screen.print("broker:       " + address + " inside this JVM; use another one with --broker");
        return address;
    }

    private AmqpAddress examined(AmqpAddress address) throws BrokerUnusableException {
        Optional<String> problem = BrokerProbe.problemOf(address);
        if (problem.isEmpty()) {
            screen.print("broker:       " + address);
        } else if (options.requireBroker) {
            throw new BrokerUnusableException("broker " + address + " cannot be used: " + problem.get());
        } else {
            screen.print("broker:       " + address + " cannot be used: " + problem.get());
            screen.print("              sites are watched, alerts wait until it can be used");
        }
        return address;
    }

    private static AmqpAddress parse(String uri) throws UsageException {
        try {
            return AmqpAddress.parse(uri);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--broker: " + e.getMessage());
        }
    }

    private AlertListener mail() throws UsageException {
        String smtp = options.smtp;
        if (smtp == null) {
            screen.print("mail:         is shown here; have it sent with --smtp");
            return new PrintedMail(screen);
        }
        try {
            EmailListener mail = EmailListener.smtp(smtp);
            EmailListener sender = options.mailFrom == null ? mail : mail.from(options.mailFrom);
            screen.print("mail:         " + sender);
            return alert -> {
                if (alert.contacts().stream().anyMatch(contact -> contact.contains("@"))) {
                    sender.onAlert(alert);
                    screen.tell("mailed  " + alert.kind() + " " + alert.check() + " to " + alert.contacts());
                }
            };
        } catch (IllegalArgumentException e) {
            throw new UsageException("--smtp: " + e.getMessage());
        }
    }

    private Path incidentLog() throws Exception {
        Path given = options.incidentLog;
        Path log =
                given != null ? given : Files.createTempDirectory("sitemonitor").resolve("incidents.log");
        screen.print("incident log: " + log.toAbsolutePath());
        return log;
    }

    /** The broker is needed and cannot be used. */
    static final class BrokerUnusableException extends Exception {

        private static final long serialVersionUID = 1L;

        BrokerUnusableException(String message) {
            super(message);
        }
    }
}

package io.sitemonitor.examples.snippets;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.micrometer.core.instrument.MeterRegistry;
import io.sitemonitor.Monitor;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.Recipients;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.email.EmailListener;
import io.sitemonitor.alert.log.IncidentLogListener;
import io.sitemonitor.amqp.AmqpAlertConsumer;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.tcp.TcpCheck;
import io.sitemonitor.metrics.MonitorMetrics;
import io.sitemonitor.target.jdbc.JdbcTargets;
import io.sitemonitor.testing.ManualTime;
import io.sitemonitor.testing.RecordingAlerts;
import io.sitemonitor.testing.ScriptedCheck;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import javax.sql.DataSource;

/** The code in README and guides; a test compares the two. */
final class Snippets {

    private Snippets() {}

    static Monitor shop(Queue<String> queue, MeterRegistry registry, DataSource dataSource) {
        // tag::shop
        Monitor monitor = Monitor.named("shop")
                .check(
                        "storefront",
                        HttpCheck.get("https://shop.example/").warnAbove(ofMillis(800)),
                        c -> c.every(ofSeconds(30))
                                .timeout(ofSeconds(5))
                                .downAfter(3)
                                .contact("owner@shop.example")
                                .label("team", "web"))
                .check("gateway", TcpCheck.connect("gw.internal", 443))
                .check("backlog", context -> queue.size() < 500 ? CheckResult.pass() : CheckResult.fail("too long"))
                .targets(JdbcTargets.query(
                        dataSource,
                        "select name, url, email, interval_seconds from sites order by name",
                        HttpCheck::get))
                .alert(EmailListener.smtp("smtp://mail.internal").to(Recipients.fromContact()))
                .alert(IncidentLogListener.text(Path.of("incidents.log")), p -> p.expireAfter(ofHours(2)))
                .listener(MonitorMetrics.bindTo(registry))
                .start();
        // end::shop
        return monitor;
    }

    static void ask(Monitor monitor) {
        // tag::ask
        if (monitor.isUp("gateway")) { // a look-up: cheap enough for every request
            monitor.runNow("storefront").thenAccept(result -> System.out.println(result.summary()));
        }
        monitor.incidents().open().forEach(incident -> System.out.println(incident.check() + " is down"));
        // end::ask
    }

    static void amqp() {
        // tag::amqp
        AmqpAlertPublisher publisher = AmqpAlertPublisher.to("amqp://guest:guest@broker:5672/")
                .named("shop")
                .open();
        Monitor monitor = Monitor.named("shop")
                .check("gateway", TcpCheck.connect("gw.internal", 443))
                .alert(publisher, p -> p.retry(ofMillis(100), ofSeconds(1)))
                .start();

        // in the same process or in another one
        AmqpAlertConsumer consumer = AmqpAlertConsumer.from("amqp://guest:guest@broker:5672/")
                .handler("mail", EmailListener.smtp("smtp://mail.internal"))
                .handler("log", IncidentLogListener.text(Path.of("incidents.log")))
                .start();

        // at the end, in this order: the monitor hands over what it has
        monitor.close();
        publisher.close();
        consumer.close();
        // end::amqp
    }

    // tag::own-check
    /** Fails when a disk is nearly full. Two such checks with the same values are equal. */
    record DiskCheck(Path folder, long leastBytes) implements Check {

        @Override
        public CheckResult run(CheckContext context) throws Exception {
            FileStore store = Files.getFileStore(folder); // what is thrown becomes CHECK_ERROR
            long free = store.getUsableSpace();
            return free >= leastBytes
                    ? CheckResult.pass(free + " bytes free")
                    : CheckResult.fail(FailureKind.ASSERTION, "only " + free + " bytes free");
        }

        @Override
        public String kind() {
            return "disk";
        }

        @Override
        public String target() {
            return folder.toString();
        }
    }
    // end::own-check

    // tag::own-listener
    /** Pages whoever is on duty. Returning means delivered; throwing means try again later, with the same id. */
    record PagerListener(Pager pager) implements AlertListener {

        @Override
        public void onAlert(Alert alert) throws Exception {
            if (!pager.knows(alert.check())) {
                throw new UndeliverableAlertException("nobody is on duty for " + alert.check());
            }
            pager.page(alert.id(), alert.summary()); // the id lets the pager drop doubles
        }
    }
    // end::own-listener

    interface Pager {

        boolean knows(String check);

        void page(String id, String text) throws Exception;
    }

    static List<Alert> virtualTime() {
        // tag::virtual-time
        ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
        ScriptedCheck gateway = ScriptedCheck.passing();
        RecordingAlerts alerts = new RecordingAlerts();
        try (Monitor monitor = Monitor.named("test")
                .runOn(time)
                .check("gateway", gateway, c -> c.every(ofSeconds(30)).downAfter(3))
                .alert(alerts)
                .start()) {
            time.advance(ofSeconds(60)); // two runs, in no time
            gateway.fails("refused");
            time.advance(ofSeconds(60)); // three runs: a suspicion is followed up after 5 seconds
        }
        // alerts.alerts() holds one, of kind DOWN
        // end::virtual-time
        return alerts.alerts();
    }
}

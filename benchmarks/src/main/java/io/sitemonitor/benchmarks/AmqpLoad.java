package io.sitemonitor.benchmarks;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import io.sitemonitor.amqp.AmqpDefaults;
import io.sitemonitor.amqp.message.SiteStatusMessage;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.state.HealthState;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Measures how fast alerts go through a RabbitMQ, beside a bare loop over its client; {@code --help} tells how. */
public final class AmqpLoad {

    static final String USAGE = """
            Publishes persistent, mandatory, confirmed alerts to a queue of its own on a running RabbitMQ, in turns with a bare loop
            over the client that keeps as many messages unconfirmed. Then lets alerts of a monitor wait until somebody binds a queue.

            usage: AmqpLoad [options]

              --broker URI   where it is (default amqp://guest:guest@localhost:5672/)
              --alerts N     so many a round (default 50000)
              --checks N     of so many checks (default 1000)
              --rounds N     so many rounds (default 5)
              --backlog N    so many wait (default 10000)
            """;

    private static final Set<String> OPTIONS = Set.of("--broker", "--alerts", "--checks", "--rounds", "--backlog");
    private static final String EXCHANGE = "sitemonitor-benchmark";
    private static final String QUEUE = "sitemonitor-benchmark";
    private static final int MOST_UNCONFIRMED = 1_000;

    private final String broker;
    private final Channel channel;
    private final PrintStream out;

    private AmqpLoad(String broker, Connection connection, PrintStream out) throws Exception {
        this.broker = broker;
        this.channel = connection.createChannel();
        this.out = out;
    }

    /**
     * Measures. The exit status is 2 if the command line asks for what cannot be.
     *
     * @param args the command line
     * @throws Exception if it fails, such as for want of a broker
     */
    public static void main(String[] args) throws Exception {
        CommandLine.run(USAGE, args, line -> measure(Arguments.parse(line, OPTIONS, Set.of()), System.out));
    }

    private static void measure(Arguments arguments, PrintStream out) throws Exception {
        String given = arguments.text("--broker");
        String broker = given == null ? "amqp://guest:guest@localhost:5672/" : given;
        int alerts = (int) arguments.number("--alerts", 50_000, 100, 10_000_000);
        int checks = (int) arguments.number("--checks", 1_000, 1, 1_000_000);
        int rounds = (int) arguments.number("--rounds", 5, 1, 1_000);
        int backlog = (int) arguments.number("--backlog", 10_000, 1, 1_000_000);
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.endsWith("/") ? broker.substring(0, broker.length() - 1) : broker);
        try (Connection connection = factory.newConnection("benchmark")) {
            AmqpLoad load = new AmqpLoad(broker, connection, out);
            try {
                load.run(alerts, checks, rounds, backlog);
            } finally {
                load.channel.queueDelete(QUEUE);
                load.channel.exchangeDelete(EXCHANGE);
            }
        }
    }

    private void run(int alerts, int checks, int rounds, int backlog) throws Exception {
        out.printf(
                Locale.ROOT,
                "%s, %,d processors%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
        fresh(true);
        pair("warming up, not counted", alerts / 2, checks, 1);
        pair(checks + " checks", alerts, checks, rounds);
        pair("one check", Math.max(100, alerts / 25), 1, rounds);
        handingOver(alerts, checks);
        backlog(backlog);
    }

    private void fresh(boolean bound) throws Exception {
        channel.exchangeDeclare(EXCHANGE, "direct", true);
        channel.queueDelete(QUEUE);
        channel.queueDeclare(QUEUE, true, false, false, null);
        if (bound) {
            channel.queueBind(QUEUE, EXCHANGE, AmqpDefaults.ROUTING_KEY);
        }
    }

    private void pair(String what, int alerts, int checks, int rounds) throws Exception {
        double[] bare = new double[rounds];
        double[] ours = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            fresh(true);
            bare[round] = alerts / seconds(() -> bare(alerts, checks));
            fresh(true);
            ours[round] = alerts / seconds(() -> ours(alerts, checks));
        }
        double[] ratio = new double[rounds];
        Arrays.setAll(ratio, i -> ours[i] / bare[i]);
        Arrays.sort(bare);
        Arrays.sort(ours);
        Arrays.sort(ratio);
        out.printf(
                Locale.ROOT,
                "%s: %,.0f alerts/s confirmed (%,.0f to %,.0f); bare loop %,.0f (%,.0f to %,.0f); ratio %.2f (%.2f to %.2f)%n",
                what,
                ours[rounds / 2],
                ours[0],
                ours[rounds - 1],
                bare[rounds / 2],
                bare[0],
                bare[rounds - 1],
                ratio[rounds / 2],
                ratio[0],
                ratio[rounds - 1]);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e9;
    }

    /** What somebody would write who wants no more than confirms: no order, no reconnecting, nothing sent again. */
    private void bare(int alerts, int checks) throws Exception {
        Semaphore room = new Semaphore(Math.min(checks, MOST_UNCONFIRMED));
        int all = Math.min(checks, MOST_UNCONFIRMED);
        try (Channel publishing = channel.getConnection().createChannel()) {
            publishing.confirmSelect();
            long[] last = {0};
            publishing.addConfirmListener(
                    (tag, multiple) -> {
                        room.release(multiple ? (int) (tag - last[0]) : 1);
                        last[0] = tag;
                    },
                    (tag, multiple) -> {
                        throw new IllegalStateException("refused");
                    });
            for (int i = 0; i < alerts; i++) {
                Alert alert = alert(i, checks);
                room.acquire();
                AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                        .deliveryMode(2)
                        .contentType("application/json")
                        .messageId(alert.id())
                        .build();
                publishing.basicPublish(
                        EXCHANGE,
                        AmqpDefaults.ROUTING_KEY,
                        true,
                        properties,
                        SiteStatusMessage.of(alert).encode());
            }
            room.acquire(all);
        }
    }

    private AmqpAlertPublisher publisher() throws InterruptedException {
        AmqpAlertPublisher publisher = AmqpAlertPublisher.to(broker)
                .named("benchmark")
                .exchange(EXCHANGE)
                .open();
        while (!publisher.isConnected()) {
            Thread.sleep(10);
        }
        return publisher;
    }

    private void ours(int alerts, int checks) throws Exception {
        Semaphore room = new Semaphore(Math.min(checks, MOST_UNCONFIRMED));
        int all = Math.min(checks, MOST_UNCONFIRMED);
        try (AmqpAlertPublisher publisher = publisher()) {
            for (int i = 0; i < alerts; i++) {
                room.acquire();
                CompletableFuture<?> unused =
                        publisher.deliver(alert(i, checks)).whenComplete((nothing, thrown) -> room.release());
            }
            room.acquire(all);
        }
    }

    private void handingOver(int alerts, int checks) throws Exception {
        fresh(true);
        int most = Math.min(alerts, 8_000); // so many may wait
        double[] micros = new double[most];
        CountDownLatch confirmed = new CountDownLatch(most);
        try (AmqpAlertPublisher publisher = publisher()) {
            for (int i = 0; i < most; i++) {
                Alert alert = alert(i, checks);
                long begun = System.nanoTime();
                CompletableFuture<?> unused =
                        publisher.deliver(alert).whenComplete((nothing, thrown) -> confirmed.countDown());
                micros[i] = (System.nanoTime() - begun) / 1e3;
            }
            confirmed.await();
        }
        Arrays.sort(micros);
        out.printf(
                Locale.ROOT,
                "handing over: median %.1f µs, p99 %.1f µs, longest %.2f ms%n",
                micros[most / 2],
                micros[most * 99 / 100],
                micros[most - 1] / 1e3);
    }

    /** A monitor whose alerts nobody can receive, until somebody can. */
    private void backlog(int backlog) throws Exception {
        fresh(false);
        try (AmqpAlertPublisher publisher = publisher()) {
            MonitorBuilder builder = Monitor.named("benchmark").warmUp(Duration.ofHours(1));
            Check never = context -> CheckResult.inconclusive("only told from outside");
            int checks = Math.min(backlog, 1_000);
            for (int i = 0; i < checks; i++) {
                builder.check(
                        "c" + i,
                        never,
                        c -> c.every(Duration.ofDays(1)).downAfter(1).upAfter(1).flapAfter(0, Duration.ofMinutes(1)));
            }
            builder.alert(publisher, p -> p.capacity(backlog).retry(Duration.ofMillis(100), Duration.ofSeconds(1)));
            try (Monitor monitor = builder.start()) {
                CheckResult down = CheckResult.fail("not real");
                double handed = seconds(() -> {
                    for (int i = 0; i < backlog; i++) {
                        monitor.report(
                                "c" + i % checks, i / checks % 2 == 0 ? down : CheckResult.pass(), Duration.ZERO);
                    }
                    while (monitor.snapshot().waitingAlerts() < backlog) {
                        Thread.sleep(1);
                    }
                });
                Thread.sleep(3_000); // so that they wait as they would after a while
                channel.queueBind(QUEUE, EXCHANGE, AmqpDefaults.ROUTING_KEY);
                double drained = seconds(() -> {
                    while (monitor.snapshot().waitingAlerts() > 0) {
                        Thread.sleep(1);
                    }
                });
                out.printf(
                        Locale.ROOT,
                        "backlog: %,d alerts of a monitor, handed over in %.2f s, drained in %.2f s; %,d in the queue%n",
                        backlog,
                        handed,
                        drained,
                        channel.messageCount(QUEUE));
            }
        }
    }

    private static Alert alert(int number, int checks) {
        String check = "check-" + number % checks;
        boolean down = number / checks % 2 == 0;
        Instant at = Instant.EPOCH.plusSeconds(number);
        return new Alert(
                check + "#" + number,
                "incident-" + check,
                "shop",
                check,
                down ? AlertKind.DOWN : AlertKind.RECOVERED,
                down ? HealthState.UP : HealthState.DOWN,
                down ? HealthState.DOWN : HealthState.UP,
                at,
                at,
                Duration.ZERO,
                FailureKind.STATUS,
                "HTTP 503 in 412 ms",
                "https://shop.example/",
                Evidence.none(),
                Map.of("team", "web"),
                List.of("owner@shop.example"));
    }
}

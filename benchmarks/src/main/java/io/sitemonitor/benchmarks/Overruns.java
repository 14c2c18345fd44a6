package io.sitemonitor.benchmarks;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.TextExpectation;
import io.sitemonitor.check.ftp.FtpCheck;
import io.sitemonitor.check.grpc.GrpcHealthCheck;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.http.HttpVersion;
import io.sitemonitor.check.imap.ImapCheck;
import io.sitemonitor.check.mqtt.MqttCheck;
import io.sitemonitor.check.ntp.NtpCheck;
import io.sitemonitor.check.pop.PopCheck;
import io.sitemonitor.check.rdap.DomainExpiryCheck;
import io.sitemonitor.check.redis.RedisCheck;
import io.sitemonitor.check.smtp.SmtpCheck;
import io.sitemonitor.check.ssh.SshCheck;
import io.sitemonitor.check.tcp.TcpCheck;
import io.sitemonitor.check.tls.TlsCheck;
import io.sitemonitor.check.udp.UdpCheck;
import io.sitemonitor.check.websocket.WebSocketCheck;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.RunCompleted;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Measures by how much runs outlast their timeout, whatever a server does; {@code --help} tells how. */
public final class Overruns {

    static final String USAGE = """
            Runs a check of each kind against servers that keep it for ever, and prints by how much the runs that ended at
            their timeout outlasted it.

            usage: Overruns [options]

              --seconds N     for so long (default 60)
              --timeout-ms N  the timeout of each run (default 500)
            """;

    private static final Set<String> OPTIONS = Set.of("--seconds", "--timeout-ms");

    private final Duration timeout;
    private final Map<String, Queue<Double>> overruns = new TreeMap<>();

    private Overruns(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Measures. The exit status is 2 if the command line asks for what cannot be.
     *
     * @param args the command line
     * @throws Exception if it fails
     */
    public static void main(String[] args) throws Exception {
        CommandLine.run(USAGE, args, line -> measure(line, System.out));
    }

    static void measure(List<String> line, PrintStream out) throws Exception {
        Arguments given = Arguments.parse(line, OPTIONS, Set.of());
        long seconds = given.number("--seconds", 60, 1, 3_600);
        Overruns overruns = new Overruns(Duration.ofMillis(given.number("--timeout-ms", 500, 10, 60_000)));
        StolenTime before = StolenTime.now();
        overruns.run(Duration.ofSeconds(seconds));
        overruns.print(out);
        out.printf(Locale.ROOT, "%nstolen %.1f %%%n", StolenTime.now().percentSince(before));
    }

    private void run(Duration length) throws IOException, InterruptedException {
        MonitorBuilder builder = Monitor.named("overruns")
                .defaults(c -> c.every(timeout.multipliedBy(2)).timeout(timeout))
                .listener(this::heard);
        Map<HostileServer.Manner, HostileServer> servers = new LinkedHashMap<>();
        for (HostileServer.Manner manner : HostileServer.Manner.values()) {
            HostileServer server = new HostileServer(manner);
            servers.put(manner, server);
            kinds(server.port()).forEach((kind, check) -> {
                String name = kind + ", " + manner;
                overruns.put(name, new ConcurrentLinkedQueue<>());
                builder.check(name, check);
            });
        }
        try (Monitor monitor = builder.build()) {
            monitor.start();
            TimeUnit.NANOSECONDS.sleep(length.toNanos());
        }
        for (HostileServer server : servers.values()) {
            server.close();
        }
    }

    private void heard(MonitorEvent event) {
        if (event instanceof RunCompleted run && run.result().failure() == FailureKind.TIMEOUT) {
            Queue<Double> its = overruns.get(run.check());
            if (its != null) {
                its.add(run.duration().minus(timeout).toNanos() / 1e6);
            }
        }
    }

    private static Map<String, Check> kinds(int port) {
        String host = "127.0.0.1";
        String at = host + ":" + port;
        Map<String, Check> kinds = new LinkedHashMap<>();
        kinds.put("http", HttpCheck.get("http://" + at).expectBody(TextExpectation.containing("all is well")));
        kinds.put("https", HttpCheck.get("https://" + at));
        kinds.put("http/2", HttpCheck.get("http://" + at).version(HttpVersion.HTTP_2_PRIOR_KNOWLEDGE));
        kinds.put("tcp", TcpCheck.connect(host, port).expect("all is well"));
        kinds.put("tls", TlsCheck.connect(host, port));
        kinds.put("smtp", SmtpCheck.connect(host, port));
        kinds.put("imap", ImapCheck.connect(host, port));
        kinds.put("pop", PopCheck.connect(host, port));
        kinds.put("ftp", FtpCheck.connect(host, port));
        kinds.put("ssh", SshCheck.connect(host, port));
        kinds.put("redis", RedisCheck.connect(host, port));
        kinds.put("mqtt", MqttCheck.connect(host, port));
        kinds.put("websocket", WebSocketCheck.connect("ws://" + at));
        kinds.put("grpc", GrpcHealthCheck.connect(host, port).plainText());
        kinds.put("rdap", DomainExpiryCheck.forDomain("shop.example").server("http://" + at));
        kinds.put("ntp", NtpCheck.server(host).port(port));
        kinds.put("udp", UdpCheck.send(host, port, "?").expectText(TextExpectation.containing("all is well")));
        return kinds;
    }

    private void print(PrintStream out) {
        out.println("| check, server | runs that ended at their timeout | p50 ms | p99 ms | longest ms |");
        out.println("|---|---:|---:|---:|---:|");
        overruns.forEach((name, all) -> {
            double[] sorted = all.stream().mapToDouble(Double::doubleValue).toArray();
            if (sorted.length > 0) {
                out.printf(
                        Locale.ROOT,
                        "| %s | %d | %.1f | %.1f | %.1f |%n",
                        name,
                        sorted.length,
                        Statistics.percentile(sorted, 50),
                        Statistics.percentile(sorted, 99),
                        Statistics.percentile(sorted, 100));
            }
        });
    }
}

package io.sitemonitor.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, as a process of its own. */
class WatchSitesTest {

    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;

    private final AtomicInteger status = new AtomicInteger(200);
    private HttpServer server;
    private String url;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void demoShowsAnOutageAndItsEndAndStopsAtCtrlCWithAllAlertsInTheLog() throws Exception {
        Path log = folder.resolve("incidents.log");
        try (ChildJvm program = ChildJvm.watchSites("--incident-log", log.toString())) {
            program.awaitLine("state   shop UP -> DOWN after 3 runs: STATUS: HTTP 503");
            program.awaitLine("mail    to owner@shop.example: Site shop is DOWN! | Site shop has gone down at ");
            program.awaitLine("state   shop DOWN -> UP after 2 runs");
            program.awaitLine("Site shop is back UP! | Site shop is back UP at ");
            program.awaitLine("state   payments UP -> DOWN");
            program.signal("INT");

            assertThat(program.exitWithin(STOP)).isEqualTo(INTERRUPTED);
            assertThat(program.output()).contains("stopped alerts: 3 into the broker, 3 out of it, 0 not handed over");
        }
        assertThat(Files.readAllLines(log))
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).contains(" DOWN demo/shop "),
                        line -> assertThat(line).contains(" RECOVERED demo/shop "),
                        line -> assertThat(line).contains(" DOWN demo/payments "));
    }

    @Test
    void goesOnWithAnOutageAfterItWasKilled() throws Exception {
        String keep = folder.resolve("kept").toString();
        status.set(500);
        try (ChildJvm program = ChildJvm.watchSites("--keep", keep, "--every", "200ms", "mine=" + url)) {
            program.awaitLine("state   mine UNKNOWN -> DOWN");
            program.awaitLine("Site mine is DOWN!");
            program.signal("KILL");
            program.exitWithin(STOP);
        }
        status.set(200);
        try (ChildJvm program = ChildJvm.watchSites("--keep", keep, "--every", "200ms", "mine=" + url)) {
            program.awaitLine("state   mine DOWN -> UP");
            program.awaitLine("Site mine is back UP!");
            program.signal("TERM");

            assertThat(program.exitWithin(STOP)).isEqualTo(TERMINATED);
            assertThat(program.output()).doesNotContain("is DOWN!");
        }
    }

    @Test
    void watchesSitesOfTheCommandLineAndEndsByItself() throws Exception {
        try (ChildJvm program = ChildJvm.watchSites("--seconds", "8", "--every", "200ms", "mine=" + url)) {
            program.awaitLine("state   mine UNKNOWN -> UP after 1 run: PASS: HTTP 200");

            assertThat(program.exitWithin(Duration.ofSeconds(60))).isZero();
            assertThat(program.output()).contains("stopped alerts: 0 into the broker, 0 out of it, 0 not handed over");
        }
    }

    @Test
    void watchesTheRowsOfATableAndAppliesWhatChanges() throws Exception {
        String jdbc = "jdbc:h2:" + folder.resolve("sites") + ";AUTO_SERVER=TRUE";
        try (Connection connection = DriverManager.getConnection(jdbc);
                Statement statement = connection.createStatement()) {
            statement.execute("create table sites (name varchar, url varchar, email varchar, every_seconds int)");
            statement.execute("insert into sites values ('good', '" + url + "', 'owner@shop.example', 1)");
            statement.execute("insert into sites values ('worse', 'htp://x/', null, null)");
            try (ChildJvm program = ChildJvm.watchSites(
                    "--jdbc", jdbc, "--query", "select name, url, email, every_seconds from sites order by name")) {
                program.awaitLine("state   good UNKNOWN -> UP after 1 run: PASS: HTTP 200");
                program.awaitLine("jdbc row 2 ('worse'): url must begin with http:// or https://, but was 'htp://x/'");
                statement.execute("insert into sites values ('later', '" + url + "', null, 1)");
                program.awaitLine("state   later UNKNOWN -> UP after 1 run: PASS: HTTP 200");
                status.set(500);
                program.awaitLine("mail    to owner@shop.example: Site good is DOWN!");
                program.signal("TERM");

                assertThat(program.exitWithin(STOP)).isEqualTo(TERMINATED);
            }
        }
    }

    @Test
    void namesTheBadLinesOfAFileAndWatchesTheGoodOnes() throws Exception {
        Path file = Files.writeString(
                folder.resolve("sites.csv"),
                "name,url,contact,interval\ngood," + url + ",a@b.example,1s\nbad,http://,,\nworse," + url + ",,0s\n");
        try (ChildJvm program = ChildJvm.watchSites("--sites", file.toString())) {
            program.awaitLine("state   good UNKNOWN -> UP");
            program.awaitLine("sites   sites.csv line 3 ('bad'): url must name a host");
            program.awaitLine("sites   sites.csv line 4 ('worse'): every must be at least PT0.1S, but was PT0S");
            program.signal("TERM");

            assertThat(program.exitWithin(STOP)).isEqualTo(TERMINATED);
        }
    }

    @Test
    void sendsMailToTheServerNamed() throws Exception {
        GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        status.set(503);
        try (ChildJvm program = ChildJvm.watchSites(
                "--smtp",
                "smtp://127.0.0.1:" + mails.getSmtp().getPort(),
                "--mail-from",
                "alerts@shop.example",
                "--contact",
                "owner@shop.example",
                "--every",
                "200ms",
                "shop=" + url)) {
            program.awaitLine("mailed  DOWN shop to [owner@shop.example]");

            assertThat(mails.getReceivedMessages()).hasSize(1).allSatisfy(mail -> {
                assertThat(mail.getSubject()).isEqualTo("Site shop is DOWN!");
                assertThat(List.of(mail.getAllRecipients())).hasToString("[owner@shop.example]");
            });
            program.signal("INT");
            assertThat(program.exitWithin(STOP)).isEqualTo(INTERRUPTED);
        } finally {
            mails.stop();
        }
    }

    /** The mail server answers only once the stop has begun: all three alerts are in the broker then, and none is through. */
    @Test
    void stopWaitsUntilWhatIsInTheBrokerHasComeThrough() throws Exception {
        GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        status.set(503);
        Path log = folder.resolve("incidents.log");
        try (Gate gate = new Gate(mails.getSmtp().getPort());
                ChildJvm program = ChildJvm.watchSites(
                        "--smtp",
                        "smtp://127.0.0.1:" + gate.port(),
                        "--incident-log",
                        log.toString(),
                        "--contact",
                        "owner@shop.example",
                        "--hand-over",
                        "50s",
                        "--every",
                        "200ms",
                        "one=" + url,
                        "two=" + url,
                        "three=" + url)) {
            program.awaitLine("broker  has the alert about one");
            program.awaitLine("broker  has the alert about two");
            program.awaitLine("broker  has the alert about three");
            program.signal("INT");
            program.awaitLine("stop    handing over what is on its way");
            gate.open();

            assertThat(program.exitWithin(STOP)).isEqualTo(INTERRUPTED);
            assertThat(program.output()).contains("stopped alerts: 3 into the broker, 3 out of it, 0 not handed over");
            assertThat(mails.getReceivedMessages()).hasSize(3);
        } finally {
            mails.stop();
        }
        assertThat(Files.readAllLines(log)).hasSize(3);
    }

    @Test
    void alertsWaitForABrokerThatComesLaterAndComesBack() throws Exception {
        EmbeddedBroker first = EmbeddedBroker.start();
        String uri = first.uri();
        Path log = folder.resolve("incidents.log");
        first.close();
        status.set(503);
        try (ChildJvm program = ChildJvm.watchSites(
                "--broker", uri, "--incident-log", log.toString(), "--every", "200ms", "shop=" + url)) {
            program.awaitLine("sites are watched, alerts wait until it can be used");
            program.awaitLine("state   shop UNKNOWN -> DOWN");
            try (EmbeddedBroker second = EmbeddedBroker.startAt(uri)) {
                program.awaitLine("logged  DOWN shop");
            }
            status.set(200);
            program.awaitLine("state   shop DOWN -> UP");
            try (EmbeddedBroker third = EmbeddedBroker.startAt(uri)) {
                program.awaitLine("logged  RECOVERED shop");
                program.signal("INT");
                assertThat(program.exitWithin(STOP)).isEqualTo(INTERRUPTED);
            }
            assertThat(program.output()).contains("stopped alerts: 2 into the broker, 2 out of it, 0 not handed over");
        }
        assertThat(Files.readAllLines(log)).hasSize(2);
    }

    @Test
    void endsInTimeAndSaysWhatIsLostWhenTheBrokerNeverComes() throws Exception {
        EmbeddedBroker gone = EmbeddedBroker.start();
        String uri = gone.uri();
        gone.close();
        status.set(503);
        try (ChildJvm program = ChildJvm.watchSites("--broker", uri, "--every", "200ms", "shop=" + url)) {
            program.awaitLine("state   shop UNKNOWN -> DOWN");
            program.signal("INT");

            assertThat(program.exitWithin(STOP)).isEqualTo(INTERRUPTED);
            assertThat(program.output()).contains("stopped alerts: 0 into the broker, 0 out of it, 1 not handed over");
        }
    }
}

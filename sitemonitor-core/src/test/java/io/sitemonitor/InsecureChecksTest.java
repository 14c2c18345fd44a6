package io.sitemonitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.composite.CompositeCheck;
import io.sitemonitor.check.ftp.FtpCheck;
import io.sitemonitor.check.grpc.GrpcHealthCheck;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.http.HttpSteps;
import io.sitemonitor.check.imap.ImapCheck;
import io.sitemonitor.check.mqtt.MqttCheck;
import io.sitemonitor.check.pop.PopCheck;
import io.sitemonitor.check.rdap.DomainExpiryCheck;
import io.sitemonitor.check.redis.RedisCheck;
import io.sitemonitor.check.smtp.SmtpCheck;
import io.sitemonitor.check.tls.TlsCheck;
import io.sitemonitor.check.websocket.WebSocketCheck;
import io.sitemonitor.metrics.MeterNames;
import io.sitemonitor.metrics.MonitorMetrics;
import io.sitemonitor.testing.ScriptedCheck;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("What is less than secure is said once, and counted")
class InsecureChecksTest {

    private static final TlsSettings ANYONE = TlsSettings.system().insecureTrustAnyone();
    private static final TlsCheck LEGACY =
            TlsCheck.connect("legacy.internal", 443).tls(ANYONE);

    private final Bench bench = new Bench();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Defined.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        bench.close();
        logger.detachAppender(log);
    }

    @Test
    void isLoggedWhenItIsAddedAndCountedAsLongAsItIsThere() {
        Monitor monitor = bench.start(bench.builder()
                .listener(MonitorMetrics.bindTo(registry))
                .check("shop", ScriptedCheck.passing())
                .check("legacy", LEGACY, c -> c.every(Duration.ofDays(1))));
        bench.advance(3_600);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "check 'legacy' does without a protection: a method was called whose name begins with 'insecure'");
        assertThat(insecure()).isEqualTo(1);

        monitor.remove("legacy");
        assertThat(insecure()).isZero();
    }

    @Test
    void everyKindSaysWhenAProtectionWasTakenAway() {
        HttpCheck site = HttpCheck.get("https://shop.example/");
        SmtpCheck mail = SmtpCheck.connect("mail.example").login("monitor", Secret.of("secret"));
        assertThat(List.<Check>of(site, mail, mail.tls(), HttpSteps.first("a", site), context -> null))
                .noneMatch(Check::isInsecure);
        assertThat(List.of(
                        LEGACY,
                        site.tls(TlsSettings.system().insecureTakeAnyName()),
                        HttpSteps.first("a", site).then("b", site.tls(ANYONE)),
                        mail.startTls(ANYONE),
                        mail.insecureLoginInPlainText(),
                        ImapCheck.connect("mail.example").insecureLoginInPlainText(),
                        PopCheck.connect("mail.example").insecureLoginInPlainText(),
                        FtpCheck.connect("files.example").insecureLoginInPlainText(),
                        MqttCheck.connect("broker.example").insecureLoginInPlainText(),
                        RedisCheck.connect("cache.example").insecureLoginInPlainText(),
                        GrpcHealthCheck.connect("orders.internal", 8443).tls(ANYONE),
                        DomainExpiryCheck.forDomain("shop.example").tls(ANYONE),
                        WebSocketCheck.connect("wss://shop.example/live").tls(ANYONE),
                        CompositeCheck.any(site, LEGACY)))
                .allMatch(Check::isInsecure);
    }

    private double insecure() {
        return registry.get(MeterNames.INSECURE).gauge().value();
    }
}

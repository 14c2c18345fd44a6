package io.sitemonitor.amqp;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.amqp.check.RabbitCheck;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.TlsSettings;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With a RabbitMQ of our own: what only it does, and what one may do only to one's own. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
class RabbitCheckNodeTest extends RabbitCheckBrokerContract {

    private final RabbitNode node = WithRabbit.node();

    @Override
    String uri() {
        return node.uri();
    }

    @Override
    String loginRefusal() {
        return "403 ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN";
    }

    @AfterAll
    static void nobodyIsLeft() {
        RabbitNode node = WithRabbit.node();
        await().atMost(ofSeconds(30))
                .until(() -> node.control("list_connections", "name", "client_properties").stream()
                        .noneMatch(line -> line.contains("sitemonitor:monitor:check")));
    }

    @Test
    void leavesNothingBehind() throws Exception {
        List<String> queues = node.control("list_queues", "name");

        assertThat(run(check().roundTrip()).summary()).isEqualTo("PASS: message came back");

        assertThat(node.control("list_queues", "name")).isEqualTo(queues);
        assertThat(node.control("list_consumers")).isEmpty();
    }

    @Test
    void missingPermissionsAreNamed() throws Exception {
        node.control("add_user", "weak", "weak-pass");
        try {
            RabbitCheck check = check().login("weak", Secret.of("weak-pass"));
            assertThat(run(check).summary())
                    .isEqualTo("STATUS: 530 NOT_ALLOWED - access to vhost '/' refused for user 'weak'");
            node.control("set_permissions", "weak", "^$", "^$", "^$");
            assertThat(run(check).summary()).isEqualTo("PASS: ready");
            assertThat(run(check.roundTrip()).summary())
                    .startsWith("STATUS: 403 ACCESS_REFUSED - access to queue 'amq.gen-")
                    .contains("refused for user 'weak'");
            node.control("set_permissions", "weak", "^amq\\.gen", "^$", "^$");
            assertThat(run(check.roundTrip()).summary())
                    .startsWith("STATUS: 403 ACCESS_REFUSED - access to exchange 'amq.default'");
            node.control("set_permissions", "weak", "^amq\\.gen", "^amq\\.default$", "^$");
            assertThat(run(check.roundTrip()).summary())
                    .startsWith("STATUS: 403 ACCESS_REFUSED - access to queue 'amq.gen-");
            node.control("set_permissions", "weak", "^amq\\.gen", "^amq\\.(gen|default)", "^amq\\.gen");
            assertThat(run(check.roundTrip()).summary()).isEqualTo("PASS: message came back");
        } finally {
            node.control("delete_user", "weak");
        }
    }

    @Test
    void aBrokerThatIsLowOnMemoryTakesNoMessages() throws Exception {
        node.control("set_vm_memory_high_watermark", "absolute", "1");
        try {
            await().untilAsserted(() -> assertThat(run(check().roundTrip()).summary())
                    .isEqualTo("STATUS: broker takes no messages: low on memory"));
            assertThat(run(check()).summary()).isEqualTo("PASS: ready");
        } finally {
            node.control("set_vm_memory_high_watermark", "0.4");
        }
        await().untilAsserted(
                        () -> assertThat(run(check().roundTrip()).summary()).isEqualTo("PASS: message came back"));
    }

    @Test
    void aBrokerThatIsKilledIsNoConnection() throws Exception {
        FixedContext context = FixedContext.of(ofSeconds(60));
        try (FaultProxy wire = FaultProxy.to(node.port())) {
            RabbitCheck check = RabbitCheck.connect(wire.uri()).roundTrip();
            wire.freeze();
            FutureTask<CheckResult> run = new FutureTask<>(() -> check.run(context));
            Thread thread = new Thread(run, "killed");
            thread.setDaemon(true);
            thread.start();
            await().until(() -> wire.accepted() == 1);

            node.kill();
            try {
                wire.thaw();
                assertThat(run.get(30, TimeUnit.SECONDS).failure()).isEqualTo(FailureKind.CONNECT);
                CheckResult refused = run(RabbitCheck.connect(node.uri()));
                assertThat(refused.failure()).as(refused.summary()).isEqualTo(FailureKind.CONNECT);
            } finally {
                node.restart();
            }
        }
        assertThat(run(check().roundTrip()).summary()).isEqualTo("PASS: message came back");
    }

    @Test
    void speaksTls() throws Exception {
        try (TlsFront front = TlsFront.before(node.port(), "localhost");
                TlsFront wrongName = TlsFront.before(node.port(), "elsewhere.example")) {
            CheckResult result = run(RabbitCheck.connect(front.uri())
                    .tls(TlsSettings.system().trust(front.trusted()))
                    .roundTrip());
            assertThat(result.summary()).isEqualTo("PASS: message came back");
            assertThat(result.evidence().facts()).containsKeys("tls", "certificate", "broker");
            assertThat(run(RabbitCheck.connect(front.uri())).failure()).isEqualTo(FailureKind.TLS);
            CheckResult wrong = run(RabbitCheck.connect(wrongName.uri())
                    .tls(TlsSettings.system().trust(wrongName.trusted())));
            assertThat(wrong.failure()).as(wrong.summary()).isEqualTo(FailureKind.TLS);
        }
    }
}

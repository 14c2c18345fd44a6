package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.BuiltinExchangeType;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a consumer mends or outlives although the broker tells it nothing. */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
@Timeout(120)
class ConsumerRecoveryTest {

    @Test
    @DisplayName("P10: an exchange that was deleted, and made again by its publisher, is bound again by the consumer")
    void bindsAgainAfterDeletionOfExchange() throws Exception {
        try (Scene scene = Scene.on(WithRabbit.node(), Fault.Wiring.STRAIGHT);
                ConsumerStream stream = new ConsumerStream(scene)) {
            stream.release(30);
            stream.feed(1);
            scene.until("the first alerts", () -> stream.tally().lost().isEmpty());
            assertThat(scene.admin().isBound("alert_queue", "site_monitor", Scene.VIRTUAL_HOST))
                    .isTrue();
            scene.other().channel().exchangeDelete("site_monitor");
            scene.other().channel().exchangeDeclare("site_monitor", BuiltinExchangeType.DIRECT, true);
            scene.until("the binding", () -> scene.admin().isBound("alert_queue", "site_monitor", Scene.VIRTUAL_HOST));
        }
    }

    @Test
    @DisplayName("P10: while dead letters cannot be written, the other alerts do not wait behind each attempt to do so")
    void othersGoOnWhileDeadLettersCannotBeWritten() throws Exception {
        try (Scene scene = Scene.on(WithRabbit.node(), Fault.Wiring.STRAIGHT)) {
            scene.other().channel().queueDeclare("alert_queue.dead", true, false, false, Map.of());
            scene.admin().refuseBeyond(0, "alert_queue.dead", Scene.VIRTUAL_HOST);
            for (int i = 0; i < 10; i++) {
                scene.other().send("poison");
            }
            try (ConsumerStream stream = new ConsumerStream(scene)) {
                stream.release(30);
                stream.feed(10);
                scene.until("every alert, behind ten times poison", () -> stream.done() == 30);
            }
        }
    }
}

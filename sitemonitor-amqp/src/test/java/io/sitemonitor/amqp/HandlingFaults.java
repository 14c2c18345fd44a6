package io.sitemonitor.amqp;

import static io.sitemonitor.amqp.Fault.Wiring.STRAIGHT;
import static io.sitemonitor.amqp.Scene.VIRTUAL_HOST;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.GetResponse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** What can be wrong with a message, with whoever handles it, and with the place for what cannot be handled. */
final class HandlingFaults {

    private static final String DEAD = "alert_queue.dead";

    private HandlingFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.named("poison in the middle", STRAIGHT)
                        .inject(scene -> {
                            for (String poison : poisons()) {
                                scene.other().send(poison);
                            }
                            scene.other().send("[]", oddProperties());
                        })
                        .shownBy("each is among the dead letters", scene -> {})
                        .heal(scene -> {
                            consumer(scene).release(1_000);
                            scene.until(
                                    "the dead letters",
                                    () -> consumer(scene).consumer().deadLetters()
                                            == poisons().size() + 1);
                            assertDeadLetters(scene);
                        }),
                Fault.named("handler throws", STRAIGHT)
                        .inject(scene -> consumer(scene).feel(() -> {
                            throw new StackOverflowError("mail server away");
                        }))
                        .shownBy("attempts were repeated", HandlingFaults::repeated)
                        .heal(scene -> consumer(scene).feel(() -> {})),
                Fault.named("handler blocks until it is interrupted", STRAIGHT)
                        .inject(scene -> consumer(scene).feel(ConsumerStream::block))
                        .refusedWith("handler '")
                        .heal(scene -> consumer(scene).feel(() -> {})),
                Fault.named("queue of dead letters refuses", STRAIGHT)
                        .inject(scene -> {
                            scene.other().channel().queueDeclare(DEAD, true, false, false, Map.of());
                            scene.admin().refuseBeyond(0, DEAD, VIRTUAL_HOST);
                            scene.other().send("poison");
                            consumer(scene).release(1_000);
                        })
                        .refusedWith("the dead letters cannot be written: the broker refused it")
                        .heal(scene -> {
                            assertThat(consumer(scene).consumer().deadLetters()).isZero();
                            scene.admin().takeAgain(VIRTUAL_HOST);
                            scene.until(
                                    "the dead letter",
                                    () -> consumer(scene).consumer().deadLetters() == 1);
                        }));
    }

    private static void repeated(Scene scene) {
        scene.until("attempts to be repeated", () -> consumer(scene).consumer().retries() >= 3);
    }

    private static List<String> poisons() {
        return List.of(
                "not json",
                "{\"site_name\":7,\"site_status\":[\"down\"],\"email\":{},\"timestamp\":null}",
                "[".repeat(100_000) + "]".repeat(100_000),
                "{\"site_name\":\"" + "x".repeat(10_000_000) + "\",\"site_status\":\"down\"}");
    }

    private static AMQP.BasicProperties oddProperties() {
        return new AMQP.BasicProperties.Builder()
                .contentType("application/x-nobody-knows")
                .priority(9)
                .headers(Map.of(
                        "x-sitemonitor-reason",
                        7,
                        "list",
                        List.of("a", 1L, Map.of("b", true)),
                        "when",
                        new Date(1_000),
                        "exact",
                        new BigDecimal("1.5"),
                        "bytes",
                        new byte[] {0, -1}))
                .build();
    }

    private static void assertDeadLetters(Scene scene) throws Exception {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < poisons().size(); i++) {
            GetResponse dead = scene.other().get(DEAD);
            sizes.add(dead.getBody().length);
            assertThat(dead.getProps().getHeaders().get("x-sitemonitor-reason").toString())
                    .startsWith("unreadable: ");
        }
        assertThat(sizes).isEqualTo(poisons().stream().map(String::length).toList());
        Map<String, Object> headers = scene.other().get(DEAD).getProps().getHeaders();
        assertThat(headers).containsKeys("list", "when", "exact", "bytes");
        assertThat(headers.get("x-sitemonitor-reason").toString()).startsWith("unreadable: ");
    }

    private static ConsumerStream consumer(Scene scene) {
        return (ConsumerStream) scene.subject();
    }
}

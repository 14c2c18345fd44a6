package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AmqpTopologyTest {

    @Test
    @DisplayName("P9: the plan names all that is declared by default, and nothing else is")
    void plansWhatHasAlwaysBeenThere() {
        assertThat(AmqpTopology.direct().plan())
                .containsExactly(
                        "publisher declares the exchange 'site_monitor' as direct and durable",
                        "consumer declares the queue 'alert_queue' as durable and without arguments",
                        "consumer declares the exchange 'site_monitor' as direct and durable, if there is none",
                        "consumer declares the binding of 'alert_queue' to 'site_monitor' with 'sites_status_key'",
                        "consumer, at its first dead letter, declares the queue 'alert_queue.dead' as durable and"
                                + " without arguments, if there is none");
    }

    @Test
    void plansOurOwn() {
        AmqpTopology topology = AmqpTopology.topic()
                .exchange("alerts")
                .queue("mail")
                .bind("shop.#", "*.*.down", "shop.#")
                .deadLetterQueue("lost");
        String arguments = "{x-dead-letter-exchange=, x-dead-letter-routing-key=lost,"
                + " x-dead-letter-strategy=at-least-once, x-delivery-limit=100, x-overflow=reject-publish,"
                + " x-queue-type=quorum, x-single-active-consumer=true}";
        assertThat(topology.plan())
                .containsExactly(
                        "publisher declares the exchange 'alerts' as topic and durable",
                        "consumer declares the queue 'mail' as durable and with " + arguments,
                        "consumer declares the exchange 'alerts' as topic and durable, if there is none",
                        "consumer declares the binding of 'mail' to 'alerts' with 'shop.#'",
                        "consumer declares the binding of 'mail' to 'alerts' with '*.*.down'",
                        "consumer declares the queue 'lost' as durable and with {x-queue-type=quorum},"
                                + " if there is none");
        assertThat(topology.classicQueues().plan().get(1))
                .isEqualTo("consumer declares the queue 'mail' as durable and without arguments");
        assertThat(topology).hasToString(String.join("; ", topology.plan()));
    }

    @Test
    void plansToLookOnly() {
        assertThat(AmqpTopology.direct().passive().plan())
                .containsExactly(
                        "publisher looks for the exchange 'site_monitor' as direct and durable",
                        "consumer looks for the queue 'alert_queue' as durable and without arguments",
                        "consumer looks for the exchange 'site_monitor' as direct and durable",
                        "consumer, at its first dead letter, looks for the queue 'alert_queue.dead' as durable and"
                                + " without arguments");
        assertThat(AmqpTopology.topic().undeclared().plan()).containsExactly("nothing is declared or looked for");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> AmqpTopology.topic().routingKey("k"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("on a topic exchange each alert has its own key, monitor.check.kind;"
                        + " bind(…) says which of them a queue gets");
        assertThatThrownBy(() -> AmqpTopology.direct().bind("k"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("on a direct exchange there are no patterns; set the key with routingKey(…)");
        assertThatThrownBy(() -> AmqpTopology.topic().bind())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bind needs from 1 to 1000 patterns, but got 0");
        assertThatThrownBy(() -> AmqpTopology.topic().bind("a", "b".repeat(256)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pattern must have from 1 to 255 bytes, but has 256");
    }
}

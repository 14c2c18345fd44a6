package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault in the middle of the work of a consumer: one alert is in the handler's hands when it comes, more lie ready behind it,
 * some are handled while it lasts, and half of all alerts are sent only after its end. The figures are in
 * {@code target/faults/consumer.md}.
 */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
@Timeout(120)
class ConsumerFaultSuiteTest {

    private static final int FED_BEFORE = 10;
    private static final int FED_AFTER = 10;
    private static final int HANDLED_BEFORE = 12;
    private static final int HANDLED_WHEN_IT_COMES = 3;
    private static final int HANDLED_WHILE_IT_LASTS = 6;

    private static final FaultTable TABLE = new FaultTable(
            "consumer",
            "fault",
            "shown by",
            "lost",
            "reordered",
            "under a wrong id",
            "handled twice, same id",
            "handled again after",
            "gone with a deleted queue");

    static Stream<Fault> faults() {
        return Stream.of(
                        BrokerFaults.all(),
                        BrokerFaults.alarms(),
                        WireFaults.all(),
                        TopologyFaults.ofConsumer(),
                        AccessFaults.all(),
                        TlsFaults.all(),
                        HandlingFaults.all())
                .flatMap(List::stream);
    }

    @AfterAll
    static void writeTable() throws IOException {
        TABLE.write();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @DisplayName("P10: every alert handled once, in order, and everything acknowledged")
    void survives(Fault fault) throws Exception {
        try (Scene scene = Scene.on(WithRabbit.node(), fault.wiring())) {
            if (fault.atStart()) {
                fault.inject().on(scene);
            }
            try (ConsumerStream stream = new ConsumerStream(scene)) {
                if (!fault.atStart()) {
                    stream.feed(FED_BEFORE);
                    stream.release(HANDLED_BEFORE);
                    scene.until("the first alerts", () -> stream.done() == HANDLED_BEFORE);
                    stream.release(HANDLED_WHEN_IT_COMES);
                    fault.inject().on(scene);
                }
                stream.release(HANDLED_WHILE_IT_LASTS);
                long over = System.nanoTime();
                fault.shown().on(scene);
                Fault.Step heal = fault.heal();
                if (heal != null) {
                    heal.on(scene);
                    over = System.nanoTime();
                }
                stream.feed(FED_AFTER);
                stream.release(ConsumerStream.of(FED_BEFORE + FED_AFTER));
                scene.until("every alert", () -> stream.tally().lost().isEmpty());
                scene.until(
                        "every acknowledgement", () -> scene.admin().messages("alert_queue", Scene.VIRTUAL_HOST) == 0);
                record(fault, stream.tally(), over);
            }
        }
    }

    private static void record(Fault fault, Tally tally, long over) {
        TABLE.add(
                fault,
                fault.sign(),
                tally.lost().size(),
                tally.reordered().size(),
                tally.wrong().size(),
                tally.doubled(),
                FaultTable.seconds(tally.millisUntilArrivedAgain(over)),
                tally.goneWithTheQueue().size());
        assertThat(tally.lost()).as("lost").isEmpty();
        assertThat(tally.reordered()).as("reordered").isEmpty();
        assertThat(tally.wrong()).as("under a wrong id").isEmpty();
        assertThat(tally.doubled()).as("handled twice").isZero();
    }
}

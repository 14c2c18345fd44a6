package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault in the middle of a stream of alerts: three checks, each with one alert after the other. Some are confirmed when it
 * comes, some are on their way, some are handed over while it lasts, the rest after its end. The figures are in
 * {@code target/faults/publisher.md}.
 */
@ExtendWith(WithRabbit.class)
@NeedsOwnNode
@Timeout(120)
class PublisherFaultSuiteTest {

    private static final int BEFORE = 6;
    private static final int WHEN_IT_COMES = 4;
    private static final int WHILE_IT_LASTS = 4;
    private static final int AFTER_IT = 6;
    private static final int ALL = BEFORE + WHEN_IT_COMES + WHILE_IT_LASTS + AFTER_IT;

    /** Two seconds and two more are promised; the rest is for a machine that has much to do. */
    private static final Duration MOST_FOR_CLOSING = Duration.ofSeconds(15);

    /** How many alerts may be in the queue when the fault comes. */
    static final int SENT_WHEN_IT_COMES = PublisherStream.of(BEFORE + WHEN_IT_COMES);

    private static final FaultTable TABLE = new FaultTable(
            "publisher",
            "fault",
            "shown by",
            "lost",
            "reordered",
            "under a wrong id",
            "doubled, same id",
            "not delivered in time, offered again",
            "longest hand-over",
            "flows again after",
            "gone with a deleted queue");

    private static final FaultTable CLOSING = new FaultTable("closing", "fault", "close() took");

    static Stream<Fault> faults() {
        List<Fault> alarms = BrokerFaults.alarms();
        return Stream.of(
                        BrokerFaults.all(),
                        List.of(
                                alarms.get(0).refusedWith("low on memory"),
                                alarms.get(1).refusedWith("low on disk")),
                        WireFaults.all(),
                        TopologyFaults.ofPublisher(),
                        AccessFaults.all(),
                        TlsFaults.all())
                .flatMap(List::stream);
    }

    /** Those that last, and whose end a publisher need not see. */
    static Stream<Fault> lastingFaults() {
        return Stream.of(BrokerFaults.all(), BrokerFaults.alarms(), WireFaults.all())
                .flatMap(List::stream)
                .filter(fault -> fault.heal() != null);
    }

    @AfterAll
    static void writeTables() throws IOException {
        TABLE.write();
        CLOSING.write();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @DisplayName("P1, P2, P3, P6, P7: no alert lost, out of order or under another id")
    void survives(Fault fault) throws Exception {
        try (Scene scene = Scene.on(WithRabbit.node(), fault.wiring())) {
            if (fault.atStart()) {
                fault.inject().on(scene);
            }
            try (PublisherStream stream = PublisherStream.in(scene, limit(fault))) {
                stream.start(ALL);
                if (fault.atStart()) {
                    stream.release(BEFORE + WHEN_IT_COMES + WHILE_IT_LASTS);
                } else {
                    stream.release(BEFORE);
                    scene.until("the first alerts", () -> stream.done() == PublisherStream.of(BEFORE));
                    stream.release(WHEN_IT_COMES);
                    fault.inject().on(scene);
                    stream.release(WHILE_IT_LASTS);
                }
                long over = System.nanoTime();
                fault.shown().on(scene);
                Fault.Step heal = fault.heal();
                if (heal != null) {
                    heal.on(scene);
                    over = System.nanoTime();
                }
                stream.release(AFTER_IT);
                stream.finish();
                scene.readQueue();
                record(fault, stream.tally(), over);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lastingFaults")
    @DisplayName(
            "P11, P24: closed while it lasts, a publisher comes to its end, lets its callers go and leaves no thread")
    void closesMeanwhile(Fault fault) throws Exception {
        try (Scene scene = Scene.on(WithRabbit.node(), fault.wiring())) {
            if (fault.atStart()) {
                fault.inject().on(scene);
            }
            try (PublisherStream stream = PublisherStream.in(scene, limit(fault))) {
                stream.start(ALL);
                stream.release(BEFORE);
                if (!fault.atStart()) {
                    scene.until("the first alerts", () -> stream.done() == PublisherStream.of(BEFORE));
                    fault.inject().on(scene);
                }
                stream.release(ALL - BEFORE);
                fault.shown().on(scene);
                long began = System.nanoTime();
                stream.closePublisher();
                long millis = (System.nanoTime() - began) / 1_000_000;
                CLOSING.add(fault, FaultTable.seconds(millis));
                assertThat(millis).isLessThan(MOST_FOR_CLOSING.toMillis());
                scene.until("its callers to go", stream::isOver);
                scene.until(
                        "its threads to end",
                        () -> AmqpTrafficContract.ourThreads().isEmpty());
            }
        }
    }

    /** Short, so that callers see faults that last; those that are over at once are to be over within the default. */
    private static Duration limit(Fault fault) {
        return fault.heal() == null ? Duration.ofSeconds(8) : Duration.ofMillis(1_500);
    }

    private static void record(Fault fault, Tally tally, long over) {
        TABLE.add(
                fault,
                fault.sign(),
                tally.lost().size(),
                tally.reordered().size(),
                tally.wrong().size(),
                tally.doubled(),
                tally.refusals(),
                tally.longestMillis() + " ms",
                FaultTable.seconds(tally.millisUntilSentAgain(over)),
                tally.goneWithTheQueue().size());
        assertThat(tally.sent()).isEqualTo(PublisherStream.of(ALL));
        assertThat(tally.lost()).as("lost").isEmpty();
        assertThat(tally.reordered()).as("reordered").isEmpty();
        assertThat(tally.wrong()).as("under a wrong id").isEmpty();
        if (fault.heal() == null) {
            assertThat(tally.refusals()).as("each call went on by itself").isZero();
        }
    }
}

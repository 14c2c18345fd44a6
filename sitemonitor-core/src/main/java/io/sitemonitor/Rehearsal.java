package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertPolicy;
import io.sitemonitor.alert.internal.AlertRouter;
import io.sitemonitor.alert.internal.DeadLetters;
import io.sitemonitor.alert.internal.LaneContext;
import io.sitemonitor.breaker.internal.Breaker;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.incident.internal.RecentIncidents;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.internal.Timers;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * An outage and its end, decided and told on the spot, to nobody: the code that most processes run for the first time when
 * something is down already is loaded before. Leaves nothing behind and is seen by no listener, meter or log.
 */
final class Rehearsal {

    private static final String NAME = "rehearsal";

    private final TimeSource time = TimeSource.system();
    private final Hall hall = new Hall(time);
    private final List<Object> facts = new ArrayList<>();
    private final List<Alert> told = new ArrayList<>();
    private final CheckLedger ledger = new CheckLedger(NAME, NAME, time, new RecentIncidents(1));
    private final Defined definition = Defined.of(CheckDefinition.of(
            NAME, context -> CheckResult.pass(), base -> {}, c -> c.downAfter(1).upAfter(1)));

    private Rehearsal() {}

    /** Rehearses unless that was done before: code stays loaded for as long as its class. */
    static void once() {
        if (Played.ALERTS == 0) {
            throw new IllegalStateException("nothing would have been told");
        }
    }

    /** What is done when a class is loaded is done once. */
    private static final class Played {

        private static final int TIMES = 10;
        private static final int ALERTS =
                IntStream.range(0, TIMES).map(i -> played().size()).sum();
    }

    /** Plays it; returns what would have been told. */
    static List<Alert> played() {
        return new Rehearsal().play();
    }

    private List<Alert> play() {
        run(CheckResult.pass());
        run(CheckResult.fail("not really"));
        Breaker breaker = new Breaker(NAME, definition.settings().backOff(), 1, time);
        breaker.failed(0);
        breaker.tryAcquire();
        breaker.tryAcquireEarly();
        breaker.succeeded();
        run(CheckResult.pass());
        LaneContext context =
                new LaneContext(NAME, time, new Timers(time, error -> {}), event -> {}, new DeadLetters());
        AlertListener nobody = told::add;
        AlertRouter router = new AlertRouter(
                context, hall, Map.of(NAME, new AlertRouter.Registration(nobody, AlertPolicy.DEFAULT)), null);
        for (Object fact : facts) {
            if (fact instanceof Alert alert) {
                router.route(alert);
            }
        }
        router.close(Duration.ZERO);
        return told;
    }

    private void run(CheckResult result) {
        long now = time.nanos();
        ledger.decide(definition, result, time.now(), now, now, true, facts::add);
        Announcements announcements = ledger.announcements();
        if (announcements != null) {
            announcements.reconcile(definition, ledger.state(), result, null, false, facts::add);
        }
    }

    /** Where work is done at once, by whoever hands it over. */
    private record Hall(TimeSource time) implements Platform, Platform.Workers {

        @Override
        public Loop loop(String name, Tick tick) {
            throw new UnsupportedOperationException("nothing waits for its time here");
        }

        @Override
        public Workers workers(String name, int limit) {
            return this;
        }

        @Override
        public boolean await(BooleanSupplier condition, Duration limit) {
            return condition.getAsBoolean();
        }

        @Override
        public boolean hasVirtualThreads() {
            return false;
        }

        @Override
        public boolean start(Work work) {
            work.call();
            return work.done();
        }

        @Override
        public void giveUpOne() {}

        @Override
        public int busy() {
            return 0;
        }

        @Override
        public int waiting() {
            return 0;
        }

        @Override
        public void close() {}
    }
}

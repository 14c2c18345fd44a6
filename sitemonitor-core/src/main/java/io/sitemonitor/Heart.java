package io.sitemonitor;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.event.Heartbeat;
import io.sitemonitor.event.HeartbeatMissed;
import io.sitemonitor.schedule.internal.Timer;
import io.sitemonitor.time.Throttle;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once an interval that the monitor does its work, unless it does not. */
final class Heart extends Timer {

    /**
     * When and how it beats.
     *
     * @param every the time from one beat to the next
     * @param call what is called with each beat; null if there is nothing to call
     */
    record Settings(Duration every, @Nullable Check call) {}

    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private final Engine engine;
    private final long every;
    private final @Nullable Check call;
    private final Throttle complaints;
    private long next;
    private volatile @Nullable Instant lastBeat;
    private volatile @Nullable Call calling;

    Heart(Engine engine, Settings settings) {
        this.engine = engine;
        this.every = settings.every().toNanos();
        this.call = settings.call();
        this.complaints = new Throttle(engine.time(), Duration.ofMinutes(1));
        this.next = engine.time().nanos() + every;
    }

    void start() {
        engine.timers().wake(this, next);
    }

    @Nullable
    Instant lastBeat() {
        return lastBeat;
    }

    @Override
    protected long fire(long now) {
        Call going = calling;
        if (going != null && now - going.deadline() >= 0 && going.expire()) {
            Runnable action = going.takeCancel();
            if (action != null) {
                engine.callBack(action);
            }
            complain("its call had no answer within " + CALL_TIMEOUT);
        }
        if (now - next >= 0) {
            next = now + every;
            engine.help(this::beat);
        }
        going = calling;
        return going == null || going.isExpired() ? next : Math.min(next, going.deadline());
    }

    private void beat() {
        Instant at = engine.time().now();
        String trouble = engine.trouble(2 * every);
        if (trouble != null) {
            engine.publish(new HeartbeatMissed(engine.name(), at, trouble));
            complain(trouble);
            return;
        }
        lastBeat = at;
        engine.publish(new Heartbeat(engine.name(), at, engine.size()));
        Check called = call;
        if (called != null && calling == null) {
            Call started = new Call(called);
            calling = started;
            engine.callBack(started);
            engine.timers().wake(this, started.deadline());
        }
    }

    private void complain(String reason) {
        if (complaints.tryPass()) {
            LOG.warn("[{}] no heartbeat: {}", engine.name(), reason);
        }
    }

    /** One call of what is told of the beat. */
    private final class Call extends CheckWork {

        private final Check called;

        Call(Check called) {
            super(engine.time().nanos());
            this.called = called;
        }

        @Override
        Engine engine() {
            return engine;
        }

        @Override
        Check work() {
            return called;
        }

        @Override
        public String check() {
            return "heartbeat";
        }

        @Override
        public Duration timeout() {
            return CALL_TIMEOUT;
        }

        @Override
        protected long limit() {
            return CALL_TIMEOUT.toNanos();
        }

        @Override
        protected void ended(@Nullable Throwable thrown, boolean expired) {
            calling = null;
            CheckResult found = found();
            if (thrown != null) {
                LOG.debug("[{}] the call of the heartbeat failed", engine.name(), thrown);
                complain("its call failed: " + thrown.getClass().getSimpleName());
            } else if (!expired && (found == null || found.verdict() == Verdict.FAIL)) {
                complain("its call failed: " + (found == null ? "it returned null" : found.summary()));
            }
        }
    }
}

package io.sitemonitor.testing;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A check that finds what it is told to find, in {@linkplain ManualTime virtual time} as late as it is told.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class ScriptedCheck implements Check {

    private final Queue<CheckResult> next = new ConcurrentLinkedQueue<>();
    private final AtomicLong runs = new AtomicLong();
    private volatile CheckResult result;
    private volatile Duration duration = Duration.ZERO;
    private volatile boolean hangs;

    private ScriptedCheck(CheckResult result) {
        this.result = result;
    }

    /**
     * A check that passes until it is told otherwise.
     *
     * @return a new check
     */
    public static ScriptedCheck passing() {
        return new ScriptedCheck(CheckResult.pass());
    }

    /**
     * A check that fails until it is told otherwise.
     *
     * @param message what its results say
     * @return a new check
     */
    public static ScriptedCheck failing(String message) {
        return new ScriptedCheck(CheckResult.fail(message));
    }

    /**
     * Passes from now on.
     *
     * @return this check
     */
    public ScriptedCheck passes() {
        return gives(CheckResult.pass());
    }

    /**
     * Warns from now on.
     *
     * @param message what the results say
     * @return this check
     */
    public ScriptedCheck warns(String message) {
        return gives(CheckResult.warn(message));
    }

    /**
     * Fails from now on.
     *
     * @param message what the results say
     * @return this check
     */
    public ScriptedCheck fails(String message) {
        return gives(CheckResult.fail(message));
    }

    /**
     * Gives this result from now on.
     *
     * @param result what each run finds
     * @return this check
     */
    public ScriptedCheck gives(CheckResult result) {
        this.result = Objects.requireNonNull(result, "result");
        return this;
    }

    /**
     * Gives these results first, one a run, before it goes on as told.
     *
     * @param results what the next runs find
     * @return this check
     */
    public ScriptedCheck first(CheckResult... results) {
        for (CheckResult each : results) {
            next.add(each);
        }
        return this;
    }

    /**
     * Takes this long from now on. A run that would take longer than its timeout gives up at the timeout, as a check does
     * that minds its deadline.
     *
     * @param duration how long each run takes
     * @return this check
     */
    public ScriptedCheck takes(Duration duration) {
        this.duration = Objects.requireNonNull(duration, "duration");
        this.hangs = false;
        return this;
    }

    /**
     * Takes this long from now on, whatever the timeout is and although it is interrupted.
     *
     * @param duration how long each run takes
     * @return this check
     */
    public ScriptedCheck hangsFor(Duration duration) {
        this.duration = Objects.requireNonNull(duration, "duration");
        this.hangs = true;
        return this;
    }

    /**
     * Counts the runs.
     *
     * @return how often it has been run
     */
    public long runs() {
        return runs.get();
    }

    @Override
    public CheckResult run(CheckContext context) {
        runs.incrementAndGet();
        CheckResult planned = next.poll();
        CheckResult late = take(context, duration, hangs);
        if (late != null) {
            return late;
        }
        return planned == null ? result : planned;
    }

    /** Lets a run take its time; returns what it finds at its timeout if it minds that and would take longer. */
    static @Nullable CheckResult take(CheckContext context, Duration takes, boolean hangs) {
        if (takes.isZero()) {
            return null;
        }
        if (!(context.time() instanceof ManualTime time)) {
            throw new IllegalStateException("a scripted check takes time in virtual time only");
        }
        boolean late = !hangs && takes.compareTo(context.remaining()) > 0;
        time.take(late ? context.remaining() : takes);
        return late ? CheckResult.fail(FailureKind.TIMEOUT, "no answer within " + context.timeout()) : null;
    }

    @Override
    public String kind() {
        return "scripted";
    }
}

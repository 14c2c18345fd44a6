package io.sitemonitor;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.internal.Wording;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.event.AlertHeld;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.FlapSettings;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.time.TimeSource;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told about one check, what has been told and is to be closed, and when: an opening waits for whatever
 * holds it and is dropped if it ends before, a closing follows at once unless the check flaps. So each opening that was
 * told is closed once, and nothing is closed that was not told. Guarded by the lock of its cell.
 */
final class Announcements {

    private final String monitor;
    private final String name;
    private final TimeSource time;
    private final AlertForms forms;

    private @Nullable Opening outage;
    private @Nullable Told toldOutage;
    private boolean outageOver;
    private HealthState overFrom = HealthState.DOWN;
    private long overAt;
    private Instant overSince = Instant.EPOCH;
    private boolean saidHeld;

    private @Nullable Opening degradation;
    private @Nullable Told toldDegradation;
    private boolean degradationOver;
    private HealthState betterFrom = HealthState.DEGRADED;
    private long betterAt;
    private Instant betterSince = Instant.EPOCH;

    private @Nullable Opening flapping;
    private @Nullable Told toldFlapping;

    Announcements(String monitor, String name, TimeSource time) {
        this.monitor = monitor;
        this.name = name;
        this.time = time;
        this.forms = new AlertForms(monitor, name, time);
    }

    /** Goes on where an earlier process ended. */
    void restore(CheckMemo memo) {
        outage = opening(memo.outage());
        degradation = opening(memo.degradation());
        toldOutage = told(memo.told().outage());
        toldDegradation = told(memo.told().degradation());
        toldFlapping = told(memo.told().flapping());
        CheckMemo.Over over = memo.outageOver();
        if (over != null) {
            outageOver(over.from(), WallTime.nanosAt(over.at(), time));
        }
        CheckMemo.Over better = memo.degradationOver();
        if (better != null) {
            degradationOver(better.from(), WallTime.nanosAt(better.at(), time));
        }
    }

    private @Nullable Opening opening(CheckMemo.@Nullable Owed owed) {
        return owed == null
                ? null
                : new Opening(
                        owed.kind(),
                        owed.incidentId(),
                        owed.from(),
                        owed.since(),
                        WallTime.nanosAt(owed.since(), time),
                        owed.result());
    }

    private @Nullable Told told(@Nullable Alert alert) {
        return alert == null ? null : new Told(alert, WallTime.nanosAt(alert.since(), time));
    }

    /** What is owed of an outage, to be kept. */
    CheckMemo.@Nullable Owed owedOutage() {
        return owed(outage);
    }

    /** What is owed of a degradation, to be kept. */
    CheckMemo.@Nullable Owed owedDegradation() {
        return owed(degradation);
    }

    private static CheckMemo.@Nullable Owed owed(@Nullable Opening opening) {
        return opening == null
                ? null
                : new CheckMemo.Owed(
                        opening.kind(),
                        opening.incidentId(),
                        opening.from(),
                        opening.since(),
                        opening.result().failure(),
                        opening.result().message());
    }

    /** What was told and is to be closed. */
    CheckMemo.Open open() {
        return new CheckMemo.Open(alert(toldOutage), alert(toldDegradation), alert(toldFlapping));
    }

    private static @Nullable Alert alert(@Nullable Told told) {
        return told == null ? null : told.alert();
    }

    /** How the outage that was told ended; null if it did not. */
    CheckMemo.@Nullable Over outageEnd() {
        return toldOutage == null || !outageOver ? null : new CheckMemo.Over(overFrom, overSince);
    }

    /** How the degradation that was told ended; null if it did not. */
    CheckMemo.@Nullable Over degradationEnd() {
        return toldDegradation == null || !degradationOver ? null : new CheckMemo.Over(betterFrom, betterSince);
    }

    /** Tells whether nothing is to be told, now or later. */
    boolean isQuiet() {
        return outage == null
                && toldOutage == null
                && degradation == null
                && toldDegradation == null
                && flapping == null
                && toldFlapping == null;
    }

    /** Tells whether an outage was confirmed and has neither been told nor ended. */
    boolean owesOutage() {
        return outage != null;
    }

    /** An outage was confirmed. */
    void outage(Opening opening) {
        outageOver = false;
        saidHeld = false;
        degradation = null;
        if (toldOutage == null) {
            outage = opening;
        }
    }

    /** The outage is over; {@code end} is the monotonic time at which the recovery began. */
    void outageOver(HealthState from, long end) {
        outage = null;
        outageOver = true;
        overFrom = from;
        overAt = end;
        overSince = WallTime.instantAt(end, time);
    }

    void degraded(Opening opening) {
        degradationOver = false;
        if (toldDegradation == null) {
            degradation = opening;
        }
    }

    void degradationOver(HealthState from, long end) {
        degradation = null;
        degradationOver = true;
        betterFrom = from;
        betterAt = end;
        betterSince = WallTime.instantAt(end, time);
    }

    void flapping(Opening opening) {
        flapping = opening;
    }

    void calm() {
        flapping = null;
    }

    /** Tells and closes whatever is to be told and closed by now; {@code waits} holds openings without a word. */
    void reconcile(
            Defined definition,
            HealthState state,
            CheckResult last,
            @Nullable Condition hold,
            boolean waits,
            Consumer<Object> facts) {
        if (flapping == null) {
            closeWhatIsOver(state, last, facts);
        }
        Opening owed = outage;
        if (hold != null) {
            if (owed != null && !saidHeld) {
                saidHeld = true;
                facts.accept(new AlertHeld(monitor, name, time.now(), owed.incidentId(), hold));
            }
            return;
        }
        Opening flaps = flapping;
        if (flaps != null) {
            if (toldFlapping == null) {
                toldFlapping = tell(flaps, definition, state, last, flaps(definition, state), facts);
            }
            return;
        }
        if (owed != null && !waits) {
            outage = null;
            toldOutage = tell(owed, definition, state, last, " is down: " + shown(owed, last), facts);
        }
        Opening worse = degradation;
        boolean openOutage = outage != null || toldOutage != null;
        if (worse != null && !openOutage && state == HealthState.DEGRADED) {
            degradation = null;
            toldDegradation = tell(worse, definition, state, last, " is degraded: " + last.summary(), facts);
        }
    }

    /** Closes whatever is open, because nobody will look any more. */
    void end(HealthState state, CheckResult last, Consumer<Object> facts) {
        long now = time.nanos();
        toldFlapping = endOne(toldFlapping, state, last, now, facts);
        toldOutage = endOne(toldOutage, state, last, now, facts);
        toldDegradation = endOne(toldDegradation, state, last, now, facts);
        outage = null;
        degradation = null;
        flapping = null;
    }

    private void closeWhatIsOver(HealthState state, CheckResult last, Consumer<Object> facts) {
        Told flapped = toldFlapping;
        if (flapped != null) {
            toldFlapping = null;
            String summary = " has calmed and is " + state;
            facts.accept(forms.closing(
                    AlertKind.FLAPPING_ENDED, flapped, state, state, time.nanos(), last.evidence(), summary));
        }
        Told outageTold = toldOutage;
        if (outageTold != null && outageOver) {
            toldOutage = null;
            String summary =
                    state == HealthState.DEGRADED ? " works again, but not well: " + last.summary() : " is up again";
            facts.accept(
                    forms.closing(AlertKind.RECOVERED, outageTold, overFrom, state, overAt, last.evidence(), summary));
        }
        Told worse = toldDegradation;
        if (worse != null && degradationOver) {
            toldDegradation = null;
            facts.accept(forms.closing(
                    AlertKind.DEGRADATION_ENDED,
                    worse,
                    betterFrom,
                    state,
                    betterAt,
                    last.evidence(),
                    " works well again"));
        }
    }

    private Told tell(
            Opening opening,
            Defined definition,
            HealthState state,
            CheckResult last,
            String summary,
            Consumer<Object> facts) {
        Told told = forms.opening(opening, definition, state, last, summary);
        facts.accept(told.alert());
        return told;
    }

    private @Nullable Told endOne(
            @Nullable Told told, HealthState state, CheckResult last, long now, Consumer<Object> facts) {
        if (told != null) {
            String summary = " is no longer monitored; it was " + state + " when it was removed";
            Alert alert = forms.closing(AlertKind.ENDED, told, state, state, now, last.evidence(), summary);
            facts.accept(alert);
        }
        return null;
    }

    private static String flaps(Defined definition, HealthState state) {
        FlapSettings settings = definition.settings().flapping();
        return " is flapping: its state changed " + settings.changes() + " times within "
                + Wording.duration(settings.within()) + " and is " + state + " now";
    }

    private static String shown(Opening opening, CheckResult last) {
        return (last.failure() == null ? opening.result() : last).summary();
    }
}

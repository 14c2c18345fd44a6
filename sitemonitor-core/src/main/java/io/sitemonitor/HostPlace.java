package io.sitemonitor;

import io.sitemonitor.schedule.Platform.Tick;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The place of one check at the host that its runs burden. Guarded by the lock of its cell. */
final class HostPlace {

    private final CheckCell cell;
    private final CheckPace pace;
    private @Nullable String host;
    private @Nullable HostDesk desk;
    private long blockedUntil;
    private boolean waiting;

    HostPlace(CheckCell cell, CheckPace pace, @Nullable String host) {
        this.cell = cell;
        this.pace = pace;
        this.blockedUntil = cell.time().nanos();
        join(host);
    }

    private void join(@Nullable String joined) {
        host = joined;
        desk = cell.engine().hosts().join(cell, joined);
        pace.burden(desk);
    }

    /** Returns when a run that is due may ask again; {@link Tick#NEVER} if it will be called. */
    long blockedUntil() {
        return blockedUntil;
    }

    /** Tells whether the host cannot bear another run now; the run stays due until it can. */
    boolean isBlocked(long now, boolean forced) {
        HostDesk asked = desk;
        blockedUntil = asked == null ? now : asked.enter(cell, now, forced);
        waiting = blockedUntil == Tick.NEVER || blockedUntil - now > 0;
        return waiting;
    }

    /** Tells whether a turn is awaited or kept free. */
    boolean isWaiting() {
        return waiting;
    }

    /** Returns until when the host asks to be left alone; a time that has passed if it does not. */
    long leftAloneUntil() {
        HostDesk asked = desk;
        return asked == null ? blockedUntil : asked.leftAloneUntil();
    }

    /** A run begins at the host. */
    void enter(Run run) {
        run.burdens(desk != null && desk.isLimited());
    }

    /** The run burdens its host no more. */
    void leave(@Nullable Run run, long now) {
        HostDesk left = desk;
        if (run != null && left != null && run.burdens()) {
            run.burdens(false);
            giveTurn(left.leave(now));
        }
    }

    /** No run is wanted any more: somebody else may have the turn. */
    void withdraw(long now) {
        blockedUntil = now;
        waiting = false;
        if (desk != null) {
            giveTurn(desk.withdraw(cell, now));
        }
    }

    private void giveTurn(HostDesk.@Nullable Turn turn) {
        if (turn != null) {
            cell.engine().timers().wake(turn.cell(), turn.at());
        }
    }

    /** The target asks to be left alone for {@code pause} nanoseconds. */
    void leaveAlone(long pause, long now) {
        if (pause > 0) {
            pace.leaveAloneUntil(now + pause);
            if (desk != null) {
                desk.leaveAloneUntil(now + pause);
            }
        }
    }

    /** The check burdens another host from now on. */
    void moveTo(@Nullable String other, @Nullable Run running, long now) {
        if (!Objects.equals(host, other)) {
            quit(running, now);
            join(other);
        }
    }

    void quit(@Nullable Run running, long now) {
        leave(running, now);
        withdraw(now);
        cell.engine().hosts().quit(cell, host);
    }
}

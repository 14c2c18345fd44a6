package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertPolicy.Budget;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * What a listener has got today, and what it will get in any case: the end of whatever it was told. Guarded by the lock of its
 * lane.
 */
final class DayBudget {

    private final Budget settings;
    private LocalDate day = LocalDate.MIN;
    private int used;

    /** What is open, by incident: how many alerts of it are still to come. */
    private final Map<String, Integer> open = new HashMap<>();

    private int toCome;

    DayBudget(Budget settings) {
        this.settings = settings;
    }

    /** Goes on where an earlier process has ended. */
    void restore(LocalDate itsDay, int itsUse) {
        day = itsDay;
        used = itsUse;
    }

    /** Tells whether there is room for something new and for its end. Nothing is noted. */
    boolean hasRoomFor(String incidentId, Instant now) {
        turn(now);
        return open.containsKey(incidentId) || used + toCome + 2 <= settings.perDay();
    }

    /** Tells whether there is room for something that has no end of its own. */
    boolean hasRoomForOne(Instant now) {
        turn(now);
        return used + toCome + 1 <= settings.perDay();
    }

    /** Notes that something and its end will be told. */
    void admit(String incidentId) {
        expect(incidentId, 2);
    }

    /** Notes what has been told. */
    void delivered(Alert alert, Instant now) {
        turn(now);
        used++;
        if (alert.kind().isClosing()) {
            forget(alert.incidentId());
        } else if (alert.kind().isOpening()) {
            expect(alert.incidentId(), 1);
        }
    }

    /** Notes that an earlier process has told something whose end is to come. */
    void told(String incidentId) {
        expect(incidentId, 1);
    }

    /** Notes that nothing more will come of something. */
    void forget(String incidentId) {
        Integer left = open.remove(incidentId);
        toCome -= left == null ? 0 : left;
    }

    private void expect(String incidentId, int alerts) {
        forget(incidentId);
        open.put(incidentId, alerts);
        toCome += alerts;
    }

    private void turn(Instant now) {
        LocalDate today = now.atZone(settings.zone()).toLocalDate();
        if (today.isAfter(day)) {
            day = today;
            used = 0;
        }
    }

    /** Returns when the next day begins. */
    Instant nextDay(Instant now) {
        return now.atZone(settings.zone())
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(settings.zone())
                .toInstant();
    }

    LocalDate day() {
        return day;
    }

    int used() {
        return used;
    }
}

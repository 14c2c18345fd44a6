package io.sitemonitor.schedule.internal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/** Where local times lie on the time line, those that a change of the clocks leaves out or repeats included. */
final class LocalTimes {

    /** Calendars begin here, so that no arithmetic of dates can overflow. */
    static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");

    /** Calendars end here. */
    static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    static final int LAST_YEAR = 9999;

    private LocalTimes() {}

    /** Brings a moment into the time that calendars know; null if it is after all of it. */
    static @Nullable Instant inCalendar(Instant moment) {
        if (moment.isBefore(FIRST)) {
            return FIRST;
        }
        return moment.isBefore(LAST) ? moment : null;
    }

    /** The first moment at which the clock shows {@code local} or, if it leaves that out, anything later. */
    static Instant firstReached(LocalDateTime local, ZoneRules rules) {
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
    }

    /** The moment from which on the clock shows {@code local} or later and never again anything earlier. */
    static Instant finallyReached(LocalDateTime local, ZoneRules rules) {
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetAfter());
    }

    /**
     * What the clock shows, or the end of the repeated time if the clock shows something for the second time: no local
     * time before the result is {@linkplain #firstReached first reached} after {@code moment}.
     */
    static LocalDateTime shown(Instant moment, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        ZoneOffset offset = rules.getOffset(moment);
        LocalDateTime local = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), offset);
        ZoneOffsetTransition change = rules.getTransition(local);
        return change != null && change.isOverlap() && offset.equals(change.getOffsetAfter())
                ? change.getDateTimeBefore()
                : local;
    }
}

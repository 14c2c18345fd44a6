package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.heartbeat.ExpectedTimes;
import io.sitemonitor.schedule.CronExpression;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.spring.autoconfigure.SiteMonitorProperties.CalendarSchedule;
import io.sitemonitor.spring.autoconfigure.SiteMonitorProperties.Window;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes schedules and maintenance windows of properties. Times of day stand in one text, such as {@code 23:00-02:00},
 * because YAML takes a {@code 23:00} without quotes for the number 1380.
 */
final class Calendars {

    private static final String ZONE = SiteMonitorProperties.PREFIX + ".zone";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm[:ss]");
    private static final int SHOWN = 60;

    private final @Nullable String zone;

    /** Takes the zone of all that name none; null if there is no such zone. */
    Calendars(@Nullable String zone) {
        this.zone = zone;
    }

    /** Returns a schedule, or null if none is given. */
    @Nullable
    Schedule schedule(String property, CalendarSchedule given) {
        if (given.cron() == null) {
            if (given.zone() != null) {
                throw Property.wrong(property + ".zone", "zone needs a cron beside it");
            }
            return null;
        }
        ZoneId followed = zone(property, given.zone());
        return Property.make(property + ".cron", given.cron(), cron -> Schedule.cron(cron, followed));
    }

    /** Returns the times of a cron expression, or null if none is given. */
    @Nullable
    ExpectedTimes times(String property, @Nullable String cron, @Nullable String given) {
        if (cron == null) {
            if (given != null) {
                throw Property.wrong(property + ".zone", "zone needs a cron beside it");
            }
            return null;
        }
        ZoneId followed = zone(property, given);
        CronExpression expression = Property.make(property + ".cron", cron, CronExpression::parse);
        return moment -> expression.lastUpTo(moment, followed);
    }

    /** Returns the windows that one entry of a list means: several, if its days are of several kinds. */
    List<MaintenanceWindow> windows(String property, Window given) {
        boolean once = given.start() != null || given.end() != null;
        boolean cron = given.cron() != null || given.length() != null;
        int kinds = (given.time() != null ? 1 : 0) + (once ? 1 : 0) + (cron ? 1 : 0);
        if (kinds != 1) {
            throw Property.wrong(
                    property,
                    kinds == 0
                            ? "it needs time, or start and end, or cron and length"
                            : "time, start with end, and cron with length exclude each other; keep one of them");
        }
        if (given.time() == null && !given.days().isEmpty()) {
            throw Property.wrong(property + ".days", "days needs a time beside it");
        }
        List<MaintenanceWindow> windows =
                once ? List.of(once(property, given)) : cron ? List.of(cron(property, given)) : onDays(property, given);
        String reason = given.reason();
        return reason == null
                ? windows
                : windows.stream()
                        .map(window -> Property.make(property + ".reason", reason, window::reason))
                        .toList();
    }

    private List<MaintenanceWindow> onDays(String property, Window given) {
        ZoneId followed = zone(property, given.zone());
        return Property.make(property + ".time", Objects.requireNonNull(given.time()), text -> {
            int dash = text.indexOf('-');
            LocalTime from = time(text, 0, dash);
            LocalTime to = time(text, dash + 1, text.length());
            MaintenanceWindow daily = MaintenanceWindow.daily(from, to, followed);
            return given.days().isEmpty()
                    ? List.of(daily)
                    : Property.make(
                            property + ".days", given.days(), days -> WindowDays.windows(days, from, to, followed));
        });
    }

    private MaintenanceWindow once(String property, Window given) {
        Instant start = moment(property, "start", given.start(), given.zone());
        Instant end = moment(property, "end", given.end(), given.zone());
        return Property.make(property + ".end", end, last -> MaintenanceWindow.once(start, last));
    }

    private MaintenanceWindow cron(String property, Window given) {
        String cron = required(property, "cron", given.cron());
        Property.make(property + ".cron", cron, CronExpression::parse);
        ZoneId followed = zone(property, given.zone());
        return Property.make(
                property + ".length",
                required(property, "length", given.length()),
                length -> MaintenanceWindow.cron(cron, length, followed));
    }

    /** Returns the zone of what does not need one: its own, or that of all, or else UTC. */
    ZoneId zoneOrUtc(String property, @Nullable String own) {
        return own == null && zone == null ? ZoneOffset.UTC : zone(property, own);
    }

    private ZoneId zone(String property, @Nullable String own) {
        if (own == null && zone == null) {
            throw Property.wrong(
                    property + ".zone",
                    "it is missing; name a time zone here, such as Europe/Paris, or one for all in " + ZONE);
        }
        return own == null
                ? Property.make(ZONE, Objects.requireNonNull(zone), Calendars::zone)
                : Property.make(property + ".zone", own, Calendars::zone);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "zone must be a time zone such as Europe/Paris or UTC, but was '" + SafeText.line(name, SHOWN)
                            + "'",
                    e);
        }
    }

    private Instant moment(String property, String name, @Nullable String given, @Nullable String own) {
        String text = required(property, name, given);
        TemporalAccessor moment = Property.make(property + '.' + name, text, value -> moment(name, value));
        return moment instanceof LocalDateTime local
                ? local.atZone(zone(property, own)).toInstant()
                : Instant.from(moment);
    }

    private static TemporalAccessor moment(String name, String text) {
        try {
            return DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    name + " must be a moment such as 2026-12-24T18:00:00Z, or without the Z in its zone, but was '"
                            + SafeText.line(text, SHOWN) + "'",
                    e);
        }
    }

    private static LocalTime time(String text, int from, int to) {
        try {
            if (from <= to) {
                return LocalTime.parse(text.substring(from, to).strip(), TIME);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(notTimes(text), e);
        }
        throw new IllegalArgumentException(notTimes(text));
    }

    private static String notTimes(String text) {
        return "time must be two times of day such as 23:00-02:00, but was '" + SafeText.line(text, SHOWN) + "'";
    }

    private static <T> T required(String property, String name, @Nullable T value) {
        if (value == null) {
            String other = switch (name) {
                case "start" -> "end";
                case "end" -> "start";
                case "cron" -> "length";
                default -> "cron";
            };
            throw Property.wrong(property + '.' + name, "it is missing; " + other + " needs it");
        }
        return value;
    }
}

package io.sitemonitor.examples.snippets;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.check.Check;
import io.sitemonitor.schedule.CronExpression;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.schedule.Span;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** The code in the guide about schedules. */
final class CalendarSnippets {

    private CalendarSnippets() {}

    static MonitorBuilder schedules(Check backup, Check report, Check invoices, Check site) {
        // tag::schedules
        ZoneId paris = ZoneId.of("Europe/Paris");
        MonitorBuilder monitor = Monitor.named("shop")
                .check("site", site, c -> c.every(ofSeconds(30)))
                .check("backup", backup, c -> c.schedule(Schedule.daily(LocalTime.of(6, 30), paris)))
                .check("report", report, c -> c.schedule(Schedule.cron("0 8-18/2 * * MON-FRI", paris)))
                .check("invoices", invoices, c -> c.schedule(Schedule.monthly(31, LocalTime.of(20, 0), paris)));
        // end::schedules
        return monitor;
    }

    static void cron() {
        // tag::cron
        CronExpression lastFriday = CronExpression.parse("0 18 * * FRIL");
        Instant next = lastFriday.nextAfter(Instant.parse("2026-05-01T00:00:00Z"), ZoneId.of("Europe/Paris"));
        // 2026-05-29T16:00:00Z
        // end::cron
        System.out.println(next);
    }

    static List<MaintenanceWindow> windows() {
        // tag::windows
        ZoneId paris = ZoneId.of("Europe/Paris");
        LocalTime from = LocalTime.of(23, 0);
        LocalTime to = LocalTime.of(2, 0); // on the next day
        List<MaintenanceWindow> windows = List.of(
                MaintenanceWindow.once(Instant.parse("2026-05-01T20:00:00Z"), Instant.parse("2026-05-01T23:00:00Z"))
                        .reason("move to the new rack"),
                MaintenanceWindow.daily(from, to, paris),
                MaintenanceWindow.weekly(from, to, paris, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                MaintenanceWindow.monthly(31, from, to, paris), // the last day of each month
                MaintenanceWindow.monthly(1, DayOfWeek.TUESDAY, from, to, paris), // the first Tuesday
                MaintenanceWindow.monthly(-1, DayOfWeek.FRIDAY, from, to, paris), // the last Friday
                MaintenanceWindow.cron("*/30 22-23 * * *", ofMinutes(10), paris).reason("log rotation"));
        // end::windows
        return windows;
    }

    static void ask(MaintenanceWindow window, Instant now) {
        // tag::ask-window
        Span current = window.at(now); // null if it is not in force
        Span next = window.next(now); // null if it never comes again
        Instant change = window.nextChange(now); // until then the answers stay the same
        // end::ask-window
        System.out.println(current + " " + next + " " + change);
    }
}

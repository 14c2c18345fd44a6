package io.sitemonitor.examples.snippets;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.PlannedAlert;
import io.sitemonitor.alert.Severity;
import java.time.LocalTime;
import java.time.ZoneId;

/** The code in the guide about alerts; a test compares the two. */
final class AlertSnippets {

    private AlertSnippets() {}

    static MonitorBuilder escalation(AlertListener chat, AlertListener sms, AlertListener boss) {
        // tag::escalation
        MonitorBuilder monitor = Monitor.named("shop")
                .alert(chat, p -> p.named("chat").remindEvery(ofHours(1)))
                .alert(sms, p -> p.named("sms").after(ofMinutes(15)).atLeast(Severity.CRITICAL))
                .alert(boss, p -> p.named("boss").after(ofMinutes(45)));
        // end::escalation
        return monitor;
    }

    static MonitorBuilder calm(AlertListener office, AlertListener sms, AlertListener mail) {
        // tag::calm
        ZoneId zone = ZoneId.of("Africa/Nairobi");
        MonitorBuilder monitor = Monitor.named("shop")
                .alert(
                        office,
                        p -> p.named("office")
                                .kinds(AlertKind.DEGRADED)
                                .workingHours(LocalTime.of(8, 0), LocalTime.of(18, 0), zone))
                .alert(
                        sms,
                        p -> p.named("sms")
                                .budget(20, zone)
                                .spillOver("mail")
                                .digest(3, ofSeconds(30))
                                .groupBy("team"))
                .alert(mail, p -> p.named("mail").standby());
        // end::calm
        return monitor;
    }

    static void commands(Monitor monitor) {
        // tag::commands
        monitor.alerts().acknowledge("storefront", "ann: restarting it");
        monitor.alerts().snooze("storefront", "known, the fix comes tomorrow", ofHours(20));
        monitor.alerts().mute("sms", "on holiday", ofDays(7));

        for (PlannedAlert plan : monitor.alerts().plan("storefront", AlertKind.DOWN)) {
            System.out.println(plan.listener() + ": " + plan.decision() + ", " + plan.reason());
        }
        monitor.alerts().deadLetters().forEach(monitor.alerts()::replay);
        // end::commands
    }
}

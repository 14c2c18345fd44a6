package io.sitemonitor.examples.snippets;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.tcp.TcpCheck;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.state.ConditionKind;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;

/** The code in README and in the guide about what holds beside the state. */
final class ConditionSnippets {

    private ConditionSnippets() {}

    static MonitorBuilder conditions() {
        // tag::conditions
        MonitorBuilder monitor = Monitor.named("shop")
                .check("gateway", TcpCheck.connect("gw.internal", 443))
                .check(
                        "storefront",
                        HttpCheck.get("https://shop.example/"),
                        c -> c.dependsOn("gateway") // when it falls, one alert says so, not two
                                .flapAfter(6, ofMinutes(10))
                                .maintenance(MaintenanceWindow.weekly(
                                        LocalTime.of(2, 0),
                                        LocalTime.of(4, 0),
                                        ZoneId.of("Europe/Paris"),
                                        DayOfWeek.SUNDAY)))
                .check("telnet", TcpCheck.connect("shop.example", 23), c -> c.inverted()) // up while it is closed
                .check("internet-a", HttpCheck.head("https://one.example/"))
                .check("internet-b", HttpCheck.head("https://two.example/"))
                .onlineWhen(1, "internet-a", "internet-b") // if both fail, we are offline ourselves
                .perHost(4, ofSeconds(1))
                .heartbeat(ofMinutes(1), HttpCheck.get("https://watchdog.example/shop"));
        // end::conditions
        return monitor;
    }

    static void commands(Monitor monitor) {
        // tag::condition-commands
        monitor.openMaintenance("move to the new rack", ofMinutes(90), "storefront", "gateway");
        monitor.pause("telnet", "false alarms, see ticket 4711", ofMinutes(30));
        monitor.snapshot()
                .check("storefront")
                .flatMap(check -> check.condition(ConditionKind.MAINTENANCE))
                .ifPresent(work -> System.out.println(work.reason() + " until " + work.until()));
        monitor.closeMaintenance("storefront", "gateway");
        // end::condition-commands
    }
}

package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.check.heartbeat.ExpectedTimes;
import io.sitemonitor.check.heartbeat.HeartbeatCheck;
import io.sitemonitor.spring.autoconfigure.SiteMonitorProperties.Heartbeat;
import org.jspecify.annotations.Nullable;

/** Makes a check of signs of life of properties. */
final class ConfiguredHeartbeat {

    private ConfiguredHeartbeat() {}

    /** Returns the check; {@code zone} is that of times that name none. */
    static HeartbeatCheck check(String property, Heartbeat given, @Nullable String zone) {
        HeartbeatCheck check = expecting(property, given, zone);
        check = Property.change(property + ".grace", check, given.grace(), HeartbeatCheck::grace);
        check = Property.change(property + ".max-run-time", check, given.maxRunTime(), HeartbeatCheck::maxRunTime);
        return Property.change(property + ".min-run-time", check, given.minRunTime(), HeartbeatCheck::minRunTime);
    }

    private static HeartbeatCheck expecting(String property, Heartbeat given, @Nullable String zone) {
        ExpectedTimes times = new Calendars(zone).times(property, given.cron(), given.zone());
        if (given.every() != null && times != null) {
            throw Property.wrong(property, "every and cron exclude each other; keep one of them");
        }
        if (times != null) {
            return HeartbeatCheck.at(times);
        }
        if (given.every() == null) {
            throw Property.wrong(property, "it needs every or cron: when a sign of life is expected");
        }
        return Property.make(property + ".every", given.every(), HeartbeatCheck::every);
    }
}

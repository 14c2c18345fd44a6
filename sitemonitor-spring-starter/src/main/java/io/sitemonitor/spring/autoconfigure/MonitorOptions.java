package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.store.file.FileStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Hands a builder the properties that are about the monitor itself: its own connectivity, its manners, its heartbeat. */
final class MonitorOptions {

    /** As many as the builder takes: no limit that anybody would meet. */
    private static final int NO_LIMIT = 10_000;

    private MonitorOptions() {}

    static void apply(SiteMonitorProperties properties, MonitorBuilder builder) {
        onlineWhen(properties.onlineWhen(), builder);
        perHost(properties.perHost(), builder);
        heartbeat(properties.heartbeat(), builder);
        Property.set(
                SiteMonitorProperties.PREFIX + ".store.directory",
                properties.store().directory(),
                directory -> builder.store(FileStore.in(Path.of(directory))));
    }

    private static void onlineWhen(SiteMonitorProperties.OnlineWhen given, MonitorBuilder builder) {
        String property = SiteMonitorProperties.PREFIX + ".online-when";
        List<String> checks = given.checks();
        if (checks.isEmpty()) {
            if (given.least() != null) {
                throw Property.wrong(property + ".checks", "it is missing; " + property + ".least needs it");
            }
            return;
        }
        Property.make(property + ".checks", checks.toArray(String[]::new), names -> builder.onlineWhen(1, names));
        Property.set(
                property + ".least", given.least(), least -> builder.onlineWhen(least, checks.toArray(String[]::new)));
    }

    private static void perHost(SiteMonitorProperties.PerHost given, MonitorBuilder builder) {
        String property = SiteMonitorProperties.PREFIX + ".per-host";
        Integer inFlight = given.inFlight();
        Property.set(property + ".in-flight", inFlight, runs -> builder.perHost(runs, Duration.ZERO));
        Property.set(
                property + ".gap", given.gap(), gap -> builder.perHost(inFlight == null ? NO_LIMIT : inFlight, gap));
    }

    private static void heartbeat(SiteMonitorProperties.Beat given, MonitorBuilder builder) {
        String property = SiteMonitorProperties.PREFIX + ".heartbeat";
        Duration every = given.every() == null ? MonitorBuilder.DEFAULT_HEARTBEAT : given.every();
        Property.set(property + ".every", given.every(), builder::heartbeat);
        Property.set(property + ".url", given.url(), url -> {
            Check call = HttpCheck.get(url);
            builder.heartbeat(every, call);
        });
    }
}

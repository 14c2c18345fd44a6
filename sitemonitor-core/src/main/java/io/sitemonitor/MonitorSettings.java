package io.sitemonitor;

import io.sitemonitor.alert.internal.AlertRouter;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.store.Store;
import io.sitemonitor.target.TargetSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a builder collected; a monitor does not change it. */
record MonitorSettings(
        String name,
        Platform platform,
        Duration warmUp,
        Duration closeTimeout,
        int maxConcurrentRuns,
        Consumer<CheckSettingsBuilder> defaults,
        Map<String, MonitorListener> listeners,
        Map<String, AlertRouter.Registration> alerts,
        List<Source> sources,
        OwnLine.@Nullable Proofs online,
        Heart.Settings heart,
        HostDesk.Limits perHost,
        @Nullable Store store) {

    record Source(TargetSource source, Duration every) {}

    MonitorSettings {
        listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
        alerts = Collections.unmodifiableMap(new LinkedHashMap<>(alerts));
        sources = List.copyOf(new ArrayList<>(sources));
    }
}

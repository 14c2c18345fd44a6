package io.sitemonitor.definition;

import io.sitemonitor.breaker.BreakerSettings;
import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.state.FlapSettings;
import io.sitemonitor.state.Thresholds;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a check is run and decided, and whom it concerns. Made by a {@link CheckSettingsBuilder}, which a monitor hands to
 * the one who defines a check:
 *
 * <pre>{@code
 * .check("storefront", check, c -> c.every(ofSeconds(30)).timeout(ofSeconds(5)).downAfter(3))
 * }</pre>
 *
 * @param schedule when runs are due
 * @param timeout how long a run may take
 * @param retryEvery the time from the end of a run to the next while a change of state is suspected but not confirmed
 * @param thresholds how many runs confirm a change of state
 * @param backOff how the probing of a target that stays down slows down
 * @param labels what the check is sorted by, such as {@code team=web}; sorted by name
 * @param contacts whom an alert concerns: e-mail addresses and telephone numbers
 * @param dependsOn the checks that this one cannot work without; sorted
 * @param flapping when its state counts as changing too often
 * @param inverted whether it is up when its runs fail
 * @param maintenance the windows in which its alerts are held
 * @param addressPolicy where its runs may connect to
 */
public record CheckSettings(
        Schedule schedule,
        Duration timeout,
        Duration retryEvery,
        Thresholds thresholds,
        BreakerSettings backOff,
        Map<String, String> labels,
        List<String> contacts,
        Set<String> dependsOn,
        FlapSettings flapping,
        boolean inverted,
        List<MaintenanceWindow> maintenance,
        AddressPolicy addressPolicy) {

    /** One run every 30 seconds. */
    public static final Duration DEFAULT_EVERY = Duration.ofSeconds(30);

    /** A run may take 10 seconds. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** A suspicion is followed up within 5 seconds, or within the interval if that is shorter. */
    public static final Duration DEFAULT_RETRY_EVERY = Duration.ofSeconds(5);

    /** A target that stays down is probed at least every 5 minutes, or every 5 intervals if that is sooner. */
    public static final Duration DEFAULT_SLOWEST = Duration.ofMinutes(5);

    /** Every setting at its default. */
    public static final CheckSettings DEFAULT = new CheckSettingsBuilder().build();

    /** Creates settings. */
    public CheckSettings {
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(retryEvery, "retryEvery");
        Objects.requireNonNull(thresholds, "thresholds");
        Objects.requireNonNull(backOff, "backOff");
        labels = labels.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(labels));
        contacts = List.copyOf(contacts);
        dependsOn = dependsOn.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(dependsOn));
        Objects.requireNonNull(flapping, "flapping");
        maintenance = List.copyOf(maintenance);
        Objects.requireNonNull(addressPolicy, "addressPolicy");
    }
}

package io.sitemonitor.spring.endpoint;

import io.sitemonitor.CheckSnapshot;
import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorSnapshot;
import io.sitemonitor.schedule.MaintenanceWindow;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The actuator endpoint {@code sitemonitor}.
 *
 * <ul>
 *   <li>{@code GET /actuator/sitemonitor} tells everything, {@code GET /actuator/sitemonitor/{check}} of one check. What it
 *       tells holds no secret.
 *   <li>{@code POST /actuator/sitemonitor/{check}} with {@code {"action": "run"}}, {@code "pause"}, {@code "resume"},
 *       {@code "open-maintenance"} or {@code "close-maintenance"} does that and answers with the check as it is then.
 *       {@code "open-maintenance"} needs, and {@code "pause"} takes, {@code "limit"}, such as {@code "30m"}, after which it
 *       ends by itself, and with it {@code "reason"}.
 *   <li>{@code POST /actuator/sitemonitor} with {@code {"action": "open-maintenance", "limit": "2h"}} or {@code
 *       "close-maintenance"} does that to all checks.
 *   <li>Both are refused unless the application sets {@code management.endpoint.sitemonitor.access=unrestricted}.
 * </ul>
 *
 * <p><b>Threads:</b> safe for use by any number of threads. A run is waited for, but no longer than 10 seconds.
 */
@Endpoint(id = "sitemonitor", defaultAccess = Access.READ_ONLY)
public final class SiteMonitorEndpoint {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Monitor monitor;

    /**
     * Creates the endpoint of a monitor.
     *
     * @param monitor the monitor
     */
    public SiteMonitorEndpoint(Monitor monitor) {
        this.monitor = Objects.requireNonNull(monitor, "monitor");
    }

    /** What can be done to a check. */
    public enum Action {
        /** Run it at once, even if it is paused. */
        RUN,
        /** Stop its runs. */
        PAUSE,
        /** Let its runs go on. */
        RESUME,
        /** Hold alerts, and count the time neither as up nor as down. */
        OPEN_MAINTENANCE,
        /** End maintenance that was opened by hand. */
        CLOSE_MAINTENANCE
    }

    /**
     * Tells everything.
     *
     * @return the monitor and its checks
     */
    @ReadOperation
    public MonitorReport monitor() {
        return MonitorReport.of(monitor.snapshot());
    }

    /**
     * Tells of one check.
     *
     * @param check its name
     * @return the check; null, which the web answers with 404, if there is none of this name
     */
    @ReadOperation
    public @Nullable CheckReport check(@Selector String check) {
        return monitor.snapshot().check(check).map(CheckReport::of).orElse(null);
    }

    /**
     * Does something to a check.
     *
     * @param check its name
     * @param action what to do
     * @param reason why it is paused or in maintenance, in one line; null for no more than that it is
     * @param limit after which the pause or the maintenance ends by itself; null for a pause without an end
     * @return the check as it is then, or status 404 if there is none of this name, or 503 if the monitor does not run
     * @throws InvalidEndpointRequestException if there is no limit where one is needed, or it is not more than zero; the
     *     web answers with 400
     */
    @WriteOperation
    @SuppressWarnings("deprecation") // Spring Boot 3 knows parameters that may be missing by this annotation only
    public WebEndpointResponse<CheckReport> act(
            @Selector String check,
            Action action,
            @org.springframework.lang.Nullable @Nullable String reason,
            @org.springframework.lang.Nullable @Nullable Duration limit) {
        requireLimit(action, reason, limit);
        MonitorSnapshot snapshot = monitor.snapshot();
        if (!snapshot.running()) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
        CheckSnapshot before = snapshot.check(check).orElse(null);
        if (before == null) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        }
        try {
            switch (action) {
                case RUN -> await(monitor.runNow(check), before.settings().timeout());
                case PAUSE -> pause(check, reason, limit);
                case RESUME -> monitor.resume(check);
                case OPEN_MAINTENANCE -> monitor.openMaintenance(reason(reason), limit(limit), check);
                case CLOSE_MAINTENANCE -> monitor.closeMaintenance(check);
            }
        } catch (IllegalArgumentException e) { // removed just now
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        } catch (IllegalStateException e) { // closed just now
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
        CheckReport after = check(check);
        return after == null
                ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)
                : new WebEndpointResponse<>(after);
    }

    /**
     * Does something to all checks.
     *
     * @param action {@link Action#OPEN_MAINTENANCE} or {@link Action#CLOSE_MAINTENANCE}
     * @param reason why there is maintenance, in one line; null for no more than that there is
     * @param limit after which the maintenance ends by itself
     * @return the monitor as it is then, or status 503 if it does not run
     * @throws InvalidEndpointRequestException if the action is another one, or there is no limit where one is needed; the
     *     web answers with 400
     */
    @WriteOperation
    @SuppressWarnings("deprecation") // as above
    public WebEndpointResponse<MonitorReport> actOnAll(
            Action action,
            @org.springframework.lang.Nullable @Nullable String reason,
            @org.springframework.lang.Nullable @Nullable Duration limit) {
        requireLimit(action, reason, limit);
        try {
            switch (action) {
                case OPEN_MAINTENANCE -> monitor.openMaintenance(reason(reason), limit(limit));
                case CLOSE_MAINTENANCE -> monitor.closeMaintenance();
                case RUN, PAUSE, RESUME -> throw refused(action, "needs the name of a check");
            }
        } catch (IllegalStateException e) { // not started or closed
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
        return new WebEndpointResponse<>(monitor());
    }

    private void pause(String check, @Nullable String reason, @Nullable Duration limit) {
        if (limit == null) {
            monitor.pause(check);
        } else {
            monitor.pause(check, reason == null ? "paused" : reason, limit);
        }
    }

    private static void requireLimit(Action action, @Nullable String reason, @Nullable Duration limit) {
        boolean takes = action == Action.OPEN_MAINTENANCE || action == Action.PAUSE;
        boolean needs = action == Action.OPEN_MAINTENANCE || takes && reason != null;
        if (needs && limit == null) {
            throw refused(action, "needs a limit, such as 30m, after which it ends by itself");
        }
        if (takes && limit != null && (limit.isZero() || limit.isNegative())) {
            throw refused(action, "needs a limit of more than zero");
        }
        if (!takes && (limit != null || reason != null)) {
            throw refused(action, "takes neither reason nor limit");
        }
    }

    private static InvalidEndpointRequestException refused(Action action, String why) {
        String message = action.name().toLowerCase(Locale.ROOT).replace('_', '-') + ' ' + why;
        return new InvalidEndpointRequestException(message, message);
    }

    private static String reason(@Nullable String given) {
        return given == null ? MaintenanceWindow.DEFAULT_REASON : given;
    }

    private static Duration limit(@Nullable Duration required) {
        return Objects.requireNonNull(required, "limit");
    }

    /** Waits for a run. Whoever asked sees in the report whether it has ended, so nothing is said here of how. */
    private static void await(CompletableFuture<?> run, Duration timeout) {
        Duration limit = timeout.compareTo(LONGEST_WAIT) < 0 ? timeout.plusSeconds(1) : LONGEST_WAIT;
        try {
            run.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // the report that follows shows the run that has not ended, or that the check is gone
        }
    }
}

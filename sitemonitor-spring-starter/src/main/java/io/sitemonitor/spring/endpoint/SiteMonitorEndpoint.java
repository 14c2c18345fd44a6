package io.sitemonitor.spring.endpoint;

import io.sitemonitor.CheckSnapshot;
import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorSnapshot;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
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
 *   <li>{@code POST /actuator/sitemonitor/{check}} with {@code {"action": "run"}}, {@code "pause"} or {@code "resume"}
 *       does that and answers with the check as it is then. Refused unless the application sets
 *       {@code management.endpoint.sitemonitor.access=unrestricted}.
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
        RESUME
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
     * @return the check as it is then, or status 404 if there is none of this name, or 503 if the monitor does not run
     */
    @WriteOperation
    public WebEndpointResponse<CheckReport> act(@Selector String check, Action action) {
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
                case PAUSE -> monitor.pause(check);
                case RESUME -> monitor.resume(check);
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

package io.sitemonitor.spring.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * The properties below {@code sitemonitor}. What is not set keeps the default of the library; a plain number for a time
 * counts in seconds.
 *
 * @param enabled Whether there is a monitor at all.
 * @param autoStart Whether the monitor starts with the application. If not, it is there and can be started.
 * @param name Name of the monitor, in logs, meters and messages. By default, that of the application.
 * @param defaults What holds for every check unless it says otherwise itself.
 * @param checks Checks by name. A name with other characters than letters, digits and dashes is written in brackets.
 * @param targets Checks that are read from elsewhere, again and again.
 * @param alerts Who is told of outages, besides the alert listeners among the beans.
 * @param events Who is told of everything that happens, besides the monitor listeners among the beans.
 * @param health What the health of the application says of the checks.
 * @param metrics Meters.
 * @param warmUp Time over which the first runs are spread.
 * @param closeWithin Longest time to hand over the last alerts when the application stops.
 * @param maxConcurrentRuns How many runs may go on at once.
 * @param zone Time zone of schedules and maintenance windows that name none, such as Europe/Paris.
 * @param onlineWhen Checks that prove that the monitor is online itself.
 * @param perHost How hosts are spared that several checks ask.
 * @param heartbeat How the monitor says that it does its work.
 * @param heartbeats How jobs say over HTTP that they do theirs.
 * @param store Where what is open outlives the application.
 */
@ConfigurationProperties(prefix = SiteMonitorProperties.PREFIX, ignoreUnknownFields = false)
public record SiteMonitorProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("true") boolean autoStart,
        @Nullable String name,
        @DefaultValue Settings defaults,
        @DefaultValue Map<String, ConfiguredCheck> checks,
        @DefaultValue Targets targets,
        @DefaultValue @NestedConfigurationProperty AlertProperties alerts,
        @DefaultValue Events events,
        @DefaultValue HealthSettings health,
        @DefaultValue MetricsSettings metrics,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration warmUp,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration closeWithin,
        @Nullable Integer maxConcurrentRuns,
        @Nullable String zone,
        @DefaultValue OnlineWhen onlineWhen,
        @DefaultValue PerHost perHost,
        @DefaultValue Beat heartbeat,
        @DefaultValue Heartbeats heartbeats,
        @DefaultValue StoreSettings store) {

    /** What all names begin with, without the dot. */
    public static final String PREFIX = "sitemonitor";

    /**
     * How checks are run and decided, and whom they concern.
     *
     * @param every Time from one run to the next.
     * @param schedule Times of a calendar at which runs are due, instead of every.
     * @param timeout Longest time a run may take.
     * @param retryEvery Time to the next run while a change is suspected but not confirmed.
     * @param downAfter Failed runs in a row that make a check down.
     * @param upAfter Good runs in a row that make it up again.
     * @param degradedAfter Runs that warn or fail that make it degraded.
     * @param slowDownTo Longest time from one run to the next while it stays down.
     * @param flapAfter Changes of the state that make it flapping, or 0 for never.
     * @param flapWithin Time in which these changes happen.
     * @param inverted Whether a check is up when its runs fail.
     * @param dependsOn Checks that all others of properties, beans and targets cannot work without.
     * @param maintenance Windows in which alerts are held and the time does not count.
     * @param labels What checks are sorted by, such as team=web.
     * @param contacts Whom alerts concern: e-mail addresses, and telephone numbers that begin with +.
     */
    public record Settings(
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration every,
            @DefaultValue CalendarSchedule schedule,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration timeout,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration retryEvery,
            @Nullable Integer downAfter,
            @Nullable Integer upAfter,
            @Nullable Integer degradedAfter,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration slowDownTo,
            @Nullable Integer flapAfter,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration flapWithin,
            @Nullable Boolean inverted,
            @DefaultValue List<String> dependsOn,
            @DefaultValue List<Window> maintenance,
            @DefaultValue Map<String, String> labels,
            @DefaultValue List<String> contacts) {

        Settings withoutDependsOn() {
            return new Settings(
                    every,
                    schedule,
                    timeout,
                    retryEvery,
                    downAfter,
                    upAfter,
                    degradedAfter,
                    slowDownTo,
                    flapAfter,
                    flapWithin,
                    inverted,
                    List.of(),
                    maintenance,
                    labels,
                    contacts);
        }
    }

    /**
     * A check: of a URL, of a TCP port, or of a job's signs of life, or settings for a bean of the same name.
     *
     * @param url Address to ask, http or https.
     * @param method HTTP method; GET unless set.
     * @param headers HTTP headers to send.
     * @param status Statuses expected, such as 200 or 200-299; 200-299 unless set.
     * @param contains Text that the body must contain.
     * @param notContains Text that the body must not contain.
     * @param warnAbove Warn if it takes longer.
     * @param failAbove Fail if the answer takes longer.
     * @param followRedirects How many redirects are followed at most.
     * @param tcp Host and port to connect to, such as gw.internal:443.
     * @param heartbeat Signs of life to expect of a job.
     * @param confirmByOtherAddress Whether another address of the name is asked before a run says that it failed.
     * @param every Time from one run to the next.
     * @param schedule Times of a calendar at which runs are due, instead of every.
     * @param timeout Longest time a run may take.
     * @param retryEvery Time to the next run while a change is suspected but not confirmed.
     * @param downAfter Failed runs in a row that make the check down.
     * @param upAfter Good runs in a row that make it up again.
     * @param degradedAfter Runs that warn or fail that make it degraded.
     * @param slowDownTo Longest time from one run to the next while it stays down.
     * @param flapAfter Changes of the state that make it flapping, or 0 for never.
     * @param flapWithin Time in which these changes happen.
     * @param inverted Whether it is up when its runs fail.
     * @param dependsOn Checks that it cannot work without, besides those of the defaults.
     * @param maintenance Windows in which its alerts are held, besides those of the defaults.
     * @param labels What it is sorted by, such as team=web.
     * @param contacts Whom its alerts concern: e-mail addresses, and telephone numbers that begin with +.
     */
    public record ConfiguredCheck(
            @Nullable String url,
            @Nullable String method,
            @DefaultValue Map<String, String> headers,
            @DefaultValue List<String> status,
            @Nullable String contains,
            @Nullable String notContains,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration warnAbove,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration failAbove,
            @Nullable Integer followRedirects,
            @Nullable String tcp,
            @Nullable Heartbeat heartbeat,
            @Nullable Boolean confirmByOtherAddress,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration every,
            @DefaultValue CalendarSchedule schedule,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration timeout,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration retryEvery,
            @Nullable Integer downAfter,
            @Nullable Integer upAfter,
            @Nullable Integer degradedAfter,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration slowDownTo,
            @Nullable Integer flapAfter,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration flapWithin,
            @Nullable Boolean inverted,
            @DefaultValue List<String> dependsOn,
            @DefaultValue List<Window> maintenance,
            @DefaultValue Map<String, String> labels,
            @DefaultValue List<String> contacts) {

        Settings settings() {
            return new Settings(
                    every,
                    schedule,
                    timeout,
                    retryEvery,
                    downAfter,
                    upAfter,
                    degradedAfter,
                    slowDownTo,
                    flapAfter,
                    flapWithin,
                    inverted,
                    dependsOn,
                    maintenance,
                    labels,
                    contacts);
        }

        /** Tells whether it says what is probed, and not only how. */
        boolean isWhole() {
            return url != null || tcp != null || heartbeat != null;
        }

        /** Returns no more than what is probed: the rest may be secret. */
        @Override
        public String toString() {
            String what = url != null ? "url" : tcp != null ? "tcp" : heartbeat != null ? "heartbeat" : "settings";
            return "ConfiguredCheck[" + what + ']';
        }
    }

    /**
     * Signs of life of a job.
     *
     * @param every Longest time from one sign to the next.
     * @param cron Cron expression of the times at which a sign is due, instead of every.
     * @param zone Time zone whose clock is followed; sitemonitor.zone unless set.
     * @param grace How late a sign may come; as long as every but at most 5 minutes unless set.
     * @param maxRunTime Longest time from the start of the job to its end.
     * @param minRunTime Shortest time from the start of the job to its end, if it has really done its work.
     */
    public record Heartbeat(
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration every,
            @Nullable String cron,
            @Nullable String zone,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration grace,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration maxRunTime,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration minRunTime) {}

    /**
     * Times of a calendar.
     *
     * @param cron Cron expression of five fields, such as 0 6 * * MON-FRI.
     * @param zone Time zone whose clock is followed; sitemonitor.zone unless set.
     */
    public record CalendarSchedule(
            @Nullable String cron, @Nullable String zone) {}

    /**
     * When work is done on a target: at times of the day, from one moment to another, or at times of a cron expression.
     *
     * @param time Times of day, such as 23:00-02:00.
     * @param days Days on which it begins, such as saturday, last friday, first sunday or 15; every day unless set.
     * @param start First moment of a single window, such as 2026-12-24T18:00:00Z, or without the Z in its zone.
     * @param end First moment after a single window.
     * @param cron Cron expression that says when it begins.
     * @param length How long a window lasts that begins by a cron expression.
     * @param zone Time zone whose clock is followed; sitemonitor.zone unless set.
     * @param reason What is done, in one line.
     */
    public record Window(
            @Nullable String time,
            @DefaultValue List<String> days,
            @Nullable String start,
            @Nullable String end,
            @Nullable String cron,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration length,
            @Nullable String zone,
            @Nullable String reason) {}

    /**
     * Checks that prove that the monitor is online itself: while they fail, other failures are not believed.
     *
     * @param least How many of them must pass.
     * @param checks Names of the checks. None unless set, and every failure is believed.
     */
    public record OnlineWhen(
            @Nullable Integer least, @DefaultValue List<String> checks) {}

    /**
     * How hosts are spared that several checks ask.
     *
     * @param inFlight How many runs may go on at once for one host. No limit unless set.
     * @param gap Least time from the start of one run to the start of the next.
     */
    public record PerHost(
            @Nullable Integer inFlight,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration gap) {}

    /**
     * How the monitor says that it does its work.
     *
     * @param every Time from one heartbeat to the next.
     * @param url Address to ask with each heartbeat, of a service that raises the alarm when the calls stay away.
     */
    public record Beat(
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration every,
            @Nullable String url) {

        /** Returns no more than whether there is an address: such addresses are secret as a whole. */
        @Override
        public String toString() {
            return "Beat[" + (url == null ? "no url" : "url") + ']';
        }
    }

    /**
     * An entrance for jobs that say over HTTP that they do their work; needs Spring MVC.
     *
     * @param enabled Whether there is one.
     * @param path What its addresses begin with; the name of the check follows, and start or fail.
     * @param token What a job sends to be let in, in the header Authorization after the word Bearer; at least 16 characters.
     * @param insecureWithoutToken Whether everybody is let in, because something else guards the path.
     */
    public record Heartbeats(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("/sitemonitor/heartbeats") String path,
            @Nullable String token,
            @DefaultValue("false") boolean insecureWithoutToken) {

        /** Returns no more than whether there is one: the token is secret. */
        @Override
        public String toString() {
            return "Heartbeats[" + (enabled ? "on" : "off") + ']';
        }
    }

    /**
     * Where what is open outlives the application.
     *
     * @param directory Directory for it, made if it is not there. Nothing outlives the application unless this is set or jdbc enabled.
     * @param jdbc A table of the application's DataSource for it.
     */
    public record StoreSettings(
            @Nullable String directory, @DefaultValue JdbcStoreSettings jdbc) {}

    /**
     * A table of the application's DataSource.
     *
     * @param enabled Whether what is open is kept in a table of the application's DataSource.
     * @param table Name of the table, or schema and name with a dot between.
     * @param createTable Whether the table is made if it is not there.
     * @param queryTimeout Longest time that a statement may take.
     * @param takeOverAfter Time after which a silent owner has gone whose session the database cannot find.
     */
    public record JdbcStoreSettings(
            @DefaultValue("false") boolean enabled,
            @Nullable String table,
            @DefaultValue("false") boolean createTable,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration queryTimeout,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration takeOverAfter) {}

    /**
     * Checks from elsewhere.
     *
     * @param file File with a line for each check: name,url,contact,interval.
     * @param strict Whether one bad line makes the whole file unusable.
     * @param query Query for the application's DataSource whose columns are name, url, contact and interval.
     * @param every Time from one reading to the next, of these and of the target sources among the beans.
     */
    public record Targets(
            @Nullable String file,
            @DefaultValue("false") boolean strict,
            @Nullable String query,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration every) {}

    /**
     * Who is told of everything that happens.
     *
     * @param amqp Events and snapshots to RabbitMQ; needs sitemonitor-amqp.
     */
    public record Events(
            @DefaultValue @NestedConfigurationProperty AmqpEventProperties amqp) {}

    /**
     * What the health of the application says of the checks.
     *
     * @param affects Checks whose outage makes the application's health DOWN, or * for all. None unless set.
     */
    public record HealthSettings(@DefaultValue List<String> affects) {}

    /**
     * Meters, if there is a registry.
     *
     * @param enabled Whether there are meters.
     * @param maxChecks How many checks have meters of their own.
     */
    public record MetricsSettings(
            @DefaultValue("true") boolean enabled, @Nullable Integer maxChecks) {}
}

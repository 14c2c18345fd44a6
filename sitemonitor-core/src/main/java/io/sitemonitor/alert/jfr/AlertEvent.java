package io.sitemonitor.alert.jfr;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.check.SafeText;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import org.jspecify.annotations.Nullable;

/** An alert as Java Flight Recorder keeps it; {@link JfrListener} documents it. */
@Name(JfrListener.EVENT)
@Label("Alert")
@Category("Site Monitor")
@Description("An alert was told")
@StackTrace(false)
final class AlertEvent extends Event {

    private static final int MAX_TEXT = 1_000;

    @Label("Id")
    final String id;

    @Label("Incident Id")
    final String incidentId;

    @Label("Monitor")
    final String monitor;

    @Label("Check")
    final String check;

    @Label("Kind")
    final String kind;

    @Label("Severity")
    final String severity;

    @Label("From")
    final String from;

    @Label("To")
    final String to;

    @Label("Since")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    final long since;

    @Label("At")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    final long at;

    @Label("Lasted")
    @Timespan(Timespan.MILLISECONDS)
    final long lasted;

    @Label("Failure")
    final @Nullable String failure;

    @Label("Summary")
    final String summary;

    @Label("Target")
    final @Nullable String target;

    AlertEvent(Alert alert) {
        id = line(alert.id());
        incidentId = line(alert.incidentId());
        monitor = line(alert.monitor());
        check = line(alert.check());
        kind = alert.kind().name();
        severity = alert.severity().name();
        from = alert.from().name();
        to = alert.to().name();
        since = alert.since().toEpochMilli();
        at = alert.at().toEpochMilli();
        lasted = alert.duration().toMillis();
        failure = alert.failure() == null ? null : alert.failure().name();
        summary = line(alert.summary());
        target = alert.target() == null ? null : line(alert.target());
    }

    private static String line(String text) {
        return SafeText.line(text, MAX_TEXT);
    }
}

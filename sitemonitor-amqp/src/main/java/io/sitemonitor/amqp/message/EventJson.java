package io.sitemonitor.amqp.message;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.CheckEvent;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.IncidentClosed;
import io.sitemonitor.event.IncidentOpened;
import io.sitemonitor.event.IsolationChanged;
import io.sitemonitor.event.MonitorClosed;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.incident.Incident;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.state.Transition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON of {@link EventMessage}. */
final class EventJson {

    private static final MessageJson JSON = new MessageJson(EventMessage.MAX_BYTES);

    private static final Map<Class<? extends MonitorEvent>, String> WORDS = Map.of(
            StateChanged.class, "state",
            IncidentOpened.class, "incident_opened",
            IncidentClosed.class, "incident_closed",
            ConditionChanged.class, "condition",
            CheckChanged.class, "check",
            RunCompleted.class, "run",
            MonitorStarted.class, "started",
            MonitorClosed.class, "closed",
            IsolationChanged.class, "isolation");

    private EventJson() {}

    static boolean carries(Class<? extends MonitorEvent> type) {
        return WORDS.containsKey(type);
    }

    static String word(MonitorEvent event) {
        String word = WORDS.get(event.getClass());
        if (word == null) {
            throw new IllegalArgumentException(
                    "there is no message for events of type " + event.getClass().getSimpleName());
        }
        return word;
    }

    static byte[] encode(EventMessage message) {
        MonitorEvent event = message.event();
        Map<String, Object> fields = SnapshotJson.origin(message.origin(), EventMessage.VERSION);
        fields.put("event", word(event));
        fields.put("monitor", text(event.monitor()));
        if (event instanceof CheckEvent check) {
            fields.put("check", text(check.check()));
        }
        fields.put("at", event.at().toString());
        addTo(fields, event);
        byte[] json = JSON.write(fields);
        if (json.length > EventMessage.MAX_BYTES && fields.get("result") instanceof Map<?, ?> result) {
            result.remove("evidence");
            json = JSON.write(fields);
        }
        return json;
    }

    private static void addTo(Map<String, Object> fields, MonitorEvent event) {
        if (event instanceof StateChanged change) {
            fields.put("from", change.from().name());
            fields.put("to", change.to().name());
            fields.put("since", change.transition().since().toString());
            fields.put("runs", change.transition().runs());
            fields.put("result", result(change.last()));
        } else if (event instanceof IncidentOpened opened) {
            fields.put("incident", incident(opened.incident()));
        } else if (event instanceof IncidentClosed closed) {
            fields.put("incident", incident(closed.incident()));
        } else if (event instanceof ConditionChanged change) {
            fields.put("condition", SnapshotJson.condition(change.condition()));
            fields.put("holds", change.holds());
        } else if (event instanceof CheckChanged change) {
            fields.put("kind", text(change.kind()));
            fields.put("change", change.change().name());
            fields.put("insecure", change.insecure());
        } else if (event instanceof RunCompleted run) {
            fields.put("kind", text(run.kind()));
            fields.put("duration", run.duration().toString());
            fields.put("result", result(run.result()));
            fields.put("state", run.state().name());
        } else if (event instanceof MonitorStarted started) {
            fields.put("checks", started.checks());
        } else if (event instanceof MonitorClosed closed) {
            fields.put("undelivered", closed.undelivered());
        } else if (event instanceof IsolationChanged change) {
            fields.put("isolated", change.isolated());
            fields.put("reason", text(change.reason()));
        }
    }

    private static Map<String, Object> result(CheckResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("verdict", result.verdict().name());
        if (result.failure() != null) {
            fields.put("failure", result.failure().name());
        }
        fields.put("message", text(result.message()));
        fields.put("evidence", AlertJson.fields(AlertJson.sendable(result.evidence())));
        return fields;
    }

    private static Map<String, Object> incident(Incident incident) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", text(incident.id()));
        fields.put("started_at", incident.startedAt().toString());
        fields.put("confirmed_at", incident.confirmedAt().toString());
        if (incident.endedAt() != null) {
            fields.put("ended_at", incident.endedAt().toString());
        }
        fields.put("failure", incident.failure().name());
        fields.put("cause", text(incident.cause()));
        return fields;
    }

    private static String text(String text) {
        return MessageJson.text(text, SiteStatusMessage.MAX_TEXT);
    }

    static Optional<EventMessage> decode(byte[] json) throws UnreadableMessageException {
        Fields fields = JSON.read(json);
        fields.requireVersion(EventMessage.VERSION);
        EventOrigin origin = SnapshotJson.origin(fields);
        MonitorEvent event = event(fields, SnapshotJson.name(fields, "monitor"), fields.requiredInstant("at"));
        return event == null ? Optional.empty() : Optional.of(new EventMessage(origin, event));
    }

    private static @Nullable MonitorEvent event(Fields fields, String monitor, Instant at)
            throws UnreadableMessageException {
        return switch (fields.requiredName("event")) {
            case "state" ->
                new StateChanged(
                        monitor, check(fields), transition(fields, at), result(fields.requiredNested("result")));
            case "incident_opened" -> new IncidentOpened(incident(fields, monitor));
            case "incident_closed" -> new IncidentClosed(incident(fields, monitor), at);
            case "condition" -> condition(fields, monitor, at);
            case "check" -> checkChanged(fields, monitor, at);
            case "run" ->
                new RunCompleted(
                        monitor,
                        check(fields),
                        fields.required("kind"),
                        at,
                        fields.requiredDuration("duration"),
                        result(fields.requiredNested("result")),
                        fields.requiredConstant("state", HealthState.class));
            case "started" -> new MonitorStarted(monitor, at, count(fields, "checks"));
            case "closed" -> new MonitorClosed(monitor, at, count(fields, "undelivered"));
            case "isolation" ->
                new IsolationChanged(monitor, at, fields.requiredFlag("isolated"), fields.required("reason"));
            default -> null;
        };
    }

    private static String check(Fields fields) throws UnreadableMessageException {
        return SnapshotJson.name(fields, "check");
    }

    private static int count(Fields fields, String name) throws UnreadableMessageException {
        return (int) fields.requiredNumber(name, 0, Integer.MAX_VALUE);
    }

    private static Transition transition(Fields fields, Instant at) throws UnreadableMessageException {
        return new Transition(
                fields.requiredConstant("from", HealthState.class),
                fields.requiredConstant("to", HealthState.class),
                fields.requiredInstant("since"),
                at,
                count(fields, "runs"));
    }

    private static @Nullable MonitorEvent condition(Fields fields, String monitor, Instant at)
            throws UnreadableMessageException {
        String check = check(fields);
        boolean holds = fields.requiredFlag("holds");
        Fields described = fields.requiredNested("condition");
        Condition condition =
                SnapshotJson.condition("condition", described.tree()).orElse(null);
        return condition == null ? null : new ConditionChanged(monitor, check, at, condition, holds);
    }

    private static @Nullable MonitorEvent checkChanged(Fields fields, String monitor, Instant at)
            throws UnreadableMessageException {
        String check = check(fields);
        fields.requiredName("change");
        CheckChanged.Change change = fields.optionalConstant("change", CheckChanged.Change.class);
        return change == null
                ? null
                : new CheckChanged(
                        monitor, check, fields.required("kind"), at, change, fields.requiredFlag("insecure"));
    }

    private static Incident incident(Fields fields, String monitor) throws UnreadableMessageException {
        Fields incident = fields.requiredNested("incident");
        return new Incident(
                incident.requiredName("id"),
                monitor,
                check(fields),
                incident.requiredInstant("started_at"),
                incident.requiredInstant("confirmed_at"),
                incident.optionalInstant("ended_at"),
                failure(incident),
                incident.required("cause"));
    }

    private static CheckResult result(Fields fields) throws UnreadableMessageException {
        Verdict verdict = fields.requiredConstant("verdict", Verdict.class);
        String word = fields.optional("failure");
        if (verdict == Verdict.FAIL && word == null) {
            throw fields.refusal("failure", "is missing from what has failed");
        }
        if (verdict == Verdict.PASS && word != null) {
            throw fields.refusal("failure", "contradicts the verdict PASS");
        }
        return new CheckResult(
                verdict,
                word == null ? null : failure(fields),
                fields.required("message"),
                AlertJson.evidence(fields.nested("evidence")));
    }

    private static FailureKind failure(Fields fields) throws UnreadableMessageException {
        fields.required("failure");
        FailureKind failure = fields.optionalConstant("failure", FailureKind.class);
        return failure == null ? FailureKind.CHECK_ERROR : failure;
    }
}

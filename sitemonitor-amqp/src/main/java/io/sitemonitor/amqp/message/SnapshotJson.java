package io.sitemonitor.amqp.message;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.definition.Names;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The JSON of {@link SnapshotMessage}. */
final class SnapshotJson {

    private static final MessageJson JSON = new MessageJson(SnapshotMessage.MAX_BYTES);
    private static final int MAX_REASON = 200;

    private SnapshotJson() {}

    static byte[] encode(SnapshotMessage message) {
        Map<String, Object> fields = origin(message.origin(), SnapshotMessage.VERSION);
        fields.put("event", "snapshot");
        fields.put("monitor", text(message.monitor(), Names.MAX));
        fields.put("at", message.at().toString());
        fields.put("period", message.period().toString());
        fields.put("part", message.part());
        fields.put("parts", message.parts());
        fields.put("isolated", message.isolated());
        fields.put("checks", message.checks().stream().map(SnapshotJson::status).toList());
        return JSON.write(fields);
    }

    static Map<String, Object> origin(EventOrigin origin, int version) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", version);
        fields.put("epoch", origin.epoch());
        fields.put("started", origin.started().toString());
        fields.put("number", origin.number());
        return fields;
    }

    private static Map<String, Object> status(CheckStatus status) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", text(status.name(), Names.MAX));
        fields.put("state", status.state().name());
        fields.put("up", status.up());
        fields.put("since", status.since().toString());
        fields.put(
                "conditions",
                status.conditions().stream().map(SnapshotJson::condition).toList());
        return fields;
    }

    static Map<String, Object> condition(Condition condition) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", condition.kind().name());
        fields.put("reason", text(condition.reason(), MAX_REASON));
        fields.put("since", condition.since().toString());
        if (condition.until() != null) {
            fields.put("until", condition.until().toString());
        }
        return fields;
    }

    private static String text(String text, int limit) {
        return MessageJson.text(text, limit);
    }

    static SnapshotMessage decode(byte[] json) throws UnreadableMessageException {
        Fields fields = JSON.read(json);
        fields.requireVersion(SnapshotMessage.VERSION);
        int parts = (int) fields.requiredNumber("parts", 1, SnapshotMessage.MAX_PARTS);
        return new SnapshotMessage(
                origin(fields),
                name(fields, "monitor"),
                fields.requiredInstant("at"),
                fields.requiredDuration("period"),
                (int) fields.requiredNumber("part", 1, parts),
                parts,
                fields.requiredFlag("isolated"),
                fields.requiredList("checks", SnapshotMessage.MAX_CHECKS, SnapshotJson::status));
    }

    static EventOrigin origin(Fields fields) throws UnreadableMessageException {
        String epoch = fields.requiredName("epoch");
        if (epoch.length() > EventOrigin.MAX_EPOCH) {
            throw fields.refusal("epoch", "is longer than " + EventOrigin.MAX_EPOCH + " characters");
        }
        return new EventOrigin(
                epoch, fields.requiredInstant("started"), fields.requiredNumber("number", 1, Long.MAX_VALUE));
    }

    /** Reads the name of a monitor or a check, which whoever follows will keep. */
    static String name(Fields fields, String field) throws UnreadableMessageException {
        String name = fields.requiredName(field);
        if (name.length() > Names.MAX) {
            throw fields.refusal(field, "is longer than " + Names.MAX + " characters");
        }
        return name;
    }

    private static CheckStatus status(String name, JsonNode value) throws UnreadableMessageException {
        Fields fields = Fields.object(name, value);
        Map<ConditionKind, Condition> conditions = new LinkedHashMap<>();
        for (Optional<Condition> read : fields.list("conditions", SnapshotJson::condition)) {
            read.ifPresent(condition -> conditions.put(condition.kind(), condition));
        }
        return new CheckStatus(
                name(fields, "name"),
                fields.requiredConstant("state", HealthState.class),
                fields.requiredFlag("up"),
                fields.requiredInstant("since"),
                List.copyOf(conditions.values()));
    }

    /** Reads a condition; empty if it is of a kind that is not known here. */
    static Optional<Condition> condition(String name, JsonNode value) throws UnreadableMessageException {
        Fields fields = Fields.object(name, value);
        fields.requiredName("kind");
        ConditionKind kind = fields.optionalConstant("kind", ConditionKind.class);
        return kind == null
                ? Optional.empty()
                : Optional.of(new Condition(
                        kind,
                        SafeText.line(fields.required("reason"), MAX_REASON),
                        fields.requiredInstant("since"),
                        fields.optionalInstant("until")));
    }
}

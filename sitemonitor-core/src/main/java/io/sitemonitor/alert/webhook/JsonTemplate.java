package io.sitemonitor.alert.webhook;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.MessageTemplate;
import io.sitemonitor.check.SafeText;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON document whose strings are templates. It is read as JSON before anything is put in, so a value is always part of
 * the string in which its placeholder stands. Immutable.
 */
final class JsonTemplate {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final JsonNode document;
    private final Map<String, MessageTemplate> templates;

    private JsonTemplate(JsonNode document, Map<String, MessageTemplate> templates) {
        this.document = document;
        this.templates = templates;
    }

    static JsonTemplate of(String template) {
        Objects.requireNonNull(template, "template");
        if (template.length() > MessageTemplate.MAX_LENGTH) {
            throw new IllegalArgumentException("a template must have at most " + MessageTemplate.MAX_LENGTH
                    + " characters, but has " + template.length());
        }
        JsonNode document;
        try {
            document = JSON.readTree(template);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "a JSON template must be JSON, with placeholders in its strings only, but" + " was '"
                            + SafeText.line(template, 200) + "': " + SafeText.line(e.getOriginalMessage(), 200));
        }
        if (!document.isObject() && !document.isArray()) {
            throw new IllegalArgumentException(
                    "a JSON template must be an object or an array, but was '" + SafeText.line(template, 200) + "'");
        }
        Map<String, MessageTemplate> templates = new HashMap<>();
        collect(document, templates);
        return new JsonTemplate(document, Map.copyOf(templates));
    }

    JsonNode render(Alert alert) {
        return rendered(document, alert);
    }

    private JsonNode rendered(JsonNode node, Alert alert) {
        if (node.isString()) {
            MessageTemplate template = Objects.requireNonNull(templates.get(node.stringValue()), "template");
            return JSON.getNodeFactory().stringNode(template.render(alert));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JSON.createObjectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), rendered(field.getValue(), alert)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.createArrayNode();
            array.forEach(element -> copy.add(rendered(element, alert)));
            return copy;
        }
        return node;
    }

    private static void collect(JsonNode node, Map<String, MessageTemplate> templates) {
        if (node.isString()) {
            templates.computeIfAbsent(node.stringValue(), MessageTemplate::of);
        }
        node.forEach(child -> collect(child, templates));
    }
}

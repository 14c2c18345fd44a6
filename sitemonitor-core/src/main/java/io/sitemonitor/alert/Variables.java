package io.sitemonitor.alert;

import io.sitemonitor.check.SafeText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a template can name, whichever engine reads it: the one list of variables. */
final class Variables {

    private static final Map<String, Fixed> FIXED = fixed();
    private static final Map<String, Family> FAMILIES = families();

    private Variables() {}

    static boolean isKnown(String name) {
        return FIXED.containsKey(name) || family(name) != null;
    }

    /** The value of a variable that is known: one harmless line; null if the alert has none. */
    static @Nullable String value(String name, Alert alert, Style style) {
        Fixed fixed = FIXED.get(name);
        String value;
        if (fixed != null) {
            value = fixed.of(alert, style);
        } else {
            String prefix = family(name);
            Family family = prefix == null ? null : FAMILIES.get(prefix);
            if (prefix == null || family == null) {
                throw new IllegalArgumentException(
                        "unknown variable '" + SafeText.line(name, 60) + "'; known are " + known());
            }
            value = family.of(alert, name.substring(prefix.length()), style);
        }
        return value == null ? null : SafeText.line(value, MessageTemplate.MAX_VALUE);
    }

    /** All names for a message, such as {@code id, label.<name>}, with what stands around each. */
    static String known(String before, String after) {
        return Stream.concat(FIXED.keySet().stream(), FAMILIES.keySet().stream().map(prefix -> prefix + "<name>"))
                .collect(Collectors.joining(after + ", " + before, before, after));
    }

    static String known() {
        return known("", "");
    }

    private static @Nullable String family(String name) {
        for (String prefix : FAMILIES.keySet()) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                return prefix;
            }
        }
        return null;
    }

    private static Map<String, Fixed> fixed() {
        Map<String, Fixed> known = new LinkedHashMap<>();
        known.put("id", (alert, style) -> alert.id());
        known.put("incident", (alert, style) -> alert.incidentId());
        known.put("monitor", (alert, style) -> alert.monitor());
        known.put("check", (alert, style) -> alert.check());
        known.put("kind", (alert, style) -> style.words().of("kind", alert.kind()));
        known.put("severity", (alert, style) -> style.words().of("severity", alert.severity()));
        known.put("status", (alert, style) -> style.words().of("state", alert.to()));
        known.put("from", (alert, style) -> style.words().of("state", alert.from()));
        known.put("to", (alert, style) -> style.words().of("state", alert.to()));
        known.put("since", (alert, style) -> style.time(alert.since()));
        known.put("at", (alert, style) -> style.time(alert.at()));
        known.put("duration", (alert, style) -> style.duration(alert.duration()));
        known.put(
                "failure",
                (alert, style) -> alert.failure() == null ? null : style.words().of("failure", alert.failure()));
        known.put("summary", (alert, style) -> alert.summary());
        known.put("target", (alert, style) -> alert.target());
        known.put("address", (alert, style) -> alert.evidence().address());
        known.put("excerpt", (alert, style) -> alert.evidence().excerpt());
        known.put(
                "contacts", (alert, style) -> alert.contacts().isEmpty() ? null : String.join(", ", alert.contacts()));
        return known;
    }

    private static Map<String, Family> families() {
        Map<String, Family> known = new LinkedHashMap<>();
        known.put("label.", (alert, name, style) -> alert.labels().get(name));
        known.put("fact.", (alert, name, style) -> alert.evidence().facts().get(name));
        known.put("phase.", (alert, name, style) -> {
            Duration phase = alert.evidence().phases().get(name);
            return phase == null ? null : style.phase(phase);
        });
        return known;
    }

    @FunctionalInterface
    private interface Fixed {

        @Nullable
        String of(Alert alert, Style style);
    }

    @FunctionalInterface
    private interface Family {

        @Nullable
        String of(Alert alert, String name, Style style);
    }
}

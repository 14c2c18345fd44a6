package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.AlertPolicyBuilder;
import io.sitemonitor.check.SafeText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The policies that stand in properties, each for the listener of its name. */
final class AlertPolicies {

    private static final String POLICIES = AlertProperties.PREFIX + ".policies";

    /** For as long as there are no listeners. */
    static final AlertPolicies NONE = new AlertPolicies(Map.of());

    private final Map<String, ConfiguredPolicy> byListener;

    private AlertPolicies(Map<String, ConfiguredPolicy> byListener) {
        this.byListener = byListener;
    }

    /** Finds the listener of each policy. */
    static AlertPolicies of(SiteMonitorProperties properties, Collection<String> listeners) {
        Map<String, ConfiguredPolicy> byListener = new LinkedHashMap<>();
        Calendars calendars = new Calendars(properties.zone());
        properties.alerts().policies().forEach((key, given) -> {
            String property = Property.below(POLICIES, key);
            String listener = ListenerNames.find(key, listeners);
            if (listener == null) {
                throw noListener(property, key, listeners);
            }
            String spillOver = given.budget().spillOver();
            String receiver = spillOver == null ? null : ListenerNames.find(spillOver, listeners);
            ConfiguredPolicy other = byListener.putIfAbsent(
                    listener,
                    new ConfiguredPolicy(property, given, receiver == null ? spillOver : receiver, calendars));
            if (other != null) {
                throw Property.wrong(
                        property, other.property() + " is the policy of '" + listener + "', too; keep one of them");
            }
        });
        return new AlertPolicies(byListener);
    }

    private static InvalidPropertyException noListener(String property, String key, Collection<String> listeners) {
        return Property.wrong(
                property,
                "there is no alert listener named '" + SafeText.line(key, 60) + "'; there "
                        + (listeners.isEmpty() ? "is none" : "are " + listeners)
                        + " (those of a MonitorCustomizer have their policies there)");
    }

    /** Adds to the policy of a listener what the properties say. */
    void apply(String listener, AlertPolicyBuilder builder) {
        ConfiguredPolicy policy = byListener.get(listener);
        if (policy != null) {
            policy.apply(builder);
        }
    }

    /** Returns the names of checks that stand in policies and are no patterns, by property. */
    Map<String, List<String>> checks() {
        Map<String, List<String>> checks = new LinkedHashMap<>();
        byListener
                .values()
                .forEach(policy -> checks.put(
                        policy.property() + ".checks",
                        policy.given().checks().stream()
                                .filter(name -> !name.contains("*"))
                                .toList()));
        return checks;
    }

    /**
     * Finds the policy that is to blame when a monitor cannot be built. Only the builder knows all listeners, since customizers may
     * add some; so what it says is compared with what the properties say.
     */
    Optional<RuntimeException> explain(IllegalStateException failure) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "");
        for (Map.Entry<String, ConfiguredPolicy> entry : byListener.entrySet()) {
            String property = blamed(message, entry.getKey(), entry.getValue());
            if (property != null) {
                return Optional.of(new InvalidPropertyException(property, message, failure));
            }
        }
        return Optional.empty();
    }

    private static @Nullable String blamed(String message, String listener, ConfiguredPolicy policy) {
        String receiver = policy.spillOver();
        if (receiver != null
                && (message.contains("spills over to '" + receiver + "'")
                        || message.contains(listener + " -> " + receiver))) {
            return policy.property() + ".budget.spill-over";
        }
        boolean idle = policy.given().standby()
                && message.startsWith("alert listener '" + listener + "'")
                && message.contains(" is a standby");
        return idle ? policy.property() + ".standby" : null;
    }
}

package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.spring.autoconfigure.SiteMonitorProperties.ConfiguredCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Finds the property that is to blame when a monitor cannot be built because of names of checks. Only the builder knows all
 * names, since customizers may add some; so what it says is compared with what the properties say.
 */
final class DependencyFailure {

    private DependencyFailure() {}

    /** Returns an exception that names the property, or the given one if no property is to blame. */
    static RuntimeException explain(
            IllegalStateException failure, SiteMonitorProperties properties, Set<String> checks) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "");
        for (Named named : namesIn(properties)) {
            if (named.closes(message)) {
                return new InvalidPropertyException(named.property(), message, failure);
            }
            if (!checks.contains(named.name()) && named.isMissingBy(message)) {
                return MonitorAssembly.noCheck(named.property(), named.name(), checks);
            }
        }
        return failure;
    }

    /** A property, the check that it belongs to, and the name of a check that stands in it. */
    private record Named(String property, String check, String name) {

        /** Tells whether the message is about a circle that leads back to the check of this property. */
        boolean closes(String message) {
            return !check.isEmpty() && message.endsWith("(check '" + check + "')");
        }

        /** Tells whether the message quotes the name or lists it at its end. */
        boolean isMissingBy(String message) {
            String listed =
                    ", " + message.substring(message.lastIndexOf(": ") + 1).strip() + ", ";
            return message.contains("'" + name + "'") || listed.contains(", " + name + ", ");
        }
    }

    private static List<Named> namesIn(SiteMonitorProperties properties) {
        List<Named> names = new ArrayList<>();
        for (Map.Entry<String, ConfiguredCheck> entry : properties.checks().entrySet()) {
            String property = ConfiguredChecks.property(entry.getKey()) + ".depends-on";
            entry.getValue().dependsOn().forEach(name -> names.add(new Named(property, entry.getKey(), name)));
        }
        String defaults = SiteMonitorProperties.PREFIX + ".defaults.depends-on";
        properties.defaults().dependsOn().forEach(name -> names.add(new Named(defaults, "", name)));
        String proofs = SiteMonitorProperties.PREFIX + ".online-when.checks";
        properties.onlineWhen().checks().forEach(name -> names.add(new Named(proofs, "", name)));
        return names;
    }
}

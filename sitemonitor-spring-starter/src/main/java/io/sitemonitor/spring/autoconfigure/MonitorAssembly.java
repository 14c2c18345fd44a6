package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.spring.autoconfigure.SiteMonitorProperties.ConfiguredCheck;
import io.sitemonitor.spring.autoconfigure.SiteMonitorProperties.Settings;
import io.sitemonitor.store.jdbc.JdbcStore;
import io.sitemonitor.target.TargetSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Makes the monitor of an application, of its properties and beans. */
final class MonitorAssembly {

    private static final String CHECKS = SiteMonitorProperties.PREFIX + ".checks";
    private static final String DEFAULTS = SiteMonitorProperties.PREFIX + ".defaults";
    private static final String ALL = "*";

    private final SiteMonitorProperties properties;
    private final MonitorBuilder builder;
    private final Set<String> names = new TreeSet<>();
    private AlertPolicies policies = AlertPolicies.NONE;

    MonitorAssembly(SiteMonitorProperties properties, String name) {
        this.properties = properties;
        builder = Property.make(SiteMonitorProperties.PREFIX + ".name", name, Monitor::named);
        // what all others depend on cannot depend on itself, so names are looked at when the checks are added
        builder.defaults(
                ConfiguredChecks.settings(DEFAULTS, properties.defaults().withoutDependsOn(), properties.zone()));
        Property.set(SiteMonitorProperties.PREFIX + ".warm-up", properties.warmUp(), builder::warmUp);
        Property.set(SiteMonitorProperties.PREFIX + ".close-within", properties.closeWithin(), builder::closeWithin);
        Property.set(
                SiteMonitorProperties.PREFIX + ".max-concurrent-runs",
                properties.maxConcurrentRuns(),
                builder::maxConcurrentRuns);
        MonitorOptions.apply(properties, builder);
    }

    /** Refuses to start without a library that the properties ask for: alerts that go nowhere are worse. */
    void requireLibraries(@Nullable ClassLoader loader) {
        AmqpProperties amqp = properties.alerts().amqp();
        String wanted = amqp.factory() != null
                ? AmqpConnection.USE_FACTORY
                : amqp.uri() != null
                        ? AmqpConnection.AMQP + ".uri"
                        : properties.events().amqp().enabled() ? AmqpEventsAutoConfiguration.EVENTS + ".enabled" : null;
        if (wanted != null && !ClassUtils.isPresent(AmqpAlertsAutoConfiguration.LIBRARY, loader)) {
            throw Property.wrong(
                    wanted,
                    "it needs a library that is not there; add io.sitemonitor:sitemonitor-amqp to the dependencies of"
                            + " the application");
        }
        if (properties.heartbeats().enabled() && !ClassUtils.isPresent(HeartbeatsAutoConfiguration.LIBRARY, loader)) {
            throw Property.wrong(
                    HeartbeatsAutoConfiguration.HEARTBEATS + ".enabled",
                    "it needs Spring MVC, which is not there; add it to the dependencies of the application, or call"
                            + " the checks from a route of your own");
        }
    }

    /** Adds the checks of the properties, and those among the beans with the settings that the properties have for them. */
    void checks(Map<String, Check> checks, Collection<CheckDefinition> definitions) {
        Set<String> settingsOnly = new TreeSet<>();
        properties.checks().forEach((name, configured) -> {
            Check check = ConfiguredChecks.check(name, configured, properties.zone());
            if (check == null) {
                settingsOnly.add(name);
            } else if (checks.containsKey(name)) {
                throw Property.wrong(
                        ConfiguredChecks.property(name),
                        "there is a bean of this name that is a Check, too; drop the bean, or url, tcp and heartbeat here");
            } else {
                add(name, check, configured.settings());
            }
        });
        checks.forEach((name, check) -> {
            settingsOnly.remove(name);
            ConfiguredCheck configured = properties.checks().get(name);
            if (configured == null) {
                builder.check(name, check, options -> dependOnDefaults(name, options));
                names.add(name);
            } else {
                add(name, check, configured.settings());
            }
        });
        definitions.forEach(definition -> {
            settingsOnly.remove(definition.name());
            add(definition);
        });
        settingsOnly.forEach(name -> {
            throw Property.wrong(
                    ConfiguredChecks.property(name),
                    "it needs url, tcp or heartbeat; without, it gives settings to the bean of this name that is a Check, but"
                            + " there is none");
        });
    }

    private void add(String name, Check check, Settings settings) {
        String property = ConfiguredChecks.property(name);
        Consumer<CheckSettingsBuilder> own = ConfiguredChecks.settings(property, settings, properties.zone());
        Consumer<CheckSettingsBuilder> inherited = options -> dependOnDefaults(name, options);
        Property.make(property, check, given -> builder.check(name, given, inherited.andThen(own)));
        names.add(name);
    }

    private void dependOnDefaults(String name, CheckSettingsBuilder options) {
        List<String> parents = properties.defaults().dependsOn();
        if (!parents.contains(name)) {
            parents.forEach(parent -> Property.set(DEFAULTS + ".depends-on", parent, options::dependsOn));
        }
    }

    private void add(CheckDefinition definition) {
        String name = definition.name();
        names.add(name);
        ConfiguredCheck configured = properties.checks().get(name);
        if (configured == null || configured.isWhole()) {
            builder.check(definition);
            return;
        }
        Consumer<CheckSettingsBuilder> options =
                ConfiguredChecks.settings(ConfiguredChecks.property(name), configured.settings(), properties.zone());
        builder.check(CheckDefinition.of(name, definition.check(), c -> c.from(definition.settings()), options));
    }

    /** Gives access for what needs no property. */
    MonitorBuilder builder() {
        return builder;
    }

    /** Adds listeners under the names of their beans, and those that come with a policy, each with what the properties say of it. */
    void alerts(Map<String, AlertListener> listeners, List<PolicedListener> policed) {
        Set<String> known = new TreeSet<>(listeners.keySet());
        policed.forEach(one -> known.add(one.name()));
        AlertPolicies found = AlertPolicies.of(properties, known);
        listeners.forEach((name, listener) -> builder.alert(listener, p -> found.apply(name, p.named(name))));
        policed.forEach(one -> builder.alert(one.listener(), p -> {
            one.policy().accept(p.named(one.name()));
            found.apply(one.name(), p);
        }));
        policies = found;
    }

    /** Keeps what is open in a database. */
    void store(JdbcStore store) {
        if (properties.store().directory() != null) {
            throw Property.wrong(
                    SiteMonitorProperties.PREFIX + ".store.directory",
                    "there is a JdbcStore, too, of sitemonitor.store.jdbc.enabled or among the beans, and there can be one"
                            + " store only; drop one of them");
        }
        builder.store(store);
    }

    /** Adds where further checks come from. */
    void sources(List<TargetSource> sources) {
        Duration every = properties.targets().every();
        if (every == null) {
            sources.forEach(builder::targets);
        } else {
            sources.forEach(source -> Property.make(
                    SiteMonitorProperties.PREFIX + ".targets.every", every, time -> builder.targets(source, time)));
        }
    }

    /** Lets everybody customize, and builds. */
    Monitor build(List<MonitorCustomizer> customizers, boolean hasSources) {
        customizers.forEach(customizer -> customizer.accept(builder));
        Monitor monitor = build();
        if (!hasSources) {
            properties.health().affects().stream()
                    .filter(name -> !name.equals(ALL))
                    .forEach(name -> requireCheck(monitor, SiteMonitorProperties.PREFIX + ".health.affects", name));
            policies.checks().forEach((property, all) -> all.forEach(name -> requireCheck(monitor, property, name)));
        }
        return monitor;
    }

    private Monitor build() {
        try {
            return builder.build();
        } catch (IllegalStateException e) {
            throw policies.explain(e).orElseGet(() -> DependencyFailure.explain(e, properties, names));
        }
    }

    private static void requireCheck(Monitor monitor, String property, String name) {
        if (!monitor.has(name)) {
            throw noCheck(property, name, monitor.checks());
        }
    }

    static InvalidPropertyException noCheck(String property, String name, Set<String> checks) {
        String meant = KnownProperties.nearest(name, checks)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("; there " + (checks.isEmpty() ? "is none below " + CHECKS : "are " + checks));
        return Property.wrong(property, "there is no check named '" + SafeText.line(name, 60) + "'" + meant);
    }
}

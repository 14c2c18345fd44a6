package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.check.Check;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.spring.health.MonitorHealth;
import io.sitemonitor.store.jdbc.JdbcStore;
import io.sitemonitor.target.TargetSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Gives the application a {@link Monitor} that starts and ends with it: with the checks and settings of its properties
 * (see {@link SiteMonitorProperties}), and with every bean that is a {@link Check} (its name is that of the check), a
 * {@link CheckDefinition}, a {@link TargetSource}, an {@link AlertListener} or a {@link MonitorListener}, and with what is
 * open in a {@link JdbcStore} if there is one. A {@link MonitorCustomizer} does the rest. A monitor among the beans is used instead, as it is.
 *
 * <p>It starts after everything else, and closes before anything else does, within
 * {@link MonitorBuilder#closeWithin(java.time.Duration)}. It needs no broker, mail server or database to be there.
 */
@AutoConfiguration
@ConditionalOnProperty(prefix = SiteMonitorProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(SiteMonitorProperties.class)
public final class SiteMonitorAutoConfiguration {

    private static final String APPLICATION_NAME = "spring.application.name";
    private static final String FALLBACK_NAME = "application";

    /** Called by Spring. */
    public SiteMonitorAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    Monitor siteMonitor(
            SiteMonitorProperties properties,
            Environment environment,
            ApplicationContext context,
            ObjectProvider<Map<String, Check>> checks,
            ObjectProvider<CheckDefinition> definitions,
            ObjectProvider<TargetSource> sources,
            ObjectProvider<Map<String, AlertListener>> alertListeners,
            ObjectProvider<PolicedListener> policedListeners,
            ObjectProvider<MonitorListener> listeners,
            ObjectProvider<JdbcStore> stores,
            ObjectProvider<MonitorCustomizer> customizers) {
        NamedBeans beans = new NamedBeans(context);
        Map<String, AlertListener> alerts = beans.inOrder(alertListeners);
        MonitorAssembly assembly = new MonitorAssembly(properties, name(properties, environment));
        assembly.requireLibraries(context.getClassLoader());
        assembly.checks(beans.inOrder(checks), definitions.orderedStream().toList());
        Destinations.check(properties.alerts(), alerts.keySet(), context);
        assembly.alerts(alerts, policedListeners.orderedStream().toList());
        listeners.orderedStream().forEach(assembly.builder()::listener);
        stores.ifAvailable(assembly::store);
        List<TargetSource> allSources = sources.orderedStream().toList();
        assembly.sources(allSources);
        return assembly.build(customizers.orderedStream().toList(), !allSources.isEmpty());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(Monitor.class)
    MonitorLifecycle siteMonitorLifecycle(
            Monitor monitor, SiteMonitorProperties properties, ApplicationContext context) {
        return new MonitorLifecycle(monitor, properties.autoStart(), context);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(Monitor.class)
    MonitorHealth siteMonitorHealth(Monitor monitor, SiteMonitorProperties properties) {
        return new MonitorHealth(monitor, Set.copyOf(properties.health().affects()));
    }

    static String name(SiteMonitorProperties properties, Environment environment) {
        if (properties.name() != null) {
            return properties.name();
        }
        String application = environment.getProperty(APPLICATION_NAME, "");
        return application.isBlank() ? FALLBACK_NAME : application.strip();
    }
}

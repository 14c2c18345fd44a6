package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.MonitorBuilder;
import java.util.function.Consumer;

/**
 * Changes the monitor of the application before it is built: for everything that has no property. Beans of this type
 * are called in their order, after the properties and the other beans have been applied.
 *
 * <pre>{@code
 * @Bean
 * MonitorCustomizer pager(Pager pager) {
 *     return monitor -> monitor.alert(alert -> pager.page(alert.summary()), p -> p.named("pager").expireAfter(ofHours(2)));
 * }
 * }</pre>
 *
 * <p><b>Threads:</b> called once, by the thread that starts the application.
 */
@FunctionalInterface
public interface MonitorCustomizer extends Consumer<MonitorBuilder> {}

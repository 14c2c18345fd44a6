package io.sitemonitor.spring.autoconfigure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.annotation.OrderUtils;

/** Finds beans by type together with their names, in the order that {@code @Order} and {@code Ordered} ask for. */
final class NamedBeans {

    private final ApplicationContext context;

    NamedBeans(ApplicationContext context) {
        this.context = context;
    }

    /** Returns the beans that could be injected, with their names. */
    <T> Map<String, T> inOrder(ObjectProvider<Map<String, T>> provider) {
        Map<String, T> found = provider.getIfAvailable(Map::of);
        List<Map.Entry<String, T>> entries = new ArrayList<>(found.entrySet());
        entries.sort(Comparator.comparingInt(entry -> order(entry.getKey(), entry.getValue())));
        Map<String, T> sorted = new LinkedHashMap<>();
        entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private int order(String name, Object bean) {
        if (bean instanceof Ordered ordered) {
            return ordered.getOrder();
        }
        Order order = context.containsLocalBean(name) ? context.findAnnotationOnBean(name, Order.class) : null;
        return order != null ? order.value() : OrderUtils.getOrder(bean.getClass(), Ordered.LOWEST_PRECEDENCE);
    }
}

package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.amqp.AmqpBroker;
import java.util.List;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/** The connections that the application has for its own messages. Only to be met where spring-rabbit is there. */
final class HostConnectionFactory {

    private HostConnectionFactory() {}

    /** Finds the factory that a property names, or the one there is if it says {@code true}. */
    static AmqpBroker broker(String property, String value, ListableBeanFactory beans) {
        ConnectionFactory factory =
                value.equalsIgnoreCase("true") ? only(property, beans) : named(property, value, beans);
        // a factory keeps one connection, and makes another when it is asked after that was closed
        return AmqpBroker.over(name -> factory.createConnection().getDelegate());
    }

    private static ConnectionFactory only(String property, ListableBeanFactory beans) {
        ObjectProvider<ConnectionFactory> provider = beans.getBeanProvider(ConnectionFactory.class);
        ConnectionFactory factory = provider.getIfUnique();
        if (factory != null) {
            return factory;
        }
        List<String> names = names(beans);
        throw Property.wrong(
                property,
                names.isEmpty()
                        ? "there is no bean of the type " + ConnectionFactory.class.getName()
                                + "; add spring-boot-starter-amqp to the application, or define one"
                        : "there are several beans of the type " + ConnectionFactory.class.getName()
                                + " and none is primary; name one of " + names);
    }

    private static ConnectionFactory named(String property, String name, ListableBeanFactory beans) {
        if (!beans.containsBean(name) || !beans.isTypeMatch(name, ConnectionFactory.class)) {
            List<String> names = names(beans);
            throw Property.wrong(
                    property,
                    "there is no bean named '" + name + "' of the type " + ConnectionFactory.class.getName() + "; "
                            + (names.isEmpty() ? "there is none" : "there are " + names));
        }
        return beans.getBean(name, ConnectionFactory.class);
    }

    private static List<String> names(ListableBeanFactory beans) {
        return List.of(beans.getBeanNamesForType(ConnectionFactory.class));
    }
}

package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.amqp.AmqpBroker;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.ClassUtils;

/** Where the properties say that the broker is. */
final class AmqpConnection {

    static final String AMQP = AlertProperties.PREFIX + ".amqp";
    static final String USE_FACTORY = AMQP + ".use-connection-factory";

    private static final String FACTORY = "org.springframework.amqp.rabbit.connection.ConnectionFactory";
    private static final String SSL_BUNDLE = AMQP + ".ssl-bundle";

    private AmqpConnection() {}

    static AmqpBroker broker(AmqpProperties given, ListableBeanFactory beans, @Nullable ClassLoader loader) {
        String factory = given.factory();
        return factory == null ? own(given, beans) : ofHost(given, factory, beans, loader);
    }

    private static AmqpBroker own(AmqpProperties given, ListableBeanFactory beans) {
        String uri = Property.required(AMQP + ".uri", given.uri(), "what else is set below " + AMQP);
        AmqpBroker broker = at(AMQP, uri, given.username(), given.password());
        broker = Property.change(
                AMQP + ".other-nodes",
                broker,
                given.otherNodes(),
                (at, nodes) -> at.otherNodes(nodes.toArray(new String[0])));
        broker = Property.change(AMQP + ".heartbeat", broker, given.heartbeat(), AmqpBroker::heartbeat);
        broker = Property.change(AMQP + ".connect-timeout", broker, given.connectTimeout(), AmqpBroker::connectTimeout);
        return Property.change(
                SSL_BUNDLE, broker, given.sslBundle(), (plain, name) -> plain.sslContext(bundle(name, beans)));
    }

    /** Returns the broker at an address, with what else says below the same name who we are. */
    static AmqpBroker at(String property, String uri, @Nullable String username, @Nullable String password) {
        AmqpBroker broker = Property.make(property + ".uri", uri, AmqpBroker::at);
        return Property.change(
                property + ".username",
                broker,
                Credentials.of(property, username, password),
                (plain, login) -> plain.credentials(login.user(), login.password()));
    }

    /** Asked for each connection, since bundles are renewed. Its protocols and ciphers are not ours. */
    private static Supplier<SSLContext> bundle(String name, ListableBeanFactory beans) {
        SslBundles bundles = beans.getBeanProvider(SslBundles.class).getIfAvailable();
        if (bundles == null) {
            throw Property.wrong(SSL_BUNDLE, "this application has no SSL bundles");
        }
        Supplier<SSLContext> bundle = () -> bundles.getBundle(name).createSslContext();
        try {
            Objects.requireNonNull(bundle.get());
        } catch (NoSuchSslBundleException e) {
            throw new InvalidPropertyException(
                    SSL_BUNDLE, "there is no SSL bundle named '" + name + "' below spring.ssl.bundle", e);
        } catch (RuntimeException e) {
            throw new InvalidPropertyException(SSL_BUNDLE, "the SSL bundle '" + name + "' cannot be used", e);
        }
        return bundle;
    }

    private static AmqpBroker ofHost(
            AmqpProperties given, String factory, ListableBeanFactory beans, @Nullable ClassLoader loader) {
        refuse(".uri", given.uri());
        refuse(".other-nodes", given.otherNodes());
        refuse(".username", given.username());
        refuse(".password", given.password());
        refuse(".heartbeat", given.heartbeat());
        refuse(".connect-timeout", given.connectTimeout());
        refuse(".ssl-bundle", given.sslBundle());
        if (!ClassUtils.isPresent(FACTORY, loader)) {
            throw Property.wrong(
                    USE_FACTORY,
                    "it needs spring-rabbit, which is not there; add"
                            + " org.springframework.boot:spring-boot-starter-amqp to the dependencies of the application");
        }
        return HostConnectionFactory.broker(USE_FACTORY, factory, beans);
    }

    private static void refuse(String name, @Nullable Object value) {
        if (value != null) {
            throw Property.wrong(
                    AMQP + name,
                    "with " + USE_FACTORY + " the application's own connections are used, which have it set already;"
                            + " keep one of them");
        }
    }
}

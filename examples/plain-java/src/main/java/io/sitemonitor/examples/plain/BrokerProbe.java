package io.sitemonitor.examples.plain;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.sitemonitor.amqp.AmqpAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Connects to a broker once, to say at the start what is wrong with it. Publisher and consumer do not need this: they
 * start without a broker and go on trying.
 */
final class BrokerProbe {

    private static final int LIMIT_MILLIS = 3_000;

    private BrokerProbe() {}

    /** Returns why the broker cannot be used, without the password; empty if it can. */
    static Optional<String> problemOf(AmqpAddress address) {
        try {
            ConnectionFactory factory = factory(address);
            Address place = new Address(address.host(), address.port());
            try (Connection connection = factory.newConnection(List.of(place), "sitemonitor:demo:probe")) {
                return connection.isOpen() ? Optional.empty() : Optional.of("it closed the connection");
            }
        } catch (UnknownHostException e) {
            return Optional.of("there is no host called '" + address.host() + "'");
        } catch (PossibleAuthenticationFailureException e) {
            return Optional.of("it refuses user '" + address.user() + "' with this password");
        } catch (ConnectException | NoRouteToHostException e) {
            return Optional.of(
                    "nobody listens on " + address.host() + " port " + address.port() + " (" + e.getMessage() + ")");
        } catch (TimeoutException | SocketTimeoutException e) {
            return Optional.of("no answer from " + address.host() + " port " + address.port() + " within 3 s");
        } catch (IOException | GeneralSecurityException e) {
            Throwable cause = e.getCause() instanceof ShutdownSignalException signal ? signal : e;
            return Optional.of(String.valueOf(cause.getMessage()));
        }
    }

    private static ConnectionFactory factory(AmqpAddress address) throws GeneralSecurityException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUsername(address.user());
        factory.setPassword(address.password());
        factory.setVirtualHost(address.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(LIMIT_MILLIS);
        factory.setHandshakeTimeout(LIMIT_MILLIS);
        if (address.tls()) {
            factory.useSslProtocol(SSLContext.getDefault());
            factory.enableHostnameVerification();
        }
        return factory;
    }
}

package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import io.sitemonitor.amqp.AmqpCredentials;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Makes connections and closes them. */
final class OwnConnector implements Connector {

    private static final int CLOSE_MILLIS = 1_000;
    private static final int RPC_MILLIS = 5_000;
    /** The largest message a broker accepts: a larger limit here than there, or one message would end every connection. */
    private static final int LARGEST_MESSAGE = 160 * 1024 * 1024;

    private final BrokerEndpoint endpoint;
    private final Logger log;
    private final String connectionName;
    private final ConnectionFactory factory = new ConnectionFactory();
    private volatile @Nullable Socket socket;
    private volatile boolean cut;
    private volatile String where;

    // used by the thread that connects
    private int next;

    OwnConnector(BrokerEndpoint endpoint, LinkNames names, Logger log) {
        this.endpoint = endpoint;
        this.log = log;
        where = endpoint.toString();
        connectionName = names.connection();
        // whoever starts together does not all begin with the same node
        next = ThreadLocalRandom.current().nextInt(endpoint.nodes().size());
        int timeout = millis(endpoint.connectTimeout());
        factory.setVirtualHost(endpoint.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setRequestedHeartbeat((int) endpoint.heartbeat().toSeconds());
        factory.setConnectionTimeout(timeout);
        factory.setHandshakeTimeout(timeout);
        factory.setChannelRpcTimeout(RPC_MILLIS);
        factory.setShutdownTimeout(1_000);
        factory.setMaxInboundMessageBodySize(LARGEST_MESSAGE);
        factory.setThreadFactory(new DaemonThreads(names.thread() + "-client"));
        factory.setExceptionHandler(new QuietExceptionHandler(log));
        factory.setSocketConfigurator(this::configure);
    }

    @Override
    public Connection open() throws Exception {
        TlsOptions tls = endpoint.tls();
        if (tls != null) {
            factory.setSocketFactory(tls.open().getSocketFactory());
        }
        Supplier<AmqpCredentials> login = endpoint.login();
        if (login == null) {
            factory.setSaslConfig(DefaultSaslConfig.EXTERNAL);
        } else {
            AmqpCredentials credentials = ask(login);
            factory.setUsername(credentials.user());
            factory.setPassword(credentials.password());
        }
        return first();
    }

    /** Returns a connection to the first node that takes one, or throws what tells most of why none does. */
    private Connection first() throws Exception {
        Exception telling = new IOException("closed");
        for (int left = endpoint.nodes().size(); left > 0 && !cut; left--) {
            BrokerEndpoint.Node node = endpoint.nodes().get(next);
            next = (next + 1) % endpoint.nodes().size();
            try {
                factory.setHost(node.host());
                factory.setPort(node.port());
                Connection connection = factory.newConnection(connectionName);
                where = node.shown();
                return connection;
            } catch (AuthenticationFailureException e) {
                // the others have the same users, and would each say so in their logs
                throw e;
            } catch (IOException | TimeoutException e) {
                log.debug("not connected to {}", node.shown(), e);
                telling = Reasons.isRefusal(telling) ? telling : e;
            }
        }
        throw telling;
    }

    @Override
    public String where() {
        return where;
    }

    @SuppressWarnings("NullAway") // whoever wrote the supplier may not know that it must not return null
    private static AmqpCredentials ask(Supplier<AmqpCredentials> login) throws Link.Troubled {
        AmqpCredentials credentials;
        try {
            credentials = login.get();
        } catch (Throwable e) {
            // neither its text nor its stack is kept: there may be a secret in it
            throw new Link.Troubled(
                    "the supplier of the credentials failed with "
                            + e.getClass().getName(),
                    null,
                    false);
        }
        if (credentials == null) {
            throw new Link.Troubled("the supplier of the credentials returned null", null, false);
        }
        return credentials;
    }

    @Override
    public void release(Connection connection) {
        try {
            if (connection.isOpen()) {
                connection.close(CLOSE_MILLIS);
            }
        } catch (IOException | RuntimeException e) {
            log.debug("the connection could not be closed", e);
            connection.abort(CLOSE_MILLIS);
        }
    }

    /** None is made any more after this. */
    @Override
    public void cut() {
        cut = true;
        sever();
    }

    @Override
    public void sever() {
        Socket present = socket;
        if (present != null) {
            try {
                present.close();
            } catch (IOException e) {
                // it is unusable either way, which is all that is wanted
                socket = null;
            }
        }
    }

    private void configure(Socket fresh) throws IOException {
        fresh.setTcpNoDelay(true);
        TlsOptions tls = endpoint.tls();
        if (tls != null && fresh instanceof SSLSocket secure) {
            tls.configure(secure);
        }
        socket = fresh;
        if (cut) {
            throw new IOException("closed");
        }
    }

    static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
    }
}

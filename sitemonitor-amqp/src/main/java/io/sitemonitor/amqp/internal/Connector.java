package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Opens connections, one after the other. {@link #cut} may be called by any thread. */
final class Connector {

    private static final int HEARTBEAT_SECONDS = 30;
    private static final int RPC_MILLIS = 5_000;
    /** The largest message a broker accepts: a larger limit here than there, or one message would end every connection. */
    private static final int LARGEST_MESSAGE = 160 * 1024 * 1024;

    private final Endpoint endpoint;
    private final String connectionName;
    private final ConnectionFactory factory = new ConnectionFactory();
    private boolean tlsIsSet;
    private volatile @Nullable Socket socket;
    private volatile boolean cut;

    Connector(Endpoint endpoint, String connectionName, String threadPrefix, Logger log) {
        this.endpoint = endpoint;
        this.connectionName = connectionName;
        int timeout = millis(endpoint.connectTimeout());
        factory.setHost(endpoint.host());
        factory.setPort(endpoint.port());
        factory.setUsername(endpoint.user());
        factory.setPassword(endpoint.password());
        factory.setVirtualHost(endpoint.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setConnectionTimeout(timeout);
        factory.setHandshakeTimeout(timeout);
        factory.setChannelRpcTimeout(RPC_MILLIS);
        factory.setShutdownTimeout(1_000);
        factory.setMaxInboundMessageBodySize(LARGEST_MESSAGE);
        factory.setThreadFactory(new DaemonThreads(threadPrefix + "-client"));
        factory.setExceptionHandler(new QuietExceptionHandler(log));
        factory.setSocketConfigurator(this::configure);
    }

    /** Connects, logs in and names the connection; blocks until that is done or failed. */
    Connection open() throws IOException, TimeoutException {
        if (endpoint.tls() && !tlsIsSet) {
            // once: each call makes the client's chain of configurators longer
            factory.useSslProtocol(trusted());
            tlsIsSet = true;
        }
        return factory.newConnection(connectionName);
    }

    /** Ends the present connection, or the attempt to make one, without a word to the broker; none is made any more. */
    void cut() {
        cut = true;
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
        if (fresh instanceof SSLSocket secure) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            secure.setSSLParameters(parameters);
        }
        socket = fresh;
        if (cut) {
            throw new IOException("closed");
        }
    }

    private SSLContext trusted() throws IOException {
        SSLContext given = endpoint.sslContext();
        try {
            return given == null ? SSLContext.getDefault() : given;
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("the JVM has no usable TLS settings", e);
        }
    }

    static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
    }
}

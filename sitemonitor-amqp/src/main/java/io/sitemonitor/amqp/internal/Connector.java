package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.Connection;
import org.slf4j.Logger;

/** Has connections for a link, one after the other. {@link #cut} may be called by any thread. */
interface Connector {

    /** Returns an open connection; blocks until there is one or it is known that there is none. */
    Connection open() throws Exception;

    /** Returns where the connection leads, or the last one led; before that, where it may lead. Without secrets. */
    String where();

    /** Takes back what {@link #open} returned, once nothing of ours is left on it. */
    void release(Connection connection);

    /** Ends what can be ended of the present connection, or of the attempt to make one, without a word to the broker. */
    void sever();

    /** Does as {@link #sever()}, and no connection is made any more. */
    void cut();

    static Connector to(Endpoint endpoint, LinkNames names, Logger log) {
        return endpoint instanceof BrokerEndpoint broker
                ? new OwnConnector(broker, names, log)
                : new HostConnector((HostEndpoint) endpoint, names.connection());
    }
}

package io.sitemonitor.amqp;

import com.rabbitmq.client.Connection;

/**
 * Connections that the host makes and closes, and lends.
 *
 * <p><b>Threads:</b> called by the threads that connect, possibly by several at once. It may block, which delays alerts and
 * nothing else; it is interrupted when its asker is closed.
 */
@FunctionalInterface
public interface AmqpConnections {

    /**
     * Returns a connection that is open: a new one, or one that others use as well. Asked at first, after the one returned
     * before was closed, and when the broker does not confirm over it in time.
     *
     * @param name what a new connection could be called, such as {@code sitemonitor:shop:publisher}
     * @return the connection, which the asker does not close
     * @throws Exception if there is none now; its text is logged, and the call repeated after at most 1.2 seconds, or 12 if
     *     the broker refused
     */
    Connection open(String name) throws Exception;
}

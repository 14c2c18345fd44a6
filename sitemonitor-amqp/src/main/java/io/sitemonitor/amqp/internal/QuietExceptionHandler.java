package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.ExceptionHandler;
import com.rabbitmq.client.TopologyRecoveryException;
import org.slf4j.Logger;

/**
 * Keeps the client from logging each loss of a connection at its own level: the link tells of it, at most once a minute.
 */
final class QuietExceptionHandler implements ExceptionHandler {

    private final Logger log;

    QuietExceptionHandler(Logger log) {
        this.log = log;
    }

    @Override
    public void handleUnexpectedConnectionDriverException(Connection connection, Throwable error) {
        log.debug("the connection ended", error);
    }

    @Override
    public void handleReturnListenerException(Channel channel, Throwable error) {
        own(error);
    }

    @Override
    public void handleConfirmListenerException(Channel channel, Throwable error) {
        own(error);
    }

    @Override
    public void handleBlockedListenerException(Connection connection, Throwable error) {
        own(error);
    }

    @Override
    public void handleConsumerException(
            Channel channel, Throwable error, Consumer consumer, String consumerTag, String methodName) {
        own(error);
    }

    @Override
    public void handleConnectionRecoveryException(Connection connection, Throwable error) {
        own(error);
    }

    @Override
    public void handleChannelRecoveryException(Channel channel, Throwable error) {
        own(error);
    }

    @Override
    public void handleTopologyRecoveryException(
            Connection connection, Channel channel, TopologyRecoveryException error) {
        own(error);
    }

    private void own(Throwable error) {
        log.error("a callback of sitemonitor failed; please report this", error);
    }
}

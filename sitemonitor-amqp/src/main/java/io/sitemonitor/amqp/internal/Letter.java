package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.AMQP;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.amqp.message.AlertMessage;
import io.sitemonitor.amqp.message.SiteStatusMessage;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/**
 * A message to be sent.
 *
 * @param order letters with the same order are delivered one after the other
 * @param routingKey where to
 * @param properties its properties, with a message id
 * @param body its body, not to be changed any more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are the client's as soon as they are sent
public record Letter(String order, String routingKey, AMQP.BasicProperties properties, byte[] body) {

    private static final int PERSISTENT = 2;

    /**
     * Writes an alert in the form of {@link SiteStatusMessage}.
     *
     * @param alert the alert
     * @param routingKey where to
     * @return the letter, with the id of the alert
     * @throws UndeliverableAlertException if that form has no words for it
     */
    public static Letter flat(Alert alert, String routingKey) throws UndeliverableAlertException {
        byte[] body = SiteStatusMessage.of(alert).encode();
        return new Letter(
                alert.check(), routingKey, about(alert, SiteStatusMessage.TYPE).build(), body);
    }

    /**
     * Writes all of an alert, in the form of {@link AlertMessage}.
     *
     * @param alert the alert
     * @return the letter, with the id of the alert
     * @throws UndeliverableAlertException if it is too long
     */
    public static Letter rich(Alert alert) throws UndeliverableAlertException {
        AlertMessage message = new AlertMessage(alert);
        AMQP.BasicProperties properties = about(alert, AlertMessage.TYPE)
                .headers(Map.copyOf(message.headers()))
                .build();
        return new Letter(alert.check(), message.routingKey(), properties, message.encode());
    }

    private static AMQP.BasicProperties.Builder about(Alert alert, String type) {
        return new AMQP.BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .contentType("application/json")
                .contentEncoding("UTF-8")
                .messageId(alert.id())
                .type(type)
                .timestamp(Date.from(alert.at()))
                .appId("sitemonitor");
    }

    /** Addresses what was taken from a queue to another one: body and properties as they came, headers added. */
    static Letter forwarded(
            String queue, String id, AMQP.BasicProperties came, byte[] body, Map<String, Object> added) {
        Map<String, Object> headers = new HashMap<>();
        if (came.getHeaders() != null) {
            headers.putAll(came.getHeaders());
        }
        headers.putAll(added);
        // an expiry or a user of the first sender's would make the broker drop or refuse it
        AMQP.BasicProperties properties = came.builder()
                .headers(headers)
                .deliveryMode(PERSISTENT)
                .messageId(id)
                .expiration(null)
                .userId(null)
                .build();
        return new Letter(id, queue, properties, body);
    }

    /** Lets the broker take it out of its queue after a while. */
    Letter expiringAfter(Duration delay) {
        return new Letter(
                order,
                routingKey,
                properties
                        .builder()
                        .expiration(String.valueOf(delay.toMillis()))
                        .build(),
                body);
    }
}

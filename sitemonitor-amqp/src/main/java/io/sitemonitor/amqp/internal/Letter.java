package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.AMQP;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.amqp.message.SiteStatusMessage;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/**
 * A message to be sent.
 *
 * @param order letters with the same order are delivered one after the other
 * @param properties its properties, with a message id
 * @param body its body, not to be changed any more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are the client's as soon as they are sent
public record Letter(String order, AMQP.BasicProperties properties, byte[] body) {

    private static final int PERSISTENT = 2;

    /**
     * Writes an alert in the form of {@link SiteStatusMessage}.
     *
     * @param alert the alert
     * @return the letter, with the id of the alert
     * @throws UndeliverableAlertException if that form has no words for it
     */
    public static Letter of(Alert alert) throws UndeliverableAlertException {
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .contentType("application/json")
                .contentEncoding("UTF-8")
                .messageId(alert.id())
                .type(SiteStatusMessage.TYPE)
                .timestamp(Date.from(alert.at()))
                .appId("sitemonitor")
                .build();
        return new Letter(alert.check(), properties, SiteStatusMessage.of(alert).encode());
    }

    /** Addresses what was taken from a queue to the dead letters: body and properties as they came, headers added. */
    static Letter dead(String id, AMQP.BasicProperties came, byte[] body, Map<String, Object> added) {
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
        return new Letter(id, properties, body);
    }
}

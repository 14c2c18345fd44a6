package io.sitemonitor.amqp.internal;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.amqp.message.AlertMessage;
import io.sitemonitor.amqp.message.SiteStatusMessage;
import io.sitemonitor.amqp.message.UnreadableMessageException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message in hand, read in whichever form it has. Immutable. */
final class Delivery {

    static final String ROUND = "x-sitemonitor-round";

    /** The beginning of the type of what is no alert, and is sent on the same kind of exchange. */
    private static final String EVENT_TYPE = "io.sitemonitor.event";

    final Channel channel;
    final long tag;
    final AMQP.BasicProperties properties;
    final byte[] body;
    final boolean isEvent;
    final @Nullable Alert alert;
    final @Nullable String unreadable;

    Delivery(Channel channel, long tag, AMQP.BasicProperties properties, byte[] body) {
        this.channel = channel;
        this.tag = tag;
        this.properties = properties;
        this.body = body;
        String type = properties.getType();
        this.isEvent = type != null && type.startsWith(EVENT_TYPE);
        Alert read = null;
        String problem = null;
        try {
            read = isEvent ? null : read();
        } catch (UnreadableMessageException e) {
            problem = "unreadable: " + e.getMessage();
        } catch (RuntimeException e) {
            problem = "unreadable: " + Reasons.of(e);
        }
        alert = read;
        unreadable = problem;
    }

    private Alert read() throws UnreadableMessageException {
        if (AlertMessage.TYPE.equals(properties.getType())) {
            return AlertMessage.decode(body).alert();
        }
        try {
            return SiteStatusMessage.decode(body).toAlert(properties.getMessageId());
        } catch (UnreadableMessageException notFlat) {
            Alert rich = SiteStatusMessage.TYPE.equals(properties.getType()) ? null : richOrNull();
            if (rich == null) {
                throw notFlat;
            }
            return rich;
        }
    }

    /** What came through other hands may have lost its type. */
    private @Nullable Alert richOrNull() {
        try {
            return AlertMessage.decode(body).alert();
        } catch (UnreadableMessageException e) {
            return null;
        }
    }

    /** A site's messages wait for each other; no site has a control character in its name. */
    String order() {
        return alert == null ? "\0" + tag : alert.check();
    }

    String id() {
        String given = properties.getMessageId();
        return given != null ? given : alert == null ? "unreadable:" + tag : alert.id();
    }

    /** Returns how often it was in the retry queue. */
    int round() {
        Map<String, Object> headers = properties.getHeaders();
        return headers != null && headers.get(ROUND) instanceof Number round ? Math.max(0, round.intValue()) : 0;
    }
}

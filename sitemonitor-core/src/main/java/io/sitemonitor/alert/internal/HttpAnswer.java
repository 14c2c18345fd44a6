package io.sitemonitor.alert.internal;

import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.http.Json;
import io.sitemonitor.check.internal.http.RetryAfter;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a destination answered, and what that means for the alert: the same for all of them.
 *
 * @param from where the request went
 * @param status the status
 * @param head the head
 * @param body the body, without the secrets of the request
 */
public record HttpAnswer(HttpUrl from, int status, Headers head, String body) {

    private static final int SHOWN = 200;
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);
    private static final BigDecimal LONGEST_MILLIS = BigDecimal.valueOf(RetryAlertException.LONGEST.toMillis());

    /**
     * Tells whether it was taken.
     *
     * @return whether the status is one from 200 to 299
     */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /**
     * Reads the body.
     *
     * @return the document; a missing node if it is none, or beyond what is read
     */
    public JsonNode json() {
        try {
            return Json.read(body);
        } catch (Json.UnreadableException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * Passes if the destination took the alert.
     *
     * @throws RetryAlertException if it says when to come again
     * @throws UndeliverableAlertException if it refuses this very message: 400, 413 and 422
     * @throws IOException if it did not take it for another reason, which can be put right
     */
    public void requireSuccess() throws IOException, RetryAlertException, UndeliverableAlertException {
        if (isSuccess()) {
            return;
        }
        requireNoWait();
        if (status == 400 || status == 413 || status == 422) {
            throw new UndeliverableAlertException(description());
        }
        throw failure();
    }

    /**
     * Passes unless the destination asks to be left alone for a while.
     *
     * @throws RetryAlertException if it does: 429 or 503, with a time
     */
    public void requireNoWait() throws RetryAlertException {
        Duration wait = askedWait(TimeSource.system());
        if (wait != null) {
            throw new RetryAlertException(description(), wait);
        }
    }

    /**
     * Returns why to offer the alert again.
     *
     * @return an exception that says what was answered
     */
    public IOException failure() {
        return new IOException(description());
    }

    /**
     * Says what was answered.
     *
     * @return one harmless line
     */
    public String description() {
        String answered = from.host() + " answered HTTP " + status;
        if (status >= 300 && status < 400) {
            String location = head.get("Location");
            HttpUrl to = location == null ? null : from.resolve(location);
            return to == null ? answered : answered + ", a redirect to " + to.host() + ", which is not followed";
        }
        return body.isBlank() ? answered : answered + ": " + SafeText.line(body.strip(), SHOWN);
    }

    /** The longer of what head and body say; the head knows whole seconds only. */
    @Nullable
    Duration askedWait(TimeSource time) {
        if (status != 429 && status != 503) {
            return null;
        }
        Duration head = RetryAfter.asked(status, this.head, time);
        Duration body = askedInBody();
        if (head == null || body == null) {
            return head == null ? body : head;
        }
        return head.compareTo(body) > 0 ? head : body;
    }

    private @Nullable Duration askedInBody() {
        JsonNode json = json();
        Duration discord = duration(json.path("retry_after"), MILLIS);
        Duration telegram = duration(json.path("parameters").path("retry_after"), MILLIS);
        Duration matrix = duration(json.path("retry_after_ms"), BigDecimal.ONE);
        return discord != null ? discord : telegram != null ? telegram : matrix;
    }

    private static @Nullable Duration duration(JsonNode number, BigDecimal millis) {
        if (!number.isNumber() || number.decimalValue().signum() <= 0) {
            return null;
        }
        BigDecimal asked = number.decimalValue().multiply(millis).min(LONGEST_MILLIS);
        return Duration.ofMillis(Math.max(1, asked.longValue()));
    }
}

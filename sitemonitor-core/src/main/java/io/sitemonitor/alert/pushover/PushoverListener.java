package io.sitemonitor.alert.pushover;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.Severity;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.internal.AlertMessage;
import io.sitemonitor.alert.internal.HttpAddress;
import io.sitemonitor.alert.internal.HttpAnswer;
import io.sitemonitor.alert.internal.HttpDelivery;
import io.sitemonitor.alert.internal.Markup;
import io.sitemonitor.alert.internal.Priorities;
import io.sitemonitor.alert.internal.SafeIds;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Sends alerts to a user or group of <a href="https://pushover.net/api">Pushover</a>.
 *
 * <pre>{@code
 * .alert(PushoverListener.application(token).user(key).emergency(ofMinutes(1), ofHours(1)))
 * }</pre>
 *
 * <p>A notification has the subject of {@link AlertTexts} as its title, and the text, and what happened, where and since when, as plain text,
 * cut to the 250 and 1,024 characters that Pushover takes; a link leads to the target if that is a web address. Its priority
 * follows from the {@linkplain Severity severity}: 1, 1, 0 and -1, and 0 for what closes. With {@link #emergency} what is critical sounds
 * again and again until somebody confirms it, and its {@linkplain AlertKind#isClosing() end}, or that somebody has taken it on,
 * <a href="https://pushover.net/api/receipts#cancel_by_tag">silences</a> it: that is a second request, within the same timeout, tagged with the
 * id of the incident.
 *
 * <p><b>At least once:</b> Pushover does not know of a repetition; an attempt whose answer was lost may have arrived.
 *
 * <p><b>Failure:</b> 429 means that the messages of the month are used up; {@code X-Limit-App-Reset} tells until when, and the alert is offered
 * again then, or a day later if that is sooner. 400 refuses this very alert for good unless it is the token or the user that is refused;
 * everything else is tried again.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class PushoverListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    private static final String SERVER = "https://api.pushover.net";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{30}");
    private static final int MAX_TITLE = 250;
    private static final int MAX_MESSAGE = 1_024;
    private static final int MAX_URL = 512;
    private static final int EMERGENCY = 2;
    private static final Duration LEAST_RETRY = Duration.ofSeconds(30);
    private static final Duration MOST_EXPIRE = Duration.ofHours(3);

    private final Options options;
    private final TimeSource time;

    private PushoverListener(Options options, TimeSource time) {
        this.options = options;
        this.time = time;
    }

    /**
     * Begins with an application.
     *
     * @param token its API token: 30 letters and digits; shown nowhere
     * @return the application, which needs a user
     * @throws IllegalArgumentException if it is no such token
     */
    public static Application application(String token) {
        return new Application(requireKey("the token of an application", token));
    }

    /** An application that does not know yet whom to tell. Immutable. */
    public static final class Application {

        private final String token;

        private Application(String token) {
            this.token = token;
        }

        /**
         * Names the user or group.
         *
         * @param key its key: 30 letters and digits; shown nowhere
         * @return a listener that tells them
         * @throws IllegalArgumentException if it is no such key
         */
        public PushoverListener user(String key) {
            requireKey("the key of a user or group", key);
            HttpDelivery delivery = HttpDelivery.to(HttpUrl.get(SERVER)).hiding(List.of(token, key));
            Priorities priorities = Priorities.of(-2, 1, 0, 1, 1, 0, -1);
            return new PushoverListener(
                    new Options(delivery, token, key, AlertTexts.DEFAULT, priorities, null), TimeSource.system());
        }

        /** Shows nothing of the token. */
        @Override
        public String toString() {
            return "Application";
        }
    }

    /**
     * Changes how loud a severity is.
     *
     * <p>Default 1 for what is critical and for errors, 0 for warnings, -1 for what is good to know.
     *
     * @param severity which
     * @param priority from -2, which only counts, to 1, which breaks quiet hours; for 2 see {@link #emergency}
     * @return a copy that does so
     * @throws IllegalArgumentException if there is no such priority
     */
    public PushoverListener priority(Severity severity, int priority) {
        Options o = options;
        Priorities changed = o.priorities().with(severity, priority);
        return new PushoverListener(
                new Options(o.delivery(), o.token(), o.user(), o.texts(), changed, o.emergency()), time);
    }

    /**
     * Lets what is critical sound until somebody confirms it.
     *
     * <p>Default: it sounds once.
     *
     * @param retry how often it sounds, at least 30 seconds
     * @param expire when it gives up, at most 3 hours
     * @return a copy that does so
     * @throws IllegalArgumentException if one of them is outside its range
     */
    public PushoverListener emergency(Duration retry, Duration expire) {
        if (retry.compareTo(LEAST_RETRY) < 0) {
            throw new IllegalArgumentException("retry must be at least " + LEAST_RETRY + ", but was " + retry);
        }
        if (expire.compareTo(retry) < 0 || expire.compareTo(MOST_EXPIRE) > 0) {
            throw new IllegalArgumentException("expire must be from retry to " + MOST_EXPIRE + ", but was " + expire);
        }
        Options o = options;
        return new PushoverListener(
                new Options(o.delivery(), o.token(), o.user(), o.texts(), o.priorities(), new Emergency(retry, expire)),
                time);
    }

    /**
     * Sends through another address, such as that of a proxy or a test.
     *
     * @param url where the API is, without {@code /1/}: {@code https}, or {@code http} to this machine
     * @return a copy that does so
     * @throws IllegalArgumentException if it is not such an address
     */
    public PushoverListener server(String url) {
        return with(options.delivery().at(HttpAddress.service("the server", url, SERVER, null)));
    }

    /**
     * Says something else.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param texts what to say
     * @return a copy that does so
     */
    public PushoverListener texts(AlertTexts texts) {
        Objects.requireNonNull(texts, "texts");
        Options o = options;
        return new PushoverListener(
                new Options(o.delivery(), o.token(), o.user(), texts, o.priorities(), o.emergency()), time);
    }

    /**
     * Bounds an attempt.
     *
     * <p>Default 8 seconds, from 1 millisecond to 5 minutes. Should be shorter than the timeout of the
     * {@link io.sitemonitor.alert.AlertPolicy}.
     *
     * @param timeout the longest time from the name lookup to the end of the answer
     * @return a copy that does so
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public PushoverListener timeout(Duration timeout) {
        return with(options.delivery().timeout(timeout));
    }

    /**
     * Sends an alert.
     *
     * @param alert the alert
     * @throws RetryAlertException if Pushover says when to come again
     * @throws UndeliverableAlertException if Pushover refuses this very alert
     * @throws IOException if Pushover did not take it for another reason
     */
    @Override
    public void onAlert(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        HttpDelivery delivery = options.delivery();
        boolean calms = alert.kind().isClosing() || alert.kind() == AlertKind.ACKNOWLEDGED;
        if (options.emergency() != null && calms && alert.severity() == Severity.CRITICAL) {
            delivery = silence(alert);
        }
        HttpUrl messages =
                delivery.url().newBuilder().addPathSegments("1/messages.json").build();
        require(delivery.send(
                delivery.request().url(messages).post(message(alert)).build()));
    }

    /** Shows the host. */
    @Override
    public String toString() {
        return "PushoverListener[" + options.delivery().host() + ']';
    }

    /** Tells another time, for tests. */
    PushoverListener time(TimeSource other) {
        return new PushoverListener(options, other);
    }

    /** Ends the sounding and returns a delivery with what is left of the time. */
    private HttpDelivery silence(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        HttpDelivery delivery = options.delivery();
        long began = time.nanos();
        HttpUrl cancel = delivery.url()
                .newBuilder()
                .addPathSegments("1/receipts/cancel_by_tag")
                .addPathSegment(SafeIds.of(alert.incidentId()) + ".json")
                .build();
        FormBody form = new FormBody.Builder().add("token", options.token()).build();
        require(delivery.send(delivery.request().url(cancel).post(form).build()));
        Duration left = delivery.timeout().minusNanos(time.nanos() - began);
        return delivery.timeout(left.toMillis() < 1 ? Duration.ofMillis(1) : left);
    }

    private FormBody message(Alert alert) {
        AlertMessage message = AlertMessage.of(alert, options.texts());
        FormBody.Builder form = new FormBody.Builder()
                .add("token", options.token())
                .add("user", options.user())
                .add("title", Markup.PLAIN.write(message.headline(), MAX_TITLE))
                .add("message", Markup.PLAIN.write(message.plain(), MAX_MESSAGE))
                .add("timestamp", Long.toString(alert.at().getEpochSecond()));
        Emergency emergency = options.emergency();
        if (emergency != null && message.isUrgent()) {
            form.add("priority", Integer.toString(EMERGENCY))
                    .add("retry", Long.toString(emergency.retry().toSeconds()))
                    .add("expire", Long.toString(emergency.expire().toSeconds()))
                    .add("tags", SafeIds.of(alert.incidentId()));
        } else {
            form.add("priority", Integer.toString(options.priorities().of(alert)));
        }
        String link = HttpAddress.link(alert.target());
        if (link != null && link.length() <= MAX_URL) {
            form.add("url", link);
        }
        return form.build();
    }

    private void require(HttpAnswer answer) throws IOException, RetryAlertException, UndeliverableAlertException {
        Instant reset = answer.status() == 429 ? instant(answer.head().get("X-Limit-App-Reset")) : null;
        if (reset != null && reset.isAfter(time.now())) {
            throw new RetryAlertException(answer.description(), Duration.between(time.now(), reset));
        }
        boolean isOurs = answer.json().has("token") || answer.json().has("user");
        if (answer.status() == 400 && isOurs) {
            throw answer.failure();
        }
        answer.requireSuccess();
    }

    private static @Nullable Instant instant(@Nullable String seconds) {
        boolean isTime = seconds != null
                && seconds.length() <= 12
                && !seconds.isEmpty()
                && seconds.chars().allMatch(c -> c >= '0' && c <= '9');
        return isTime ? Instant.ofEpochSecond(Long.parseLong(seconds)) : null;
    }

    private static String requireKey(String what, String key) {
        if (!KEY.matcher(Objects.requireNonNull(key, "key")).matches()) {
            throw new IllegalArgumentException(what + " must be 30 letters and digits");
        }
        return key;
    }

    private PushoverListener with(HttpDelivery delivery) {
        Options o = options;
        return new PushoverListener(
                new Options(delivery, o.token(), o.user(), o.texts(), o.priorities(), o.emergency()), time);
    }

    private record Emergency(Duration retry, Duration expire) {}

    private record Options(
            HttpDelivery delivery,
            String token,
            String user,
            AlertTexts texts,
            Priorities priorities,
            @Nullable Emergency emergency) {}
}

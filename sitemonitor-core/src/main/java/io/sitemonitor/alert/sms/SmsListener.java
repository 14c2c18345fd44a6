package io.sitemonitor.alert.sms;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Recipients;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.internal.PartialDeliveries;
import io.sitemonitor.check.SafeText;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Sends alerts as text messages through <a href="https://africastalking.com">Africa's Talking</a>.
 *
 * <pre>{@code
 * .alert(SmsListener.africasTalking("shop", apiKey).to(fromContact().and("+254711000000")))
 * }</pre>
 *
 * <p>The message is the text of {@link AlertTexts}, cut to what three text messages hold: 459 characters, or 201 if it
 * has characters outside of the GSM alphabet.
 *
 * <p><b>At least once:</b> who was served is remembered, so that when some recipients could be served and others not yet,
 * only the others get the next attempt. An attempt whose answer was lost may have been served, and so may one before a
 * restart; the service has no way to tell it of a repetition.
 *
 * <p><b>Failure:</b> a number that does not exist, or whose owner wants no messages, is refused once and for all; if all
 * are, the alert is {@linkplain UndeliverableAlertException undeliverable}, otherwise it is logged. Everything else is
 * tried again: no connection, no credit, too many requests, even a wrong API key, since that can be put right.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies.
 */
public final class SmsListener implements AlertListener {

    /** How long an attempt may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(8);

    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

    private final Options options;
    private final AfricasTalking service;
    private final PartialDeliveries deliveries = new PartialDeliveries();

    private SmsListener(Options options) {
        this.options = options;
        service = new AfricasTalking(options.client(), options.endpoint(), options.username(), options.apiKey());
    }

    /**
     * Begins with an account. The user name {@code sandbox} goes to the sandbox, every other to the live service.
     *
     * @param username the user name of the application
     * @param apiKey its API key; shown nowhere
     * @return a listener that sends to the contacts of each check
     * @throws IllegalArgumentException if one of them is empty or has characters that no account has
     */
    public static SmsListener africasTalking(String username, String apiKey) {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(apiKey, "apiKey");
        if (!isVisibleAscii(username)) {
            throw new IllegalArgumentException("the user name must consist of visible ASCII characters, but was '"
                    + SafeText.line(username, 60) + "'");
        }
        if (!isVisibleAscii(apiKey)) {
            throw new IllegalArgumentException("the API key must consist of visible ASCII characters");
        }
        String endpoint = username.equals("sandbox") ? AfricasTalking.SANDBOX : AfricasTalking.LIVE;
        return new SmsListener(new Options(
                AfricasTalking.within(DEFAULT_TIMEOUT, AfricasTalking.client()),
                HttpUrl.get(endpoint),
                username,
                apiKey,
                Recipients.fromContact(),
                null,
                AlertTexts.DEFAULT));
    }

    /**
     * Sends to certain numbers.
     *
     * @param first a number in international form, such as {@code +254711000000}
     * @param more further ones
     * @return a copy that does so
     * @throws IllegalArgumentException if one of them is not such a number, or there are more than
     *     {@value Recipients#MAX}
     */
    public SmsListener to(String first, String... more) {
        return to(Recipients.of(first, more));
    }

    /**
     * Sends to the contacts of a check that begin with {@code +}, to certain numbers, or to both.
     *
     * <p>Default {@link Recipients#fromContact()}.
     *
     * @param recipients who gets the messages
     * @return a copy that does so
     * @throws IllegalArgumentException if one of the numbers named is not in international form
     */
    public SmsListener to(Recipients recipients) {
        recipients.named().forEach(PhoneNumbers::require);
        return new SmsListener(options.with(recipients, options.from(), options.texts()));
    }

    /**
     * Names the sender.
     *
     * <p>Default: what the service has for the account.
     *
     * @param senderId a sender id or short code registered with the service
     * @return a copy that does so
     * @throws IllegalArgumentException if it is empty, longer than 20 characters or not of visible ASCII characters and
     *     spaces
     */
    public SmsListener from(String senderId) {
        Objects.requireNonNull(senderId, "senderId");
        if (senderId.length() > 20 || !isVisibleAscii(senderId.replace(' ', '_'))) {
            throw new IllegalArgumentException(
                    "a sender id must have 1 to 20 ASCII characters, but was '" + SafeText.line(senderId, 40) + "'");
        }
        return new SmsListener(options.with(options.recipients(), senderId, options.texts()));
    }

    /**
     * Says something else. Only the text of an alert is sent, not its subject.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param texts what to say
     * @return a copy that does so
     */
    public SmsListener texts(AlertTexts texts) {
        Objects.requireNonNull(texts, "texts");
        return new SmsListener(options.with(options.recipients(), options.from(), texts));
    }

    /**
     * Sends through another address, such as that of a proxy or a test.
     *
     * @param url where the form is posted: {@code https}, or {@code http} to this machine
     * @return a copy that does so
     * @throws IllegalArgumentException if it is not such an address
     */
    public SmsListener endpoint(String url) {
        HttpUrl parsed = HttpUrl.parse(Objects.requireNonNull(url, "url"));
        if (parsed == null
                || !(parsed.isHttps() || isLoopback(parsed.host()))
                || !parsed.username().isEmpty()) {
            throw new IllegalArgumentException(
                    "the endpoint must be an https URL, or an http URL of this machine, without"
                            + " credentials, such as " + AfricasTalking.LIVE
                            + (parsed == null ? "" : ", but was that of " + parsed.scheme() + "://" + parsed.host()));
        }
        return new SmsListener(options.with(options.client(), parsed));
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
    public SmsListener timeout(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be from PT0.001S to " + LONGEST_TIMEOUT + ", but was " + timeout);
        }
        return new SmsListener(options.with(AfricasTalking.within(timeout, options.client()), options.endpoint()));
    }

    /**
     * Sends an alert to everybody who does not have it yet.
     *
     * @param alert the alert
     * @throws UndeliverableAlertException if there is nobody to send it to, or everybody refused it for good
     * @throws IOException if somebody could not be served now
     */
    @Override
    public void onAlert(Alert alert) throws IOException, UndeliverableAlertException {
        List<String> recipients = options.recipients().of(alert, contact -> contact.startsWith("+"));
        if (recipients.isEmpty()) {
            throw new UndeliverableAlertException(
                    "check '" + SafeText.line(alert.check(), 200) + "' has no contact with a telephone number");
        }
        Set<String> numbers = new LinkedHashSet<>();
        for (String recipient : recipients) {
            String number = PhoneNumbers.normalize(recipient);
            if (number == null) {
                deliveries.refused(alert, recipient, "not a telephone number");
            } else {
                numbers.add(number);
            }
        }
        List<String> open = deliveries.open(alert, numbers);
        if (!open.isEmpty()) {
            String text = SmsText.cut(options.texts().text(alert));
            settle(alert, open, service.send(open, text, options.from()));
        }
        deliveries.finish(alert);
    }

    /** Shows everything but the account. */
    @Override
    public String toString() {
        return "SmsListener[" + options.endpoint().host() + ", to " + options.recipients() + ']';
    }

    private void settle(Alert alert, List<String> numbers, Map<String, AfricasTalking.Status> statuses)
            throws IOException {
        StringJoiner failed = new StringJoiner(", ");
        for (String number : numbers) {
            AfricasTalking.Status status = statuses.get(number);
            if (status == null) {
                failed.add(number + ": no answer");
            } else if (status.isAccepted()) {
                deliveries.delivered(alert, number);
            } else if (status.isFinal()) {
                deliveries.refused(alert, number, status.toString());
            } else {
                failed.add(number + ": " + status);
            }
        }
        if (failed.length() > 0) {
            throw new IOException(options.endpoint().host() + " could not serve everybody (" + failed + ')');
        }
    }

    private static boolean isLoopback(String host) {
        boolean isV4 = host.startsWith("127.") && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        return isV4 || host.equals("localhost") || host.equals("::1");
    }

    private static boolean isVisibleAscii(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7F);
    }

    private record Options(
            OkHttpClient client,
            HttpUrl endpoint,
            String username,
            String apiKey,
            Recipients recipients,
            @Nullable String from,
            AlertTexts texts) {

        Options with(Recipients recipients, @Nullable String from, AlertTexts texts) {
            return new Options(client, endpoint, username, apiKey, recipients, from, texts);
        }

        Options with(OkHttpClient client, HttpUrl endpoint) {
            return new Options(client, endpoint, username, apiKey, recipients, from, texts);
        }

        @Override
        public String toString() {
            return "Options[" + endpoint.host() + ']';
        }
    }
}

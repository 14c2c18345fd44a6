package io.sitemonitor.alert.sms;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Recipients;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.internal.HttpAddress;
import io.sitemonitor.alert.internal.HttpDelivery;
import io.sitemonitor.alert.internal.PartialDeliveries;
import io.sitemonitor.check.SafeText;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Sends alerts as text messages through <a href="https://africastalking.com">Africa's Talking</a> or
 * <a href="https://www.twilio.com/docs/messaging/api/message-resource">Twilio</a>.
 *
 * <pre>{@code
 * .alert(SmsListener.africasTalking("shop", apiKey).to(fromContact().and("+254711000000")))
 * .alert(SmsListener.twilio(accountSid, authToken, "+15005550006").to("+15005550010"))
 * }</pre>
 *
 * <p>The message is the text of {@link AlertTexts}, cut to what three text messages hold: 459 characters, or 201 if it
 * has characters outside of the GSM alphabet. Each alert is a message of its own, what closes as well as what opens.
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
    public static final Duration DEFAULT_TIMEOUT = HttpDelivery.DEFAULT_TIMEOUT;

    private static final String ACCOUNT_SID = "AC[0-9a-fA-F]{32}";

    private final SmsService service;
    private final Recipients recipients;
    private final @Nullable String from;
    private final AlertTexts texts;
    private final PartialDeliveries deliveries = new PartialDeliveries();

    private SmsListener(SmsService service, Recipients recipients, @Nullable String from, AlertTexts texts) {
        this.service = service;
        this.recipients = recipients;
        this.from = from;
        this.texts = texts;
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
        return through(AfricasTalking.account(username, apiKey));
    }

    /**
     * Begins with an account of Twilio. Each recipient is a request of its own; the timeout is that of all of them together.
     *
     * @param accountSid the SID of the account: {@code AC} and 32 hexadecimal digits
     * @param authToken its auth token; shown nowhere
     * @param sender who sends, as {@link #from(String)} takes it; Twilio has no default
     * @return a listener that sends to the contacts of each check
     * @throws IllegalArgumentException if the SID or the sender is none, or the token is empty or has characters that no token
     *     has
     */
    public static SmsListener twilio(String accountSid, String authToken, String sender) {
        Objects.requireNonNull(accountSid, "accountSid");
        Objects.requireNonNull(authToken, "authToken");
        if (!accountSid.matches(ACCOUNT_SID)) {
            // Whoever mixes up the two would find the token in a log.
            throw new IllegalArgumentException("the account SID must be 'AC' and 32 hexadecimal digits");
        }
        if (!isVisibleAscii(authToken)) {
            throw new IllegalArgumentException("the auth token must consist of visible ASCII characters");
        }
        return through(Twilio.account(accountSid, authToken)).from(sender);
    }

    private static SmsListener through(SmsService service) {
        return new SmsListener(service, Recipients.fromContact(), null, AlertTexts.DEFAULT);
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
        return new SmsListener(service, recipients, from, texts);
    }

    /**
     * Names the sender.
     *
     * <p>Default: what Africa's Talking has for the account; what was given to Twilio's factory.
     *
     * @param senderId a sender id, short code or number registered with the service; with Twilio also the SID of a messaging
     *     service, {@code MG} and 32 digits
     * @return a copy that does so
     * @throws IllegalArgumentException if it is empty, longer than 20 characters, such a SID aside, or not of visible ASCII characters and
     *     spaces
     */
    public SmsListener from(String senderId) {
        Objects.requireNonNull(senderId, "senderId");
        int most = senderId.startsWith("MG") ? 34 : 20;
        if (senderId.length() > most || !isVisibleAscii(senderId.replace(' ', '_'))) {
            throw new IllegalArgumentException(
                    "a sender id must have 1 to 20 ASCII characters, but was '" + SafeText.line(senderId, 40) + "'");
        }
        return new SmsListener(service, recipients, senderId, texts);
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
        return new SmsListener(service, recipients, from, texts);
    }

    /**
     * Sends through another address, such as that of a proxy or a test.
     *
     * @param url where the form is posted: {@code https}, or {@code http} to this machine
     * @return a copy that does so
     * @throws IllegalArgumentException if it is not such an address
     */
    public SmsListener endpoint(String url) {
        HttpUrl parsed = HttpAddress.service("the endpoint", url, AfricasTalking.LIVE, null);
        return new SmsListener(service.over(service.delivery().at(parsed)), recipients, from, texts);
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
        return new SmsListener(service.over(service.delivery().timeout(timeout)), recipients, from, texts);
    }

    /**
     * Sends an alert to everybody who does not have it yet.
     *
     * @param alert the alert
     * @throws UndeliverableAlertException if there is nobody to send it to, or everybody refused it for good
     * @throws RetryAlertException if the service says when to come again
     * @throws IOException if somebody could not be served now
     */
    @Override
    public void onAlert(Alert alert) throws IOException, RetryAlertException, UndeliverableAlertException {
        List<String> wanted = recipients.of(alert, contact -> contact.startsWith("+"));
        if (wanted.isEmpty()) {
            throw new UndeliverableAlertException(
                    "check '" + SafeText.line(alert.check(), 200) + "' has no contact with a telephone number");
        }
        Set<String> numbers = new LinkedHashSet<>();
        for (String recipient : wanted) {
            String number = PhoneNumbers.normalize(recipient);
            if (number == null) {
                deliveries.refused(alert, recipient, "not a telephone number");
            } else {
                numbers.add(number);
            }
        }
        List<String> open = deliveries.open(alert, numbers);
        if (!open.isEmpty()) {
            send(alert, open);
        }
        deliveries.finish(alert);
    }

    /** Shows everything but the account. */
    @Override
    public String toString() {
        return "SmsListener[" + service.delivery().host() + ", to " + recipients + ']';
    }

    private void send(Alert alert, List<String> numbers) throws IOException, RetryAlertException {
        Map<String, String> failed = new LinkedHashMap<>();
        numbers.forEach(number -> failed.put(number, "no answer"));
        service.send(numbers, SmsText.cut(texts.text(alert)), from, (number, status) -> {
            if (!failed.containsKey(number)) {
                return;
            }
            switch (status.end()) {
                case ACCEPTED -> deliveries.delivered(alert, number);
                case REFUSED -> deliveries.refused(alert, number, status.text());
                case FAILED -> failed.put(number, status.text());
            }
            if (status.end() != SmsStatus.End.FAILED) {
                failed.remove(number);
            }
        });
        if (!failed.isEmpty()) {
            StringJoiner reasons = new StringJoiner(", ");
            failed.forEach((number, reason) -> reasons.add(number + ": " + reason));
            throw new IOException(service.delivery().host() + " could not serve everybody (" + reasons + ')');
        }
    }

    private static boolean isVisibleAscii(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7F);
    }
}

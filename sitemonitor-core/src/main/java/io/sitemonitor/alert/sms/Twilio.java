package io.sitemonitor.alert.sms;

import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.internal.HttpAnswer;
import io.sitemonitor.alert.internal.HttpDelivery;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The Messages resource of Twilio: a form posted for each recipient, by
 * https://www.twilio.com/docs/messaging/api/message-resource; the error codes are those of
 * https://www.twilio.com/docs/api/errors.
 */
record Twilio(HttpDelivery delivery, String accountSid, String authToken) implements SmsService {

    static final String LIVE = "https://api.twilio.com/2010-04-01/Accounts/";

    /** Sender ids of this form name a pool of senders. */
    private static final String MESSAGING_SERVICE = "MG";

    private static final int SERVICE_SID_LENGTH = 34;

    static Twilio account(String accountSid, String authToken) {
        HttpUrl url = HttpUrl.get(LIVE + accountSid + "/Messages.json");
        return new Twilio(HttpDelivery.to(url).hiding(List.of(authToken, accountSid)), accountSid, authToken);
    }

    @Override
    public SmsService over(HttpDelivery other) {
        return new Twilio(other, accountSid, authToken);
    }

    @Override
    public void send(List<String> numbers, String text, @Nullable String from, Outcome outcome)
            throws IOException, RetryAlertException {
        String sender = Objects.requireNonNull(from, "from");
        TimeSource time = TimeSource.system();
        long began = time.nanos();
        for (String number : numbers) {
            Duration left = delivery.timeout().minusNanos(time.nanos() - began);
            if (left.toMillis() < 1) {
                throw new IOException(delivery.host() + " could not serve everybody in time");
            }
            outcome.told(number, send(delivery.timeout(left), number, text, sender));
        }
    }

    private SmsStatus send(HttpDelivery limited, String number, String text, String from)
            throws IOException, RetryAlertException {
        boolean pool = from.startsWith(MESSAGING_SERVICE) && from.length() == SERVICE_SID_LENGTH;
        FormBody form = new FormBody.Builder()
                .add("To", number)
                .add(pool ? "MessagingServiceSid" : "From", from)
                .add("Body", text)
                .build();
        HttpAnswer answer = limited.send(limited.request()
                .header("Authorization", Credentials.basic(accountSid, authToken, StandardCharsets.UTF_8))
                .post(form)
                .build());
        if (answer.isSuccess()) {
            return new SmsStatus(SmsStatus.End.ACCEPTED, "accepted");
        }
        if (answer.status() == 401) {
            throw new IOException(delivery.host() + " does not accept this account and token (HTTP 401)");
        }
        answer.requireNoWait();
        JsonNode said = answer.json();
        int code = said.path("code").asInt(0);
        if (answer.status() != 400 || code == 0) {
            throw answer.failure();
        }
        String text400 = SafeText.line(said.path("message").asString(""), 80);
        return new SmsStatus(end(code), code + (text400.isEmpty() ? "" : " " + text400));
    }

    private static SmsStatus.End end(int code) {
        return switch (code) {
            // no valid number, its owner wants no messages, no mobile number
            case 21211, 21610, 21614 -> SmsStatus.End.REFUSED;
            default -> SmsStatus.End.FAILED;
        };
    }

    /** Shows no credentials. */
    @Override
    public String toString() {
        return delivery.host();
    }
}

package io.sitemonitor.alert.sms;

import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.internal.HttpAnswer;
import io.sitemonitor.alert.internal.HttpDelivery;
import io.sitemonitor.check.SafeText;
import java.io.IOException;
import java.util.List;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The messaging interface of Africa's Talking: one form posted for all recipients, one status back for each. */
record AfricasTalking(HttpDelivery delivery, String username, String apiKey) implements SmsService {

    static final String LIVE = "https://api.africastalking.com/version1/messaging";
    static final String SANDBOX = "https://api.sandbox.africastalking.com/version1/messaging";

    static AfricasTalking account(String username, String apiKey) {
        HttpUrl url = HttpUrl.get(username.equals("sandbox") ? SANDBOX : LIVE);
        return new AfricasTalking(HttpDelivery.to(url).hiding(List.of(apiKey)), username, apiKey);
    }

    @Override
    public SmsService over(HttpDelivery other) {
        return new AfricasTalking(other, username, apiKey);
    }

    @Override
    public void send(List<String> numbers, String text, @Nullable String from, Outcome outcome)
            throws IOException, RetryAlertException {
        FormBody.Builder form = new FormBody.Builder()
                .add("username", username)
                .add("to", String.join(",", numbers))
                .add("message", text);
        if (from != null) {
            form.add("from", from);
        }
        HttpAnswer answer = delivery.send(
                delivery.request().header("apiKey", apiKey).post(form.build()).build());
        if (answer.status() == 401) {
            throw new IOException(delivery.host() + " does not accept this user name and API key (HTTP 401)");
        }
        if (answer.status() != 200 && answer.status() != 201) {
            answer.requireNoWait();
            throw answer.failure();
        }
        tell(numbers, answer, outcome);
    }

    private void tell(List<String> numbers, HttpAnswer answer, Outcome outcome) throws IOException {
        JsonNode document = answer.json();
        if (document.isMissingNode()) {
            throw new IOException(delivery.host() + " answered something that is not JSON");
        }
        JsonNode data = document.path("SMSMessageData");
        boolean toldOfSomebody = false;
        for (JsonNode recipient : data.path("Recipients")) {
            String named = PhoneNumbers.normalize(recipient.path("number").asString(""));
            String number = named == null && numbers.size() == 1 ? numbers.get(0) : named;
            if (number != null) {
                outcome.told(number, status(recipient));
                toldOfSomebody = true;
            }
        }
        if (!toldOfSomebody) {
            String said = data.path("Message").asString("no recipient in the answer");
            throw new IOException(delivery.host() + " served nobody: " + SafeText.line(said, 200));
        }
    }

    private static SmsStatus status(JsonNode recipient) {
        int code = recipient.path("statusCode").asInt(0);
        String text = SafeText.line(recipient.path("status").asString(""), 80);
        return new SmsStatus(end(code), code + (text.isEmpty() ? "" : " " + text));
    }

    private static SmsStatus.End end(int code) {
        return switch (code) {
            // processed, sent, queued
            case 100, 101, 102 -> SmsStatus.End.ACCEPTED;
            case 403, 404, 406, 409 -> SmsStatus.End.REFUSED;
            default -> SmsStatus.End.FAILED;
        };
    }

    /** Shows no credentials. */
    @Override
    public String toString() {
        return delivery.host();
    }
}

package io.sitemonitor.alert.sms;

import io.sitemonitor.check.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The messaging interface of Africa's Talking: one form posted for all recipients, one status back for each. */
final class AfricasTalking {

    static final String LIVE = "https://api.africastalking.com/version1/messaging";
    static final String SANDBOX = "https://api.sandbox.africastalking.com/version1/messaging";

    private static final int MAX_ANSWER = 64 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    private final OkHttpClient client;
    private final HttpUrl endpoint;
    private final String username;
    private final String apiKey;

    AfricasTalking(OkHttpClient client, HttpUrl endpoint, String username, String apiKey) {
        this.client = client;
        this.endpoint = endpoint;
        this.username = username;
        this.apiKey = apiKey;
    }

    /** A client that keeps no connection and decides nothing by itself; to be shared. */
    static OkHttpClient client() {
        return new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                // A second request could be a second message: trying again is decided by who offers the alert.
                .retryOnConnectionFailure(false)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                .build();
    }

    /** The same client with another limit for a whole call. */
    static OkHttpClient within(Duration timeout, OkHttpClient client) {
        return client.newBuilder()
                .callTimeout(timeout)
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .build();
    }

    /**
     * Sends a text.
     *
     * @return the status for each number that the answer names
     * @throws IOException if it is not known that anybody was served
     */
    Map<String, Status> send(List<String> numbers, String text, @Nullable String from) throws IOException {
        FormBody.Builder form = new FormBody.Builder()
                .add("username", username)
                .add("to", String.join(",", numbers))
                .add("message", text);
        if (from != null) {
            form.add("from", from);
        }
        Call call = client.newCall(new Request.Builder()
                .url(endpoint)
                .header("apiKey", apiKey)
                .header("Accept", "application/json")
                .post(form.build())
                .build());
        int code;
        String answer;
        try (Response response = call.execute()) {
            code = response.code();
            answer = beginning(response.body().byteStream());
        } catch (Exception e) {
            throw failure(e);
        }
        if (code != 200 && code != 201) {
            throw new IOException(refusal(code, answer));
        }
        return statuses(numbers, answer);
    }

    /** OkHttp is Kotlin and declares nothing: an interrupt while it connects comes as InterruptedException. */
    private IOException failure(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (Thread.currentThread().isInterrupted()) {
            return new IOException("interrupted while waiting for " + where(), e);
        }
        if (e instanceof InterruptedIOException) {
            return new IOException("no answer in time from " + where(), e);
        }
        return new IOException("no answer from " + where() + " (" + SafeText.line(e.toString(), 200) + ')', e);
    }

    private String refusal(int code, String answer) {
        if (code == 401) {
            return where() + " does not accept this user name and API key (HTTP 401)";
        }
        String said =
                answer.isBlank() ? "" : ": " + SafeText.line(answer.strip().replace(apiKey, "***"), 200);
        return where() + " answered HTTP " + code + said;
    }

    private Map<String, Status> statuses(List<String> numbers, String answer) throws IOException {
        JsonNode data;
        try {
            data = JSON.readTree(answer).path("SMSMessageData");
        } catch (RuntimeException e) {
            throw new IOException(where() + " answered something that is not JSON");
        }
        Map<String, Status> statuses = new LinkedHashMap<>();
        for (JsonNode recipient : data.path("Recipients")) {
            String number = PhoneNumbers.normalize(recipient.path("number").asString(""));
            Status status = new Status(
                    recipient.path("statusCode").asInt(0),
                    SafeText.line(recipient.path("status").asString("").replace(apiKey, "***"), 80));
            if (number != null) {
                statuses.put(number, status);
            } else if (numbers.size() == 1) {
                statuses.put(numbers.get(0), status);
            }
        }
        if (statuses.isEmpty()) {
            String said =
                    data.path("Message").asString("no recipient in the answer").replace(apiKey, "***");
            throw new IOException(where() + " served nobody: " + SafeText.line(said, 200));
        }
        return statuses;
    }

    private String where() {
        return endpoint.host();
    }

    private static String beginning(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_ANSWER + 1);
        if (bytes.length > MAX_ANSWER) {
            throw new IOException("the answer is longer than " + MAX_ANSWER + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** What the answer says about one recipient. */
    record Status(int code, String text) {

        /** Processed, sent or queued. */
        boolean isAccepted() {
            return code >= 100 && code <= 102;
        }

        /** No later attempt can end otherwise: no such number, a kind that gets no messages, or its owner refuses them. */
        boolean isFinal() {
            return code == 403 || code == 404 || code == 406 || code == 409;
        }

        @Override
        public String toString() {
            return code + (text.isEmpty() ? "" : " " + text);
        }
    }
}

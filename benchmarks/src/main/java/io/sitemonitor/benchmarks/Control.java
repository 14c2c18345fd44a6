package io.sitemonitor.benchmarks;

import io.sitemonitor.alert.Alert;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to the target server or to a receiver of alerts. Safe for use by any number of threads. */
final class Control implements AutoCloseable {

    private static final MediaType JSON = MediaType.get("application/json");

    private final JsonMapper mapper = new JsonMapper();
    private final String address;
    private final OkHttpClient client = new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(1, 1, TimeUnit.MINUTES))
            .build();

    Control(String address) {
        this.address = address;
    }

    String address() {
        return address;
    }

    String get(String path) throws IOException {
        return ask(new Request.Builder().url(address + path).build());
    }

    /** Returns what the target server has done so far: {@code requests} and {@code cpuNanos}. */
    JsonNode stats() throws IOException {
        return mapper.readTree(get("/-/stats"));
    }

    void post(Alert alert) throws IOException {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("id", alert.id());
        line.put("incident", alert.incidentId());
        line.put("check", alert.check());
        line.put("kind", alert.kind().name());
        line.put("at", alert.at().toString());
        line.put("summary", alert.summary());
        ask(new Request.Builder()
                .url(address)
                .post(RequestBody.create(mapper.writeValueAsString(line) + "\n", JSON))
                .build());
    }

    private String ask(Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException(request.url() + " answered " + response.code());
            }
            return response.body().string();
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}

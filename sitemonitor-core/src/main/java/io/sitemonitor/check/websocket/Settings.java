package io.sitemonitor.check.websocket;

import io.sitemonitor.check.Secret;
import io.sitemonitor.check.internal.LineText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What is said to a WebSocket server. */
record Settings(
        Endpoint endpoint,
        Map<String, Secret> headers,
        List<String> subprotocols,
        List<Step> steps,
        boolean pings,
        boolean awaitsClose) {

    /** The most that all steps together send, in bytes: it must fit between two machines before the other one reads. */
    static final int MOST_SENT = 16_000;

    private static final int MAX_HEADERS = 32;
    private static final int MAX_HEADER = 8_000;
    private static final int MAX_NAME = 100;
    private static final int MAX_SUBPROTOCOLS = 16;
    private static final int MAX_STEPS = 64;

    /** Headers whose values are no secrets. */
    private static final Set<String> OPEN = Set.of("host", "origin", "user-agent", "accept-language");

    private static final Set<String> RESERVED =
            Set.of("connection", "content-length", "expect", "te", "trailer", "transfer-encoding", "upgrade");

    Settings {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    static Settings of(Endpoint endpoint) {
        return new Settings(endpoint, Map.of(), List.of(), List.of(), false, false);
    }

    Settings header(String name, Secret value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        if (name.length() > MAX_NAME || !LineText.isToken(name)) {
            throw new IllegalArgumentException("the name of a header must be at most " + MAX_NAME
                    + " letters, digits and dashes, but was '" + name + "'");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (RESERVED.contains(lower) || lower.startsWith("sec-websocket-")) {
            throw new IllegalArgumentException("the header " + name + " is set by the check itself");
        }
        Map<String, Secret> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        if (more.size() > MAX_HEADERS) {
            throw new IllegalArgumentException("a WebSocket check can have at most " + MAX_HEADERS + " headers");
        }
        return new Settings(endpoint, more, subprotocols, steps, pings, awaitsClose);
    }

    static Secret requireValue(String name, String value) {
        if (!isPlain(Objects.requireNonNull(value, "value"))) {
            throw new IllegalArgumentException("the value of the header " + name + " must have 1 to " + MAX_HEADER
                    + " characters of ASCII and no control characters");
        }
        return Secret.of(value);
    }

    /** Whether a text can be the value of a header. */
    static boolean isPlain(String value) {
        return !value.isEmpty() && value.length() <= MAX_HEADER && LineText.isPrintableAscii(value);
    }

    Settings subprotocol(String name) {
        Objects.requireNonNull(name, "subprotocol");
        if (name.length() > MAX_NAME || !LineText.isToken(name)) {
            throw new IllegalArgumentException("a subprotocol must be at most " + MAX_NAME
                    + " letters, digits and signs without separators, but was '" + name + "'");
        }
        List<String> more = new ArrayList<>(subprotocols);
        more.add(name);
        if (more.size() > MAX_SUBPROTOCOLS || subprotocols.contains(name)) {
            throw new IllegalArgumentException("a WebSocket check can have at most " + MAX_SUBPROTOCOLS
                    + " subprotocols, each once, but there was one more: " + name);
        }
        return new Settings(endpoint, headers, List.copyOf(more), steps, pings, awaitsClose);
    }

    Settings step(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        if (more.size() > MAX_STEPS) {
            throw new IllegalArgumentException("a WebSocket check can have at most " + MAX_STEPS + " steps");
        }
        int sent = more.stream().mapToInt(Step::size).sum();
        if (sent > MOST_SENT) {
            throw new IllegalArgumentException(
                    "a WebSocket check can send at most " + MOST_SENT + " bytes in all, but would send " + sent);
        }
        return new Settings(endpoint, headers, subprotocols, List.copyOf(more), pings, awaitsClose);
    }

    Settings withPing() {
        return new Settings(endpoint, headers, subprotocols, steps, true, awaitsClose);
    }

    Settings withClose() {
        return new Settings(endpoint, headers, subprotocols, steps, pings, true);
    }

    /** What may be shown nowhere. */
    List<Secret> secrets() {
        List<Secret> secrets = new ArrayList<>(endpoint.secrets());
        headers.forEach((name, value) -> {
            if (!OPEN.contains(name.toLowerCase(Locale.ROOT))) {
                secrets.add(value);
            }
        });
        for (Step step : steps) {
            if (step instanceof Step.SendSecret hidden) {
                secrets.add(hidden.text());
            }
        }
        return secrets;
    }
}

package io.sitemonitor.check.websocket;

import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.internal.FailedException;
import io.sitemonitor.check.internal.UserAgent;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The request by which a connection of HTTP becomes one of WebSocket (RFC 6455, section 4). */
record Upgrade(Settings settings, Conversation server) {

    /** The size of the key, in bytes. */
    static final int KEY = 16;

    private static final String END = "\r\n";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( .*)?");
    private static final int SWITCHING = 101;
    private static final int MOST_HEADERS = 100;
    private static final int MAX_SHOWN = 60;

    /** Makes the request and judges the answer. */
    void make(byte[] random) throws IOException {
        String key = Base64.getEncoder().encodeToString(random);
        byte[] request = request(key).getBytes(StandardCharsets.ISO_8859_1);
        if (request.length > Conversation.MAX_SENT) {
            throw new FailedException(
                    FailureKind.CHECK_ERROR,
                    "the request must have at most " + Conversation.MAX_SENT + " bytes, headers included");
        }
        server.send(request);
        int status = status(server.line());
        server.fact("status", Integer.toString(status));
        if (status != SWITCHING) {
            throw new FailedException(FailureKind.STATUS, "HTTP " + status);
        }
        judge(head(), accepted(key));
    }

    private String request(String key) throws FailedException {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("Host", settings.endpoint().authority());
        lines.put("User-Agent", UserAgent.NAME);
        for (Map.Entry<String, Secret> header : settings.headers().entrySet()) {
            String value = header.getValue().reveal();
            if (!Settings.isPlain(value)) {
                throw new FailedException(
                        FailureKind.CHECK_ERROR,
                        "the secret for the header " + header.getKey()
                                + " must be ASCII without control characters, such as ends of lines");
            }
            lines.keySet().removeIf(header.getKey()::equalsIgnoreCase);
            lines.put(header.getKey(), value);
        }
        lines.put("Upgrade", "websocket");
        lines.put("Connection", "Upgrade");
        lines.put("Sec-WebSocket-Key", key);
        lines.put("Sec-WebSocket-Version", "13");
        if (!settings.subprotocols().isEmpty()) {
            lines.put("Sec-WebSocket-Protocol", String.join(", ", settings.subprotocols()));
        }
        StringBuilder request = new StringBuilder("GET " + settings.endpoint().resource() + " HTTP/1.1" + END);
        lines.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append(END));
        return request.append(END).toString();
    }

    private static int status(String line) throws ProtocolException {
        var matcher = STATUS_LINE.matcher(line);
        if (!matcher.matches()) {
            throw new ProtocolException("answer is none of HTTP: '" + SafeText.line(line, MAX_SHOWN) + "'");
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** Reads the headers by their names in lower case; those of one name are one. */
    private Map<String, String> head() throws IOException {
        Map<String, String> head = new LinkedHashMap<>();
        String line = server.line();
        for (int count = 0; !line.isEmpty(); count++) {
            int colon = line.indexOf(':');
            if (colon < 1 || count == MOST_HEADERS) {
                throw new ProtocolException(
                        colon < 1
                                ? "answer has a header without a name"
                                : "answer has more than " + MOST_HEADERS + " headers");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            head.merge(name, bare(line.substring(colon + 1)), (one, other) -> one + ", " + other);
            line = server.line();
        }
        return head;
    }

    private void judge(Map<String, String> head, String accepted) throws IOException {
        String upgrade = head.get("upgrade");
        String connection = head.get("connection");
        if (!"websocket".equalsIgnoreCase(upgrade)) {
            throw new ProtocolException("answer does not upgrade to WebSocket");
        }
        if (connection == null || Arrays.stream(connection.split(",")).noneMatch(Upgrade::isUpgrade)) {
            throw new ProtocolException("answer does not upgrade the connection");
        }
        if (!accepted.equals(head.get("sec-websocket-accept"))) {
            throw new ProtocolException("answer does not belong to the key that was sent");
        }
        String extensions = head.get("sec-websocket-extensions");
        if (extensions != null && !extensions.isEmpty()) {
            throw new ProtocolException("server uses an extension that was not offered: " + extensions);
        }
        judge(head.get("sec-websocket-protocol"));
    }

    private void judge(@Nullable String subprotocol) throws IOException {
        if (subprotocol == null) {
            if (!settings.subprotocols().isEmpty()) {
                throw new FailedException(
                        FailureKind.ASSERTION, "server speaks none of the subprotocols " + settings.subprotocols());
            }
            return;
        }
        server.fact("subprotocol", subprotocol);
        if (!settings.subprotocols().contains(subprotocol)) {
            throw new ProtocolException("server chose a subprotocol that was not offered: " + subprotocol);
        }
    }

    /** Without the spaces and tabs around it, which are all that does not count (RFC 9110, section 5.6.3). */
    private static String bare(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isUpgrade(String option) {
        return bare(option).equalsIgnoreCase("upgrade");
    }

    private static String accepted(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-1", e);
        }
    }
}

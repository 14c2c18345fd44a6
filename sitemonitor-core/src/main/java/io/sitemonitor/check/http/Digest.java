package io.sitemonitor.check.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to a challenge of digest authentication (RFC 7616), for one request. */
final class Digest {

    private static final int MAX_CHALLENGE = 8_000;

    private Digest() {}

    /**
     * Answers the first challenge that can be answered, SHA-256 before MD5.
     *
     * @param challenges the values of {@code WWW-Authenticate}
     * @param method the method of the request
     * @param uri path and query of the request
     * @return the value of {@code Authorization}, or null if there is no such challenge
     */
    static @Nullable String answer(List<String> challenges, String method, String uri, String user, String password) {
        return answer(challenges, method, uri, user, password, clientNonce());
    }

    static @Nullable String answer(
            List<String> challenges, String method, String uri, String user, String password, String clientNonce) {
        String weak = null;
        for (String challenge : challenges) {
            Map<String, String> parameters = parse(challenge);
            String algorithm = parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
            String answer = answer(parameters, algorithm, new Asked(method, uri, user, password, clientNonce));
            if (answer != null && algorithm.startsWith("SHA-256")) {
                return answer;
            }
            weak = weak == null ? answer : weak;
        }
        return weak;
    }

    private record Asked(String method, String uri, String user, String password, String clientNonce) {}

    private static @Nullable String answer(Map<String, String> parameters, String algorithm, Asked asked) {
        String nonce = parameters.get("nonce");
        String realm = parameters.get("realm");
        boolean session = algorithm.endsWith("-SESS");
        String hash = session ? algorithm.substring(0, algorithm.length() - 5) : algorithm;
        if (nonce == null || realm == null || !(hash.equals("MD5") || hash.equals("SHA-256"))) {
            return null;
        }
        String offered = parameters.get("qop");
        boolean counted = offered != null;
        if (offered != null && Arrays.stream(offered.split("[, ]+")).noneMatch("auth"::equalsIgnoreCase)) {
            return null; // a digest of the body is wanted
        }
        String clientNonce = asked.clientNonce;
        String secret = hash(hash, asked.user + ":" + realm + ":" + asked.password);
        if (session) {
            secret = hash(hash, secret + ":" + nonce + ":" + clientNonce);
        }
        String request = hash(hash, asked.method + ":" + asked.uri);
        String response = counted
                ? hash(hash, secret + ":" + nonce + ":00000001:" + clientNonce + ":auth:" + request)
                : hash(hash, secret + ":" + nonce + ":" + request);
        StringBuilder value = new StringBuilder("Digest username=").append(quoted(asked.user));
        value.append(", realm=").append(quoted(realm)).append(", nonce=").append(quoted(nonce));
        value.append(", uri=").append(quoted(asked.uri)).append(", response=").append(quoted(response));
        value.append(", algorithm=").append(parameters.getOrDefault("algorithm", "MD5"));
        if (counted || session) {
            value.append(", cnonce=").append(quoted(clientNonce));
        }
        if (counted) {
            value.append(", qop=auth, nc=00000001");
        }
        String opaque = parameters.get("opaque");
        if (opaque != null) {
            value.append(", opaque=").append(quoted(opaque));
        }
        return value.toString();
    }

    /** Reads the parameters of a challenge: names, equals signs, tokens or quoted texts, commas. */
    private static Map<String, String> parse(String challenge) {
        Map<String, String> parameters = new HashMap<>();
        if (challenge.length() > MAX_CHALLENGE || !challenge.regionMatches(true, 0, "Digest ", 0, 7)) {
            return parameters;
        }
        int at = 7;
        while (at < challenge.length()) {
            int equals = challenge.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name =
                    challenge.substring(at, equals).replace(",", " ").strip().toLowerCase(Locale.ROOT);
            StringBuilder value = new StringBuilder();
            at = value(challenge, equals + 1, value);
            parameters.putIfAbsent(name, value.toString());
        }
        return parameters;
    }

    private static int value(String challenge, int from, StringBuilder value) {
        int at = from;
        if (at < challenge.length() && challenge.charAt(at) == '"') {
            for (at++; at < challenge.length() && challenge.charAt(at) != '"'; at++) {
                if (challenge.charAt(at) == '\\' && at + 1 < challenge.length()) {
                    at++;
                }
                value.append(challenge.charAt(at));
            }
            return at + 1;
        }
        while (at < challenge.length() && challenge.charAt(at) != ',' && challenge.charAt(at) != ' ') {
            value.append(challenge.charAt(at++));
        }
        return at + 1;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String clientNonce() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String hash(String algorithm, String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + algorithm, e);
        }
    }
}

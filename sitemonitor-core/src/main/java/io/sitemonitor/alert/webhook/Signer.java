package io.sitemonitor.alert.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as the Standard Webhooks specification says, with each of its keys. Immutable; shows none of them. */
final class Signer {

    private static final String PREFIX = "whsec_";
    private static final String HMAC = "HmacSHA256";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final List<SecretKeySpec> keys;

    private Signer(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    static Signer of(String key, String... older) {
        List<SecretKeySpec> keys = new ArrayList<>();
        keys.add(read(key));
        for (String one : Objects.requireNonNull(older, "older")) {
            keys.add(read(one));
        }
        return new Signer(List.copyOf(keys));
    }

    /** Returns the same keys without what they begin with. */
    static List<String> bare(List<String> keys) {
        return keys.stream().map(key -> key.substring(PREFIX.length())).toList();
    }

    /** Returns the signatures, separated by spaces. */
    String sign(String id, long timestamp, byte[] body) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream(body.length + 64);
        signed.writeBytes((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        StringJoiner signatures = new StringJoiner(" ");
        for (SecretKeySpec key : keys) {
            signatures.add("v1," + Base64.getEncoder().encodeToString(hmac(key, signed.toByteArray())));
        }
        return signatures.toString();
    }

    private static byte[] hmac(SecretKeySpec key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no HMAC-SHA-256", e);
        }
    }

    private static SecretKeySpec read(String key) {
        Objects.requireNonNull(key, "key");
        byte[] bytes = {};
        if (key.startsWith(PREFIX)) {
            try {
                bytes = Base64.getDecoder().decode(key.substring(PREFIX.length()));
            } catch (IllegalArgumentException e) {
                // Its message quotes the key, so it is not passed on; what was not read is too short.
                bytes = new byte[0];
            }
        }
        if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("a signing key must be '" + PREFIX + "' and " + LEAST_BYTES + " to "
                    + MOST_BYTES + " bytes in base64");
        }
        return new SecretKeySpec(bytes, HMAC);
    }
}

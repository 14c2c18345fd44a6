package io.sitemonitor.check.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** Reads files of certificates and keys in the textual form of RFC 7468. */
public final class Pem {

    private static final int MAX_FILE = 1024 * 1024;
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "Ed448");

    private Pem() {}

    /**
     * Reads certificates.
     *
     * @param file the file
     * @return at least one, in the order of the file
     * @throws IllegalArgumentException if it cannot be read or there is none
     */
    public static List<X509Certificate> certificates(Path file) {
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] block : blocks(file, "CERTIFICATE")) {
                if (factory.generateCertificate(new ByteArrayInputStream(block)) instanceof X509Certificate each) {
                    found.add(each);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the file " + file + " holds a certificate that cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the file " + file + " holds no certificate between lines of"
                    + " BEGIN CERTIFICATE and END CERTIFICATE");
        }
        return found;
    }

    /**
     * Reads a private key.
     *
     * @param file the file
     * @return the key
     * @throws IllegalArgumentException if it cannot be read or is not in the form PKCS #8 without a password
     */
    public static PrivateKey privateKey(Path file) {
        List<byte[]> blocks = blocks(file, "PRIVATE KEY");
        if (blocks.size() != 1) {
            throw new IllegalArgumentException("the file " + file + " must hold one private key between lines of"
                    + " BEGIN PRIVATE KEY and END PRIVATE KEY (PKCS #8, without a password), but holds "
                    + blocks.size());
        }
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(blocks.get(0));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (GeneralSecurityException e) {
                continue; // it is a key of another algorithm
            }
        }
        throw new IllegalArgumentException("the file " + file + " holds a private key of none of " + ALGORITHMS);
    }

    private static List<byte[]> blocks(Path file, String type) {
        String begin = "-----BEGIN " + type + "-----";
        String end = "-----END " + type + "-----";
        String text = text(file);
        List<byte[]> blocks = new ArrayList<>();
        for (int from = text.indexOf(begin); from >= 0; from = text.indexOf(begin, from)) {
            int to = text.indexOf(end, from);
            if (to < 0) {
                throw new IllegalArgumentException("the file " + file + " has no line " + end);
            }
            try {
                blocks.add(Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the file " + file + " is damaged after " + begin, e);
            }
            from = to;
        }
        return blocks;
    }

    private static String text(Path file) {
        try {
            if (Files.size(Objects.requireNonNull(file, "file")) > MAX_FILE) {
                throw new IllegalArgumentException("the file " + file + " has more than " + MAX_FILE + " bytes");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + file + " cannot be read: " + e, e);
        }
    }
}

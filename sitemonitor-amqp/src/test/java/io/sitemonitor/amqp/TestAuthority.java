package io.sitemonitor.amqp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority of the tests' own, made anew each time, and whom it has certified. */
final class TestAuthority {

    /** Of every key store that it writes. */
    static final char[] PASSWORD = "s3cr3t-store".toCharArray();

    private final Path directory;
    private final Path keys;

    /** Makes an authority, with its files in this directory. */
    TestAuthority(Path directory) throws Exception {
        this.directory = Files.createDirectories(directory);
        keys = directory.resolve("keys.p12");
        keytool("-alias", "ca", "-dname", "CN=" + directory.getFileName(), "-ext", "bc:c");
        writePem(certificate(), load().getCertificate("ca"));
    }

    /** Certifies somebody, as a client or as the host of that name. */
    void certify(String name) throws Exception {
        keytool("-alias", name, "-dname", "CN=" + name, "-signer", "ca", "-ext", "san=dns:" + name);
        writePem(certificate(name), load().getCertificateChain(name));
        String key = Base64.getMimeEncoder()
                .encodeToString(load().getKey(name, PASSWORD).getEncoded());
        Files.writeString(key(name), "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
    }

    /** The authority's certificate. */
    Path certificate() {
        return directory.resolve("ca.pem");
    }

    Path certificate(String name) {
        return directory.resolve(name + ".pem");
    }

    Path key(String name) {
        return directory.resolve(name + ".key");
    }

    /** Somebody's certificate and key in a store. */
    Path keyStore(String name) throws Exception {
        KeyStore store = empty("PKCS12");
        store.setKeyEntry(name, load().getKey(name, PASSWORD), PASSWORD, load().getCertificateChain(name));
        return write(store, name + ".p12");
    }

    /** The authority's certificate in a store. */
    Path trustStore(String type) throws Exception {
        KeyStore store = empty(type);
        store.setCertificateEntry("ca", load().getCertificate("ca"));
        return write(store, "trust." + type);
    }

    private KeyStore load() throws Exception {
        return KeyStore.getInstance(keys.toFile(), PASSWORD);
    }

    private static KeyStore empty(String type) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        return store;
    }

    private Path write(KeyStore store, String name) throws Exception {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
        return file;
    }

    private static void writePem(Path file, Certificate... certificates) throws Exception {
        StringBuilder pem = new StringBuilder();
        for (Certificate each : certificates) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder().encodeToString(each.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Files.writeString(file, pem, StandardCharsets.US_ASCII);
    }

    private void keytool(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                keys.toString()));
        command.addAll(List.of(options));
        Path output = directory.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("keytool failed: " + Files.readString(output));
        }
    }
}

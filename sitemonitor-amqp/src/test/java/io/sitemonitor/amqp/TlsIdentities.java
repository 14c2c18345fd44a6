package io.sitemonitor.amqp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of an authority of our own, good and bad ones. Made once, when they are first asked for. */
final class TlsIdentities {

    /** What a server shows. */
    enum Shown {
        RIGHT,
        WRONG_NAME,
        EXPIRED,
        SELF_SIGNED
    }

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final TlsIdentities ALL = make();

    private final Key key;
    private final Certificate authority;
    private final Map<Shown, List<Certificate>> chains = new EnumMap<>(Shown.class);

    private TlsIdentities(Path directory) throws Exception {
        Path authorityKeys = directory.resolve("authority.p12");
        Path keys = directory.resolve("server.p12");
        Path request = directory.resolve("request");
        keytool(authorityKeys, "-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
        keytool(
                keys,
                "-genkeypair",
                "-alias",
                "s",
                "-keyalg",
                "EC",
                "-dname",
                "CN=server",
                "-ext",
                "san=dns:localhost");
        keytool(keys, "-certreq", "-alias", "s", "-file", request.toString());
        key = load(keys).getKey("s", PASSWORD);
        authority = load(authorityKeys).getCertificate("a");
        chains.put(Shown.SELF_SIGNED, List.of(load(keys).getCertificate("s")));
        chains.put(Shown.RIGHT, signed(authorityKeys, request, "-ext", "san=dns:localhost"));
        chains.put(Shown.WRONG_NAME, signed(authorityKeys, request, "-ext", "san=dns:elsewhere.example"));
        chains.put(
                Shown.EXPIRED,
                signed(authorityKeys, request, "-ext", "san=dns:localhost", "-startdate", "-10d", "-validity", "1"));
    }

    /** A context for a server that shows this. */
    static SSLContext showing(Shown shown) throws Exception {
        KeyStore keys = empty();
        keys.setKeyEntry("s", ALL.key, PASSWORD, ALL.chains.get(shown).toArray(new Certificate[0]));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust(), null);
        return context;
    }

    /** A context for a client that trusts the authority and nobody else. */
    static SSLContext trusting() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust(), null);
        return context;
    }

    /** Writes what a server shows, and its key, for programs that read PEM. */
    static void write(Shown shown, Path certificates, Path key) throws Exception {
        StringBuilder chain = new StringBuilder();
        for (Certificate certificate : ALL.chains.get(shown)) {
            chain.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        Files.writeString(certificates, chain);
        Files.writeString(key, pem("PRIVATE KEY", ALL.key.getEncoded()));
    }

    private static String pem(String what, byte[] encoded) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    private static TrustManager[] trust() throws Exception {
        KeyStore trusted = empty();
        trusted.setCertificateEntry("authority", ALL.authority);
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        return managers.getTrustManagers();
    }

    private static TlsIdentities make() {
        try {
            Path directory = Files.createTempDirectory("tls-identities");
            try {
                return new TlsIdentities(directory);
            } finally {
                EmbeddedBroker.deleteAll(directory);
            }
        } catch (Exception e) {
            throw new IllegalStateException("no certificates", e);
        }
    }

    private List<Certificate> signed(Path authorityKeys, Path request, String... more) throws Exception {
        Path answer = request.resolveSibling("answer");
        List<String> words = new ArrayList<>(
                List.of("-gencert", "-alias", "a", "-infile", request.toString(), "-outfile", answer.toString()));
        words.addAll(List.of(more));
        keytool(authorityKeys, words.toArray(new String[0]));
        try (InputStream in = Files.newInputStream(answer)) {
            return List.of(CertificateFactory.getInstance("X.509").generateCertificate(in), authority);
        }
    }

    private static KeyStore empty() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        return keys;
    }

    private static KeyStore load(Path file) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static void keytool(Path keys, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words));
        command.addAll(
                List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-keystore", keys.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + command);
        }
    }
}

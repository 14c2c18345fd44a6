package io.sitemonitor.amqp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** TLS before a broker that speaks none, with a certificate of its own making. */
final class TlsFront implements AutoCloseable {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final @Nullable Path directory;
    private final @Nullable KeyStore keys;
    private final SSLServerSocket server;
    private final int target;

    private TlsFront(@Nullable Path directory, @Nullable KeyStore keys, SSLServerSocket server, int target) {
        this.directory = directory;
        this.keys = keys;
        this.server = server;
        this.target = target;
    }

    static TlsFront before(int target, String name) throws Exception {
        Path directory = Files.createTempDirectory("tls-front");
        KeyStore keys = keys(directory.resolve("keys.p12"), name);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        TlsFront front = new TlsFront(directory, keys, server, target);
        daemon(front::accept);
        return front;
    }

    /** Shows what the context has to show. */
    static TlsFront before(int target, SSLContext context) throws Exception {
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        TlsFront front = new TlsFront(null, null, server, target);
        daemon(front::accept);
        return front;
    }

    int port() {
        return server.getLocalPort();
    }

    String uri() {
        return "amqps://guest:guest@localhost:" + server.getLocalPort() + "/";
    }

    /** The certificate that it shows. */
    X509Certificate trusted() throws Exception {
        return (X509Certificate) keys().getCertificate("front");
    }

    /** Trusts this one's certificate and nobody else's. */
    SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("front", keys().getCertificate("front"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (directory != null) {
            EmbeddedBroker.deleteAll(directory);
        }
    }

    private KeyStore keys() {
        return Objects.requireNonNull(keys, "it shows what it was given");
    }

    private static KeyStore keys(Path file, String name) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "front",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
                daemon(() -> pump(client, broker));
                daemon(() -> pump(broker, client));
            } catch (IOException e) {
                LoggerFactory.getLogger(TlsFront.class).debug("no longer accepting", e);
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            LoggerFactory.getLogger(TlsFront.class).debug("a connection ended", e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tls-front");
        thread.setDaemon(true);
        thread.start();
    }
}

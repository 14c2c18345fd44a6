package io.sitemonitor.amqp;

import io.sitemonitor.check.RealServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A TLS server as another library makes it, with the right certificate and no broker behind it. Needs openssl. */
final class OpenSslServer implements AutoCloseable {

    private final Path directory;
    private final RealServer server;

    private OpenSslServer(Path directory, RealServer server) {
        this.directory = directory;
        this.server = server;
    }

    /** With options of {@code openssl s_server}, such as the only version that it speaks. */
    static OpenSslServer with(String... options) throws Exception {
        Path directory = Files.createTempDirectory("openssl-server");
        Path key = directory.resolve("key.pem");
        Path certificate = directory.resolve("certificate.pem");
        TlsIdentities.write(TlsIdentities.Shown.RIGHT, certificate, key);
        List<String> words = new ArrayList<>(List.of(
                "s_server",
                "-quiet",
                "-cipher",
                "ALL:@SECLEVEL=0",
                "-key",
                key.toString(),
                "-cert",
                certificate.toString(),
                "-accept"));
        return new OpenSslServer(directory, RealServer.start(directory, "openssl", "openssl", port -> {
            words.add("127.0.0.1:" + port);
            words.addAll(List.of(options));
            return words;
        }));
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() throws Exception {
        server.close();
        EmbeddedBroker.deleteAll(directory);
    }
}

package io.sitemonitor.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A private authority and the certificates that it gives out, for tests. */
public final class Certificates {

    private final HeldCertificate authority = new HeldCertificate.Builder()
            .certificateAuthority(0)
            .commonName("Test Authority")
            .duration(3650, TimeUnit.DAYS)
            .build();

    /** Settings that trust this authority. */
    public TlsSettings trusted() {
        return TlsSettings.system().trust(authority.certificate());
    }

    public HeldCertificate authority() {
        return authority;
    }

    /** A certificate for a name, valid from a day ago on for so long from now; negative if it has expired. */
    public HeldCertificate given(String name, Duration validFor) {
        Instant now = Instant.now();
        return new HeldCertificate.Builder()
                .signedBy(authority)
                .commonName(name)
                .addSubjectAlternativeName(name)
                .validityInterval(
                        now.minus(Duration.ofDays(30)).toEpochMilli(),
                        now.plus(validFor).toEpochMilli())
                .build();
    }

    /** A server's side of TLS over connections that are made already. */
    public SSLSocketFactory server(HeldCertificate held) {
        return new HandshakeCertificates.Builder()
                .heldCertificate(held, authority.certificate())
                .addTrustedCertificate(authority.certificate())
                .build()
                .sslSocketFactory();
    }

    /** Encrypts a connection as a server. */
    public SSLSocket accept(HeldCertificate held, Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) server(held).createSocket(plain, null, true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    /** Writes a certificate, and those that lead to the authority, into a file. */
    public Path pem(Path folder, HeldCertificate held) {
        return write(folder.resolve("certificate.pem"), held.certificatePem() + authority.certificatePem());
    }

    /** Writes a private key into a file. */
    public static Path key(Path folder, HeldCertificate held) {
        return write(folder.resolve("key.pem"), held.privateKeyPkcs8Pem());
    }

    /** A port on which nobody listens. */
    public static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

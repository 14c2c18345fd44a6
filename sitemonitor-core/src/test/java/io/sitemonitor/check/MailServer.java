package io.sitemonitor.check;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.InputStream;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

/** A mail server that this project did not write, with one user, on free ports of the loopback address. */
public final class MailServer implements AutoCloseable {

    public static final String USER = "monitor";
    public static final Secret PASSWORD = Secret.of("correct-\"horse\\");

    private final GreenMail server = new GreenMail(new ServerSetup[] {
        setup(ServerSetup.PROTOCOL_SMTP),
        setup(ServerSetup.PROTOCOL_SMTPS),
        setup(ServerSetup.PROTOCOL_IMAP),
        setup(ServerSetup.PROTOCOL_IMAPS),
        setup(ServerSetup.PROTOCOL_POP3),
        setup(ServerSetup.PROTOCOL_POP3S)
    });

    public MailServer() {
        server.start();
        server.setUser("box@shop.example", USER, PASSWORD.reveal());
    }

    private static ServerSetup setup(String protocol) {
        return new ServerSetup(0, "127.0.0.1", protocol).dynamicPort();
    }

    public GreenMail mail() {
        return server;
    }

    /** Trusts the certificate of this server, which is made out for no host. */
    public static TlsSettings trusted() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = GreenMail.class.getResourceAsStream("/greenmail.p12")) {
            store.load(in, "changeit".toCharArray());
        }
        if (store.getCertificate("greenmail") instanceof X509Certificate certificate) {
            return TlsSettings.system().trust(certificate).insecureTakeAnyName();
        }
        throw new IllegalStateException("the mail server has no certificate");
    }

    @Override
    public void close() {
        server.stop();
    }
}

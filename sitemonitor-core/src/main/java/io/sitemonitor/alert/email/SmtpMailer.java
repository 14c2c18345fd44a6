package io.sitemonitor.alert.email;

import io.sitemonitor.check.SafeText;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.StringJoiner;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSSLTransport;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands finished messages to a mail server, over one connection that is closed afterwards. The only class that knows
 * Jakarta Mail, which may be absent.
 */
final class SmtpMailer {

    private static final Logger log = LoggerFactory.getLogger(SmtpMailer.class);

    private final SmtpServer server;
    private final SSLSocketFactory tls;
    private final Duration timeout;

    SmtpMailer(SmtpServer server, SSLSocketFactory tls, Duration timeout) {
        this.server = server;
        this.tls = tls;
        this.timeout = timeout;
    }

    /** A message for one recipient. */
    record Envelope(String recipient, MailAddress to, byte[] message) {}

    /** Is told of each recipient that is done. */
    interface Outcome {

        void delivered(Envelope envelope);

        void refused(Envelope envelope, String reason);
    }

    /**
     * Sends each message to its recipient.
     *
     * @param localName the name by which to greet the server
     * @param from whom the server may tell of failures
     * @throws IOException if some recipients are not done, but may be later
     */
    void send(List<Envelope> envelopes, String localName, MailAddress from, Outcome outcome) throws IOException {
        String protocol = server.tlsFromStart() ? "smtps" : "smtp";
        Session session = Session.getInstance(properties("mail." + protocol + '.', localName, from));
        URLName url = new URLName(protocol, server.host(), server.port(), null, null, null);
        SMTPTransport transport =
                server.tlsFromStart() ? new SMTPSSLTransport(session, url) : new SMTPTransport(session, url);
        try {
            connect(transport);
            sendAll(session, transport, envelopes, outcome);
        } finally {
            close(transport);
        }
    }

    private void connect(SMTPTransport transport) throws IOException {
        try {
            transport.connect(server.host(), server.port(), server.user(), server.password());
        } catch (AuthenticationFailedException e) {
            // What the server says about credentials may repeat them, so it is not passed on.
            throw new IOException(server.shown() + " did not accept the user name and password (answer "
                    + transport.getLastReturnCode() + ')');
        } catch (MessagingException e) {
            throw lost(e);
        }
    }

    private void sendAll(Session session, SMTPTransport transport, List<Envelope> envelopes, Outcome outcome)
            throws IOException {
        StringJoiner failed = new StringJoiner("; ");
        for (Envelope envelope : envelopes) {
            if (failed.length() > 0 && !transport.isConnected()) {
                break;
            }
            try {
                MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(envelope.message()));
                transport.sendMessage(
                        message,
                        new Address[] {new InternetAddress(envelope.to().address())});
                outcome.delivered(envelope);
            } catch (MessagingException e) {
                Reply reply = Reply.in(e);
                if (reply == null) {
                    throw lost(e);
                } else if (reply.isFinal()) {
                    outcome.refused(envelope, reply.text());
                } else {
                    failed.add(envelope.recipient() + ": " + reply.text());
                }
            }
        }
        if (failed.length() > 0) {
            throw new IOException(server.shown() + " could not take the mail for everybody (" + failed + ')');
        }
    }

    private IOException lost(MessagingException e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String said = root.getMessage() == null ? "" : ": " + root.getMessage().strip();
        String reason = SafeText.line(root.getClass().getSimpleName() + said, 300);
        return new IOException("no mail could be handed to " + server.shown() + " (" + reason + ')', e);
    }

    private static void close(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            // What was to be said has been said; the socket is closed in any case.
            log.debug("the connection to the mail server did not end well", e);
        }
    }

    private Properties properties(String prefix, String localName, MailAddress from) {
        Properties properties = new Properties();
        String millis = Long.toString(timeout.toMillis());
        properties.put(prefix + "connectiontimeout", millis);
        properties.put(prefix + "timeout", millis);
        // Channels can be interrupted, in a write too, which needs no thread of its own to bound it then.
        properties.put(prefix + "usesocketchannels", "true");
        properties.put(prefix + "ssl.socketFactory", tls);
        properties.put(prefix + "socketFactory.fallback", "false");
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "ssl.protocols", "TLSv1.3 TLSv1.2");
        SmtpServer.StartTls startTls = server.startTls();
        properties.put(prefix + "starttls.enable", Boolean.toString(startTls != SmtpServer.StartTls.OFF));
        properties.put(prefix + "starttls.required", Boolean.toString(startTls == SmtpServer.StartTls.REQUIRED));
        properties.put(prefix + "auth", Boolean.toString(server.user() != null));
        properties.put(prefix + "auth.mechanisms", "PLAIN LOGIN");
        properties.put(prefix + "quitwait", "false");
        properties.put(prefix + "localhost", localName);
        properties.put(prefix + "from", from.address());
        return properties;
    }

    /** What the server answered about one message. */
    private record Reply(int code, String text) {

        static @Nullable Reply in(MessagingException e) {
            Exception link = e;
            while (link != null) {
                int code = code(link);
                if (code > 0) {
                    return new Reply(
                            code,
                            SafeText.line(String.valueOf(link.getMessage()).strip(), 200));
                }
                link = link instanceof MessagingException m ? m.getNextException() : null;
            }
            return null;
        }

        /** No later attempt can end otherwise, unless it is the credentials or the encryption that is asked for. */
        boolean isFinal() {
            return code >= 500 && code != 530 && code != 534 && code != 535 && code != 538;
        }

        private static int code(Exception link) {
            if (link instanceof SMTPAddressFailedException address) {
                return address.getReturnCode();
            }
            if (link instanceof SMTPSenderFailedException sender) {
                return sender.getReturnCode();
            }
            return link instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
        }
    }
}

package io.sitemonitor.alert.email;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Recipients;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.alert.email.SmtpMailer.Envelope;
import io.sitemonitor.alert.internal.PartialDeliveries;
import io.sitemonitor.check.SafeText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends alerts by e-mail. Needs {@code org.eclipse.angus:angus-mail} on the class path.
 *
 * <pre>{@code
 * .alert(EmailListener.smtp("smtp://mail.internal").to(fromContact().and("ops@shop.example")))
 * }</pre>
 *
 * <p>A mail has two forms. The plain one is the text of {@link AlertTexts}, then what is known of the outage. The one in
 * HTML shows the same and what the run saw, for a phone or a desk, light or dark; it loads nothing and links to nothing
 * but the target. What comes from a target is escaped in it. Everybody gets a mail of their own.
 *
 * <p><b>Threads of mails:</b> the message id follows from the id of the alert, so a mail that is sent again can be told
 * from a new one. All mails about one incident answer the same mail, which is never sent, so that clients show them as one
 * conversation, whichever of them came first ({@code In-Reply-To}, {@code References}; for Outlook {@code Thread-Topic}
 * and {@code Thread-Index}). Gmail asks for the same subject, too: {@link AlertTexts#sameSubject(String)}.
 *
 * <p><b>Rules of mailboxes</b> can go by {@code X-Sitemonitor-Monitor}, {@code -Check}, {@code -Kind}, {@code -State},
 * {@code -Severity}, {@code -Incident-Id} and {@code -Alert-Id}. {@code Importance} is high for what is
 * {@linkplain io.sitemonitor.alert.Severity critical or an error}, except for its end, and low for what is good to know.
 * No machine is asked to answer: {@code Auto-Submitted}, {@code X-Auto-Response-Suppress}.
 *
 * <p><b>At least once:</b> whose mail the server took is remembered, so that when it took some and others not yet, only
 * the others get the next attempt. A mail whose acknowledgement was lost is sent again, with the same message id, and so
 * may be one from before a restart.
 *
 * <p><b>Failure:</b> a recipient, sender or message that the server refuses for good (an answer from 500 on) is refused
 * once and for all; if that is so for everybody, the alert is {@linkplain UndeliverableAlertException undeliverable},
 * otherwise it is logged. Everything else is tried again: no connection, a temporary refusal, a certificate that is not
 * trusted, even wrong credentials, since that can be put right.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; the options are copies. A call makes a connection and closes
 * it, and ends when it is interrupted.
 */
public final class EmailListener implements AlertListener {

    /** How long a single step may take: 8 seconds, less than the 10 that an alert listener has. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(8);

    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);
    private static final String NEEDED = "org.eclipse.angus.mail.smtp.SMTPTransport";

    private final Options options;
    private final PartialDeliveries deliveries = new PartialDeliveries();

    private EmailListener(Options options) {
        this.options = options;
    }

    /**
     * Begins with a mail server.
     *
     * <p>{@code smtp://} is port 25 unless another is given, {@code smtps://}, where the connection is encrypted from the
     * start, is port 465. With {@code ?starttls=required} no mail goes without encryption, with {@code optional} it is
     * encrypted if the server offers that, with {@code off} it is not. Default: {@code off} to this machine, elsewhere
     * {@code required} if there are credentials and {@code optional} if not. Whenever a connection is encrypted, the
     * certificate of the server is verified, and that it is for this host.
     *
     * @param url such as {@code smtp://mail.internal} or {@code smtp://user:password@mail.example:587}, user and password
     *     percent-encoded; they are shown nowhere
     * @return a listener that sends to the contacts of each check
     * @throws IllegalArgumentException if it is not such a URL
     * @throws IllegalStateException if {@code org.eclipse.angus:angus-mail} is not on the class path
     */
    public static EmailListener smtp(String url) {
        SmtpServer server = SmtpServer.parse(url);
        try {
            Class.forName(NEEDED, false, EmailListener.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException("EmailListener needs org.eclipse.angus:angus-mail on the class path", e);
        }
        return new EmailListener(new Options(
                server, null, null, Recipients.fromContact(), AlertTexts.DEFAULT, false, null, DEFAULT_TIMEOUT));
    }

    /**
     * Signs in to the server.
     *
     * <p>Default: what the URL says, or not at all.
     *
     * @param user the user name, as it is
     * @param password the password, as it is; shown nowhere
     * @return a copy that does so
     * @throws IllegalArgumentException if one of them is empty
     */
    public EmailListener credentials(String user, String password) {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        return new EmailListener(options.server(options.server().with(user, password)));
    }

    /**
     * Names the sender.
     *
     * <p>Default {@code sitemonitor@} and the name of this machine.
     *
     * @param address such as {@code alerts@shop.example} or {@code Shop alerts <alerts@shop.example>}
     * @return a copy that does so
     * @throws IllegalArgumentException if it is not an address
     */
    public EmailListener from(String address) {
        Objects.requireNonNull(address, "address");
        return new EmailListener(options.addresses(MailAddress.requireNamed(address), options.replyTo()));
    }

    /**
     * Names who gets the answers.
     *
     * <p>Default: the sender.
     *
     * @param address such as {@code ops@shop.example} or {@code Operations <ops@shop.example>}
     * @return a copy that does so
     * @throws IllegalArgumentException if it is not an address
     */
    public EmailListener replyTo(String address) {
        Objects.requireNonNull(address, "address");
        return new EmailListener(options.addresses(options.from(), MailAddress.requireNamed(address)));
    }

    /**
     * Sends to certain people.
     *
     * @param first an address, such as {@code ops@shop.example}
     * @param more further ones
     * @return a copy that does so
     * @throws IllegalArgumentException if one of them is not an address, or there are more than {@value Recipients#MAX}
     */
    public EmailListener to(String first, String... more) {
        return to(Recipients.of(first, more));
    }

    /**
     * Sends to the contacts of a check that have an {@code @}, to certain people, or to both.
     *
     * <p>Default {@link Recipients#fromContact()}.
     *
     * @param recipients who gets the mails
     * @return a copy that does so
     * @throws IllegalArgumentException if one of those named is not an address
     */
    public EmailListener to(Recipients recipients) {
        recipients.named().forEach(MailAddress::require);
        return new EmailListener(options.content(recipients, options.texts(), options.plainTextOnly()));
    }

    /**
     * Says something else.
     *
     * <p>Default {@link AlertTexts#DEFAULT}.
     *
     * @param texts what to say
     * @return a copy that does so
     */
    public EmailListener texts(AlertTexts texts) {
        Objects.requireNonNull(texts, "texts");
        return new EmailListener(options.content(options.recipients(), texts, options.plainTextOnly()));
    }

    /**
     * Leaves out the form in HTML.
     *
     * <p>Default: a mail has both forms, and the mail client shows which it can.
     *
     * @return a copy that does so
     */
    public EmailListener plainTextOnly() {
        return new EmailListener(options.content(options.recipients(), options.texts(), true));
    }

    /**
     * Trusts other certificates than the machine does, such as those of a private authority, or shows one of its own.
     *
     * <p>Default: what the machine trusts.
     *
     * @param context makes the encrypted connections; the name of the host is verified in any case
     * @return a copy that does so
     */
    public EmailListener sslContext(SSLContext context) {
        Objects.requireNonNull(context, "context");
        return new EmailListener(options.connection(context.getSocketFactory(), options.timeout()));
    }

    /**
     * Bounds each step: the connection, and the wait for each answer of the server.
     *
     * <p>Default 8 seconds, from 1 millisecond to 5 minutes. Should be shorter than the timeout of the
     * {@link io.sitemonitor.alert.AlertPolicy}, which bounds the whole.
     *
     * @param timeout the longest time of a step
     * @return a copy that does so
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public EmailListener timeout(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be from PT0.001S to " + LONGEST_TIMEOUT + ", but was " + timeout);
        }
        return new EmailListener(options.connection(options.tls(), timeout));
    }

    /**
     * Sends a mail to everybody who does not have it yet.
     *
     * @param alert the alert
     * @throws UndeliverableAlertException if there is nobody to send it to, or the server refused it for everybody
     * @throws IOException if somebody's mail could not be handed to the server now
     */
    @Override
    public void onAlert(Alert alert) throws IOException, UndeliverableAlertException {
        List<String> recipients = options.recipients().of(alert, contact -> contact.indexOf('@') >= 0);
        if (recipients.isEmpty()) {
            throw new UndeliverableAlertException(
                    "check '" + SafeText.line(alert.check(), 200) + "' has no contact with an e-mail address");
        }
        String localName = localName();
        MailAddress from = options.from() != null ? options.from() : MailAddress.require("sitemonitor@" + localName);
        String html = options.plainTextOnly() ? null : MailHtml.of(alert, options.texts());
        List<Envelope> envelopes = new ArrayList<>();
        for (String recipient : deliveries.open(alert, recipients)) {
            MailAddress to = MailAddress.parse(recipient);
            if (to == null) {
                deliveries.refused(alert, recipient, "not an e-mail address");
            } else {
                byte[] message = MailMessage.of(alert, options.texts(), html, from, to, options.replyTo());
                envelopes.add(new Envelope(recipient, to, message));
            }
        }
        if (!envelopes.isEmpty()) {
            new SmtpMailer(options.server(), options.tlsOrDefault(), options.timeout())
                    .send(envelopes, localName, from, new Notes(deliveries, alert));
        }
        deliveries.finish(alert);
    }

    /** Shows everything but the credentials. */
    @Override
    public String toString() {
        return "EmailListener[" + options.server().shown() + ", to " + options.recipients() + ']';
    }

    private static String localName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return MailAddress.parse("sitemonitor@" + name) == null ? "localhost" : name;
        } catch (UnknownHostException e) {
            // A machine need not have a name.
            return "localhost";
        }
    }

    private record Notes(PartialDeliveries deliveries, Alert alert) implements SmtpMailer.Outcome {

        @Override
        public void delivered(Envelope envelope) {
            deliveries.delivered(alert, envelope.recipient());
        }

        @Override
        public void refused(Envelope envelope, String reason) {
            deliveries.refused(alert, envelope.recipient(), reason);
        }
    }

    private record Options(
            SmtpServer server,
            @Nullable MailAddress from,
            @Nullable MailAddress replyTo,
            Recipients recipients,
            AlertTexts texts,
            boolean plainTextOnly,
            @Nullable SSLSocketFactory tls,
            Duration timeout) {

        Options server(SmtpServer server) {
            return new Options(server, from, replyTo, recipients, texts, plainTextOnly, tls, timeout);
        }

        Options addresses(@Nullable MailAddress from, @Nullable MailAddress replyTo) {
            return new Options(server, from, replyTo, recipients, texts, plainTextOnly, tls, timeout);
        }

        Options content(Recipients recipients, AlertTexts texts, boolean plainTextOnly) {
            return new Options(server, from, replyTo, recipients, texts, plainTextOnly, tls, timeout);
        }

        Options connection(@Nullable SSLSocketFactory tls, Duration timeout) {
            return new Options(server, from, replyTo, recipients, texts, plainTextOnly, tls, timeout);
        }

        SSLSocketFactory tlsOrDefault() {
            return tls != null ? tls : (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
    }
}

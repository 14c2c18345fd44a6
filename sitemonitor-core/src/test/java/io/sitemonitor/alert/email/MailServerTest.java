package io.sitemonitor.alert.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.check.RealServer;
import io.sitemonitor.state.HealthState;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Through Exim into a mailbox, which is read as a mail client does. Needs exim4 and, since it will not start otherwise,
 * root.
 */
@Timeout(120)
class MailServerTest {

    private static final String CONFIGURATION = """
            primary_hostname = mail.shop.example
            spool_directory = %1$s/spool
            log_file_path = %1$s/spool/%%slog
            local_interfaces = 127.0.0.1
            daemon_smtp_ports = %2$d
            tls_advertise_hosts = *
            tls_certificate = %1$s/certificate.pem
            tls_privatekey = %1$s/key.pem
            auth_advertise_hosts = ${if eq {$tls_in_cipher}{} {}{*}}
            acl_smtp_rcpt = recipients
            host_lookup =
            deliver_drop_privilege
            keep_environment =

            begin acl
            recipients:
              deny message = sign in first
                !authenticated = *
              deny message = nobody of that name
                local_parts = stranger
              accept

            begin routers
            everybody:
              driver = accept
              transport = box

            begin transports
            box:
              driver = appendfile
              directory = %1$s/box
              maildir_format

            begin authenticators
            plain:
              driver = plaintext
              public_name = PLAIN
              server_prompts = :
              server_condition = ${if and {{eq {$auth2}{shop}} {eq {$auth3}{correct horse}}}}
            """;

    private final HeldCertificate authority =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    @TempDir
    private Path directory;

    private RealServer server;

    @BeforeEach
    void start() throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .signedBy(authority)
                .rsa2048()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        Files.writeString(directory.resolve("certificate.pem"), certificate.certificatePem());
        Files.writeString(directory.resolve("key.pem"), certificate.privateKeyPkcs8Pem());
        // it gives up being root and must find its files then
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String folder : List.of("spool", "box")) {
            Path made = Files.createDirectory(directory.resolve(folder));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        server = RealServer.start(directory, "exim4", "exim4-daemon-light", port -> {
            Path file = directory.resolve("exim.conf");
            Files.writeString(file, CONFIGURATION.formatted(directory, port));
            return List.of("-bdf", "-C", file.toString(), "-oP", directory + "/pid");
        });
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aMailClientShowsOneOutageAsOneConversation() throws Exception {
        Alert down = Alerts.of(AlertKind.DOWN).incident("i1").build();
        Alert reminder = Alerts.of(AlertKind.REMINDER).incident("i1").build();
        Alert acknowledged = Alerts.of(AlertKind.ACKNOWLEDGED).incident("i1").build();
        Alert recovered = Alerts.of(AlertKind.RECOVERED).incident("i1").build();
        Alert other = Alerts.of(AlertKind.DOWN).incident("i2").check("Größe").build();
        for (Alert alert : List.of(recovered, down, other, reminder, acknowledged)) {
            listener().onAlert(alert);
        }

        Map<String, List<String>> conversations = conversations(delivered(5));

        assertThat(conversations.values())
                .containsExactlyInAnyOrder(List.of("ACKNOWLEDGED", "DOWN", "RECOVERED", "REMINDER"), List.of("DOWN"));
    }

    @Test
    void bothFormsArriveAsTheyWereSent() throws Exception {
        listener()
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .check("Größe 😀")
                        .summary(".\u202E<b>" + "ж".repeat(900))
                        .states(HealthState.UP, HealthState.DOWN)
                        .build());

        MimeMessage mail = delivered(1).get(0);
        assertThat(mail.getSubject()).isEqualTo("Site Größe 😀 is DOWN!");
        assertThat(mail.getHeader("Received", null)).contains("with esmtpsa"); // encrypted, and signed in
        assertThat(mail.getHeader("X-Sitemonitor-Kind", null)).isEqualTo("DOWN");
        assertThat(mail.getHeader("Importance", null)).isEqualTo("high");
        List<String> types = MailParts.of(mail).stream().map(MailParts::type).toList();
        assertThat(types).containsExactly("text/plain; charset=UTF-8", "text/html; charset=UTF-8");
        assertThat(MailParts.of(mail).get(0).content())
                .startsWith("Site Größe 😀 has gone down at 2026-11-22T12:00:10Z\n\nSince:    2026")
                .contains("\nSummary:  .\uFFFD<b>" + "ж".repeat(900) + "\n");
        assertThat(MailParts.of(mail).get(1).content())
                .contains("Gr&#246;&#223;e &#128512;", ".&#65533;&lt;b&gt;" + "&#1078;".repeat(900))
                .doesNotContain("<b>");
    }

    @Test
    void sentAgainItIsTheSameMail() throws Exception {
        listener().onAlert(Alerts.down("storefront"));
        listener().onAlert(Alerts.down("storefront"));

        List<String> ids = new ArrayList<>();
        for (MimeMessage mail : delivered(2)) {
            ids.add(mail.getMessageID());
        }
        assertThat(ids.get(0)).isEqualTo(ids.get(1));
    }

    @Test
    void whomItDoesNotKnowIsRefusedForGoodAndWrongCredentialsAreNot() throws Exception {
        assertThatExceptionOfType(UndeliverableAlertException.class)
                .isThrownBy(() -> listener().to("stranger@shop.example").onAlert(Alerts.down("storefront")))
                .withMessageContaining("550 nobody of that name");
        assertThatIOException()
                .isThrownBy(() -> listener().credentials("shop", "battery").onAlert(Alerts.down("storefront")))
                .withMessage("smtp://127.0.0.1:" + server.port()
                        + " did not accept the user name and password (answer 535)");
    }

    private EmailListener listener() throws Exception {
        return EmailListener.smtp("smtp://127.0.0.1:" + server.port() + "?starttls=required")
                .credentials("shop", "correct horse")
                .sslContext(new HandshakeCertificates.Builder()
                        .addTrustedCertificate(authority.certificate())
                        .build()
                        .sslContext())
                .from("alerts@shop.example")
                .to("ops@shop.example");
    }

    private List<MimeMessage> delivered(int count) throws Exception {
        Path box = directory.resolve("box/new");
        try {
            await().until(() -> files(box).size() == count);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not delivered: " + Files.readString(directory.resolve("spool/mainlog")), e);
        }
        List<MimeMessage> mails = new ArrayList<>();
        for (Path file : files(box)) {
            try (InputStream in = Files.newInputStream(file)) {
                mails.add(new MimeMessage(Session.getInstance(new Properties()), in));
            }
        }
        return mails;
    }

    private static List<Path> files(Path folder) throws Exception {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }

    /** The kinds of the mails of each conversation: mails belong together that name the same mail first. */
    private static Map<String, List<String>> conversations(List<MimeMessage> mails) throws Exception {
        Map<String, List<String>> conversations = new HashMap<>();
        for (MimeMessage mail : mails) {
            String root = mail.getHeader("References", null).trim().split("\\s+")[0];
            conversations
                    .computeIfAbsent(root, id -> new ArrayList<>())
                    .add(mail.getHeader("X-Sitemonitor-Kind", null));
        }
        conversations.values().forEach(kinds -> kinds.sort(Comparator.naturalOrder()));
        return conversations;
    }
}

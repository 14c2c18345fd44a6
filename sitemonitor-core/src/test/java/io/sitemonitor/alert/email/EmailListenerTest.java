package io.sitemonitor.alert.email;

import static io.sitemonitor.alert.Recipients.fromContact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertListenerContract;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.incident.StableId;
import jakarta.mail.Header;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real mail server. */
class EmailListenerTest extends AlertListenerContract {

    private static final String USER = "shop@mail";
    private static final String PASSWORD = "p:s/w%d+ü";
    private static final String ENCODED = "shop%40mail:p%3As%2Fw%25d+%C3%BC";

    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
    private ServerSocket silent;

    @BeforeEach
    void start() throws Exception {
        server.start();
        server.setUser("box@shop.example", USER, PASSWORD);
        silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        silent.close();
    }

    @Override
    protected EmailListener listener() {
        return EmailListener.smtp(
                        "smtp://" + ENCODED + "@127.0.0.1:" + server.getSmtp().getPort())
                .from("alerts@shop.example")
                .to("ops@shop.example");
    }

    @Override
    protected List<Delivery> deliveries() throws Exception {
        List<Delivery> deliveries = new ArrayList<>();
        for (MimeMessage message : server.getReceivedMessages()) {
            StringBuilder text = new StringBuilder();
            for (Header header : Collections.list(message.getAllHeaders())) {
                text.append(header.getName())
                        .append(": ")
                        .append(header.getValue())
                        .append('\n');
            }
            text.append(message.getSubject()).append('\n');
            MailParts.of(message).forEach(part -> text.append(part.content()));
            deliveries.add(new Delivery(message.getHeader("X-Sitemonitor-Alert-Id", null), text.toString()));
        }
        return deliveries;
    }

    @Override
    protected Optional<AlertListener> failingListener() {
        return Optional.of(listener().credentials(USER, "wrong-" + PASSWORD));
    }

    @Override
    protected Optional<AlertListener> hangingListener() {
        return Optional.of(EmailListener.smtp("smtp://" + ENCODED + "@127.0.0.1:" + silent.getLocalPort())
                .to("ops@shop.example")
                .timeout(Duration.ofMillis(500)));
    }

    @Override
    protected void awaitHanging() throws Exception {
        silent.accept();
    }

    @Override
    protected List<String> secrets() {
        String plain = "\0" + USER + '\0' + PASSWORD;
        return List.of(
                PASSWORD, USER, ENCODED, Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void saysWhatTheAncestorSaidAndThenWhatIsKnown() throws Exception {
        listener().onAlert(Alerts.of(AlertKind.DOWN).incident("i1").build());
        listener()
                .onAlert(Alerts.of(AlertKind.RECOVERED)
                        .incident("i1")
                        .failure(null)
                        .target(null)
                        .build());

        MimeMessage down = server.getReceivedMessages()[0];
        assertThat(down.getSubject()).isEqualTo("Site storefront is DOWN!");
        assertThat(content(down)).isEqualTo("""
                Site storefront has gone down at 2026-11-22T12:00:10Z

                Since:    2026-11-22T12:00:00Z
                Duration: 10 s
                Failure:  STATUS
                Summary:  HTTP 503 in 412 ms
                Target:   https://shop.example/
                Incident: i1
                """);
        MimeMessage recovered = server.getReceivedMessages()[1];
        assertThat(recovered.getSubject()).isEqualTo("Site storefront is back UP!");
        assertThat(content(recovered)).isEqualTo("""
                Site storefront is back UP at 2026-11-22T12:04:12Z

                Since:    2026-11-22T12:00:00Z
                Duration: 4 min 12 s
                Summary:  HTTP 503 in 412 ms
                Incident: i1
                """);
    }

    @Test
    void headersTellMailsApartAndThreadThem() throws Exception {
        Alert down = Alerts.of(AlertKind.DOWN).id("a1").incident("i1").build();
        listener()
                .from("Shop \"alerts\" <alerts@shop.example>")
                .replyTo("Größe <ops@shop.example>")
                .onAlert(down);

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getHeader("Message-ID")).containsExactly("<a1@sitemonitor>");
        assertThat(mail.getHeader("In-Reply-To")).containsExactly("<i1@incident.sitemonitor>");
        assertThat(mail.getHeader("References")).containsExactly("<i1@incident.sitemonitor>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("X-Sitemonitor-Alert-Id")).containsExactly("a1");
        assertThat(mail.getHeader("Date")).containsExactly("Sun, 22 Nov 2026 12:00:10 +0000");
        assertThat(mail.getFrom()[0]).hasToString("\"Shop \\\"alerts\\\"\" <alerts@shop.example>");
        assertThat(mail.getHeader("To")).containsExactly("ops@shop.example");
        assertThat(((InternetAddress) mail.getReplyTo()[0]).getPersonal()).isEqualTo("Größe");
    }

    @Test
    void aMailHasAPlainFormAndOneInHtmlAndTheClientTakesTheLastItCanShow() throws Exception {
        listener().onAlert(Alerts.down("storefront"));

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getContentType()).startsWith("multipart/alternative; boundary=\"=_");
        assertThat(MailParts.of(mail))
                .extracting(MailParts::type)
                .containsExactly("text/plain; charset=UTF-8", "text/html; charset=UTF-8");
        assertThat(MailParts.of(mail).get(1).content())
                .isEqualTo(MailHtml.of(Alerts.down("storefront"), AlertTexts.DEFAULT));
    }

    @Test
    void plainTextOnlyHasOnePart() throws Exception {
        listener().plainTextOnly().onAlert(Alerts.down("storefront"));

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(content(mail)).startsWith("Site storefront has gone down at 2026-11-22T12:00:10Z\n\nSince:    2026");
    }

    @Test
    void whatPretendsToEndAPartDoesNot() throws Exception {
        String boundary = "--=_" + StableId.of("boundary", "a1");
        listener()
                .texts(AlertTexts.DEFAULT.with(AlertKind.DOWN, "-", "{label.x}"))
                .onAlert(Alerts.of(AlertKind.DOWN).id("a1").label("x", boundary).build());

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getContentType()).contains(boundary.substring(2));
        assertThat(MailParts.of(mail)).hasSize(2).allSatisfy(part -> {
            assertThat(part.content()).contains(boundary);
            assertThat(part.encoding()).isEqualTo("base64");
        });
    }

    @Test
    void headersAreThereForTheRulesOfMailboxes() throws Exception {
        listener()
                .onAlert(Alerts.of(AlertKind.DEGRADED)
                        .incident("i1")
                        .check("Größe")
                        .label("severity", "error")
                        .build());

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getHeader("X-Sitemonitor-Incident-Id")).containsExactly("i1");
        assertThat(mail.getHeader("X-Sitemonitor-Monitor")).containsExactly("shop");
        assertThat(MimeUtility.decodeText(mail.getHeader("X-Sitemonitor-Check", null)))
                .isEqualTo("Größe");
        assertThat(mail.getHeader("X-Sitemonitor-Kind")).containsExactly("DEGRADED");
        assertThat(mail.getHeader("X-Sitemonitor-State")).containsExactly("DEGRADED");
        assertThat(mail.getHeader("X-Sitemonitor-Severity")).containsExactly("ERROR");
        assertThat(mail.getHeader("X-Auto-Response-Suppress")).containsExactly("OOF, AutoReply");
    }

    @ParameterizedTest
    @CsvSource({
        "DOWN,critical,high,1",
        "REMINDER,error,high,1",
        "DOWN,warning,normal,3",
        "DOWN,info,low,5",
        "RECOVERED,critical,normal,3",
        "RECOVERED,info,low,5"
    })
    void importanceFollowsFromTheSeverityAndGoodNewsIsNotUrgent(
            AlertKind kind, String severity, String importance, String priority) throws Exception {
        listener().onAlert(Alerts.of(kind).label("severity", severity).build());

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getHeader("Importance")).containsExactly(importance);
        assertThat(mail.getHeader("X-Priority")).containsExactly(priority);
    }

    @Test
    void theConversationOfOutlookBeginsWithTheIncident() throws Exception {
        listener().onAlert(Alerts.of(AlertKind.DOWN).incident("i1").build());
        listener().onAlert(Alerts.of(AlertKind.RECOVERED).incident("i1").build());
        listener().onAlert(Alerts.of(AlertKind.DOWN).incident("i2").build());

        List<byte[]> indices = new ArrayList<>();
        for (MimeMessage mail : server.getReceivedMessages()) {
            assertThat(mail.getHeader("Thread-Topic")).containsExactly("storefront");
            indices.add(Base64.getDecoder().decode(mail.getHeader("Thread-Index", null)));
        }
        assertThat(indices.get(0)).hasSize(22).startsWith(1).isEqualTo(indices.get(1));
        assertThat(indices.get(2)).isNotEqualTo(indices.get(0));
        // the bytes 1 to 5 are the upper ones, but for the first, of a time in steps of 100 ns since 1601
        long time = 1;
        for (int i = 1; i < 6; i++) {
            time = time << 8 | indices.get(0)[i] & 0xFF;
        }
        Instant began = Instant.parse("1601-01-01T00:00:00Z").plusSeconds((time << 16) / 10_000_000);
        assertThat(began).isBetween(Alerts.SINCE.minusSeconds(1), Alerts.SINCE);
    }

    @Test
    void textsOfAnotherLanguageHaveWordsOfTheirOwn() throws Exception {
        listener()
                .texts(AlertTexts.from(ResourceBundle.getBundle("io.sitemonitor.alert.alerts", Locale.GERMAN))
                        .zone(ZoneId.of("Europe/Berlin")))
                .onAlert(Alerts.of(AlertKind.RECOVERED).incident("i1").build());

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("storefront ist wieder erreichbar");
        assertThat(content(mail)).isEqualTo("""
                storefront ist nach 4 Min. 12 Sek. wieder erreichbar.

                Seit:            22. November 2026, 13:00 Uhr
                Dauer:           4 Min. 12 Sek.
                Fehler:          falscher Status
                Zusammenfassung: HTTP 503 in 412 ms
                Ziel:            https://shop.example/
                Vorfall:         i1
                """);
        assertThat(MailParts.of(mail).get(1).content())
                .contains("<html lang=\"de\">", ">nicht erreichbar &#8594; erreichbar<", ">Seit<", ">12 Millisek.<");
    }

    @Test
    void textOutsideOfAsciiArrives() throws Exception {
        String check = "Größe 😀 " + "ж".repeat(60);
        listener()
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .check(check)
                        .summary("=?UTF-8?Q?no?= über")
                        .build());

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Site " + check + " is DOWN!");
        assertThat(content(mail)).startsWith("Site " + check + " has gone").contains("Summary:  =?UTF-8?Q?no?= über\n");
    }

    @Test
    void whatLooksLikeAnEncodedWordArrivesAsItIs() throws Exception {
        listener().onAlert(Alerts.of(AlertKind.DOWN).check("=?UTF-8?Q?evil?=").build());

        assertThat(server.getReceivedMessages()[0].getSubject()).isEqualTo("Site =?UTF-8?Q?evil?= is DOWN!");
    }

    @Test
    void linesThatBeginWithADotAndLongLinesArrive() throws Exception {
        AlertTexts texts = AlertTexts.DEFAULT.with(AlertKind.DOWN, "-", ".\n..\n{label.long}");
        listener()
                .texts(texts)
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .label("long", "x".repeat(1_000))
                        .build());
        listener()
                .texts(texts)
                .onAlert(Alerts.of(AlertKind.DOWN).label("long", "short").build());

        assertThat(content(server.getReceivedMessages()[0])).startsWith(".\n..\n" + "x".repeat(1_000) + "\n");
        assertThat(content(server.getReceivedMessages()[1])).startsWith(".\n..\nshort\n");
    }

    @Test
    void everybodyGetsAMailOfTheirOwn() throws Exception {
        Alert alert = Alerts.of(AlertKind.DOWN)
                .contacts("owner@shop.example", "+254711000001", "ops@shop.example")
                .build();

        listener().to(fromContact().and("ops@shop.example")).onAlert(alert);

        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(server.getReceivedMessagesForDomain("ops@shop.example"))
                .singleElement()
                .satisfies(mail -> assertThat(mail.getHeader("To")).containsExactly("ops@shop.example"));
        assertThat(server.getReceivedMessagesForDomain("owner@shop.example")).hasSize(1);
    }

    @Test
    void sendsToContactsUnlessToldOtherwise() throws Exception {
        EmailListener.smtp("smtp://127.0.0.1:" + server.getSmtp().getPort()).onAlert(Alerts.down("storefront"));

        assertThat(server.getReceivedMessagesForDomain("owner@shop.example"))
                .singleElement()
                .satisfies(mail -> assertThat(mail.getFrom()[0].toString()).startsWith("sitemonitor@"));
    }

    @Test
    void nobodyToSendToIsUndeliverable() {
        Alert alert = Alerts.of(AlertKind.DOWN).contacts("+254711000001").build();

        assertThatExceptionOfType(UndeliverableAlertException.class)
                .isThrownBy(() -> listener().to(fromContact()).onAlert(alert))
                .withMessage("check 'storefront' has no contact with an e-mail address");
    }

    @Test
    void aContactThatIsNoAddressIsRefusedAndTheOthersGetTheirs() throws Exception {
        Alert alert = Alerts.of(AlertKind.DOWN)
                .contacts("a@b@c d", "owner@shop.example")
                .build();

        listener().to(fromContact()).onAlert(alert);

        assertThat(server.getReceivedMessages()).hasSize(1);
        Alert hopeless = Alerts.of(AlertKind.DOWN).contacts("a@b@c d").build();
        assertThatExceptionOfType(UndeliverableAlertException.class)
                .isThrownBy(() -> listener().to(fromContact()).onAlert(hopeless))
                .withMessage("DOWN of check 'storefront' was refused for everybody (a@b@c d: not an e-mail address)");
    }

    @Test
    void wrongCredentialsAreTriedAgainAndNamed() {
        int port = server.getSmtp().getPort();

        assertThatIOException()
                .isThrownBy(() -> failingListener().orElseThrow().onAlert(Alerts.down("storefront")))
                .withMessage("smtp://127.0.0.1:" + port + " did not accept the user name and password (answer 535)")
                .withNoCause();
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() throws Exception {
        int port = silent.getLocalPort();
        silent.close();

        assertThatIOException()
                .isThrownBy(() -> EmailListener.smtp("smtp://127.0.0.1:" + port).onAlert(Alerts.down("storefront")))
                .withMessage("no mail could be handed to smtp://127.0.0.1:" + port
                        + " (ConnectException: Connection refused)");
    }

    @Test
    void aSilentServerEndsWithTheTimeout() {
        assertThatIOException()
                .isThrownBy(() -> hangingListener().orElseThrow().onAlert(Alerts.down("storefront")))
                .withMessage("no mail could be handed to smtp://127.0.0.1:" + silent.getLocalPort()
                        + " (SocketTimeoutException: Read timed out)");
    }

    @Test
    void anInterruptEndsTheWaitForAnAnswerAtOnce() throws Exception {
        EmailListener patient =
                EmailListener.smtp("smtp://127.0.0.1:" + silent.getLocalPort()).timeout(Duration.ofMinutes(5));
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread lane =
                new Thread(() -> ended.complete(catchThrowable(() -> patient.onAlert(Alerts.down("storefront")))));
        lane.setDaemon(true);
        lane.start();
        silent.accept();
        lane.interrupt();

        assertThat(ended.get(30, TimeUnit.SECONDS))
                .hasMessageStartingWith("no mail could be handed to smtp://127.0.0.1:" + silent.getLocalPort());
    }

    @Test
    void noThreadIsLeft() throws Exception {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());

        listener().onAlert(Alerts.down("storefront"));

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread) && thread != Thread.currentThread())
                // GreenMail names the threads of its connections by their addresses.
                .allMatch(thread -> thread.getName().contains("127.0.0.1")
                        && thread.getName().contains("smtp")));
    }

    @Test
    void theContextClassLoaderDoesNotMatter() throws Exception {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Thread lane = new Thread(() -> {
            try {
                listener().onAlert(Alerts.down("storefront"));
                sent.complete(null);
            } catch (Throwable e) {
                sent.completeExceptionally(e);
            }
        });
        lane.setContextClassLoader(null);
        lane.start();

        sent.get(30, TimeUnit.SECONDS);

        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void refusesWrongOptions() {
        EmailListener listener = listener();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener.to("ops"))
                .withMessage("an e-mail address must look like ops@shop.example, but was 'ops'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener.to(fromContact().and("ops@shop.example\r\nBcc: evil@x.example")))
                .withMessage("an e-mail address must look like ops@shop.example, but was"
                        + " 'ops@shop.example  Bcc: evil@x.example'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener.from("Shop\r\nBcc: evil@x.example <ops@shop.example>"))
                .withMessage(
                        "an e-mail address must look like ops@shop.example or Operations <ops@shop.example>, but was"
                                + " 'Shop  Bcc: evil@x.example <ops@shop.example>'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener.timeout(Duration.ofMinutes(6)))
                .withMessage("timeout must be from PT0.001S to PT5M, but was PT6M");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener.credentials("", "x"))
                .withMessage("the credentials of a mail server need a user and a password");
    }

    private static String content(MimeMessage mail) throws Exception {
        return MailParts.of(mail).get(0).content();
    }
}

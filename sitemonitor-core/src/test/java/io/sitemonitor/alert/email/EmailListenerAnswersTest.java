package io.sitemonitor.alert.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.UndeliverableAlertException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an alert, by what the server answers. */
@Timeout(60)
class EmailListenerAnswersTest {

    private ScriptedSmtpServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedSmtpServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RCPT TO:|550 5.1.1 no such user",
                "MAIL FROM:|553 5.1.8 sender refused",
                "DATA|554 5.5.1 no",
                "MESSAGE|552 5.3.4 too big"
            })
    void whatIsRefusedForGoodIsUndeliverable(String command, String answer) {
        server.answer(command, answer);

        assertThatExceptionOfType(UndeliverableAlertException.class)
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("DOWN of check 'storefront' was refused for everybody (ops@shop.example: " + answer + ")");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RCPT TO:|450 4.2.1 mailbox busy",
                "RCPT TO:|452 4.2.2 mailbox full",
                "RCPT TO:|421 4.3.0 going down",
                "MAIL FROM:|451 4.3.0 later",
                "MAIL FROM:|530 5.7.0 authentication required",
                "DATA|451 4.3.0 later",
                "MESSAGE|451 4.7.1 greylisted"
            })
    void whatIsRefusedForNowIsTriedAgain(String command, String answer) throws Exception {
        server.answer(command, answer, "250 OK");
        if (command.equals("DATA")) {
            server.answer(command, answer, "354 go on");
        }
        EmailListener listener = listener();

        assertThatIOException()
                .isThrownBy(() -> listener.onAlert(Alerts.down("storefront")))
                .withMessage(where() + " could not take the mail for everybody (ops@shop.example: " + answer + ")");

        listener.onAlert(Alerts.down("storefront"));
        assertThat(server.messages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "EHLO", "MAIL FROM:", "RCPT TO:", "DATA", "MESSAGE"})
    @DisplayName("P3: a connection lost at any step costs no alert")
    void aLostConnectionIsTriedAgain(String command) throws Exception {
        server.answer(command, ScriptedSmtpServer.DROP, usual(command));
        EmailListener listener = listener();

        assertThatIOException()
                .isThrownBy(() -> listener.onAlert(Alerts.down("storefront")))
                .withMessageStartingWith("no mail could be handed to " + where() + " (");

        listener.onAlert(Alerts.down("storefront"));
        assertThat(server.messages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "EHLO", "MAIL FROM:", "RCPT TO:", "DATA", "MESSAGE"})
    void aServerThatFallsSilentEndsWithTheTimeout(String command) {
        server.answer(command, ScriptedSmtpServer.SILENCE);

        assertThatIOException()
                .isThrownBy(() -> listener().timeout(Duration.ofMillis(300)).onAlert(Alerts.down("storefront")))
                .withMessage("no mail could be handed to " + where() + " (SocketTimeoutException: Read timed out)");
    }

    @Test
    void aServerThatTurnsEverybodyAwayIsTriedAgain() {
        server.answer("CONNECT", "554 5.3.2 not today");

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("no mail could be handed to " + where()
                        + " (MessagingException: Got bad greeting from SMTP host: 127.0.0.1, port: " + server.port()
                        + ", response: 554 5.3.2 not today)");
    }

    @Test
    void whoHasTheMailGetsNoSecondOne() throws Exception {
        server.answer("RCPT TO:<b@", "450 4.2.1 mailbox busy", "250 OK");
        EmailListener listener = listener().to("a@shop.example", "b@shop.example", "c@shop.example");

        assertThatIOException()
                .isThrownBy(() -> listener.onAlert(Alerts.down("storefront")))
                .withMessage(
                        where() + " could not take the mail for everybody (b@shop.example: 450 4.2.1 mailbox busy)");
        listener.onAlert(Alerts.down("storefront"));

        assertThat(recipients()).containsExactly("a@shop.example", "c@shop.example", "b@shop.example");
    }

    @Test
    void whoIsRefusedForGoodIsNotAskedAgain() throws Exception {
        server.answer("RCPT TO:<a@", "550 5.1.1 no such user").answer("RCPT TO:<b@", "450 4.2.1 busy", "250 OK");
        EmailListener listener = listener().to("a@shop.example", "b@shop.example");

        assertThatIOException().isThrownBy(() -> listener.onAlert(Alerts.down("storefront")));
        listener.onAlert(Alerts.down("storefront"));

        assertThat(recipients()).containsExactly("b@shop.example");
        assertThat(server.commands().stream().filter(command -> command.startsWith("RCPT TO:<a@")))
                .hasSize(1);
    }

    @Test
    @DisplayName("P7: a mail that is sent again is byte for byte the same")
    void aRepeatedMailIsTheSame() throws Exception {
        EmailListener listener = listener();
        listener.onAlert(Alerts.down("storefront"));
        listener.onAlert(Alerts.down("storefront"));

        assertThat(server.messages()).hasSize(2);
        assertThat(server.messages().get(1)).isEqualTo(server.messages().get(0));
    }

    @Test
    void oneConnectionServesEverybodyAndIsClosed() throws Exception {
        listener().to("a@shop.example", "b@shop.example").onAlert(Alerts.down("storefront"));

        await().until(() -> server.open() == 0);
        assertThat(server.commands())
                .filteredOn(command -> command.startsWith("EHLO"))
                .hasSize(1);
        assertThat(server.commands()).containsOnlyOnce("QUIT");
    }

    @Test
    void nothingHostileReachesTheServerAsACommandOrAHeader() throws Exception {
        String hostile = "x\r\n.\r\nRCPT TO:<evil@x.example>\r\nBcc: evil@x.example";
        listener()
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .id(hostile)
                        .incident(hostile)
                        .check(hostile)
                        .summary(hostile)
                        .build());

        assertThat(server.commands())
                .filteredOn(command -> command.startsWith("RCPT"))
                .containsExactly("RCPT TO:<ops@shop.example>");
        String head = server.messages().get(0).split("\n\n", 2)[0];
        assertThat(head.lines().map(line -> line.split(":", 2)[0]))
                .containsExactly(
                        "Date",
                        "From",
                        "To",
                        "Subject",
                        "Message-ID",
                        "In-Reply-To",
                        "References",
                        "Thread-Topic",
                        "Thread-Index",
                        "Auto-Submitted",
                        "X-Auto-Response-Suppress",
                        "Importance",
                        "X-Priority",
                        "X-Sitemonitor-Alert-Id",
                        "X-Sitemonitor-Incident-Id",
                        "X-Sitemonitor-Monitor",
                        "X-Sitemonitor-Check",
                        "X-Sitemonitor-Kind",
                        "X-Sitemonitor-State",
                        "X-Sitemonitor-Severity",
                        "MIME-Version",
                        "Content-Type");
    }

    private EmailListener listener() {
        return EmailListener.smtp(where()).from("alerts@shop.example").to("ops@shop.example");
    }

    private String where() {
        return "smtp://127.0.0.1:" + server.port();
    }

    private List<String> recipients() {
        return server.messages().stream()
                .map(message -> message.lines()
                        .filter(line -> line.startsWith("To: "))
                        .findFirst()
                        .orElseThrow())
                .map(line -> line.substring(4))
                .toList();
    }

    private static String usual(String command) {
        return switch (command) {
            case "CONNECT" -> "220 scripted ESMTP";
            case "DATA" -> "354 go on";
            default -> "250 OK";
        };
    }
}

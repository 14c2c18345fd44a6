package io.sitemonitor.alert.email;

import static io.sitemonitor.alert.email.MailHeaders.CRLF;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Severity;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.incident.StableId;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes an alert as a message of RFC 5322, byte for byte the same on every attempt. */
final class MailMessage {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int MAX_LINE = 998;
    private static final int MAX_NAME = 200;

    private MailMessage() {}

    /**
     * Writes a message.
     *
     * @param html the form of it for whoever can see HTML; null for a mail of plain text
     */
    static byte[] of(
            Alert alert,
            AlertTexts texts,
            @Nullable String html,
            MailAddress from,
            MailAddress to,
            @Nullable MailAddress replyTo) {
        MailHeaders headers = new MailHeaders()
                .add("Date", DATE.format(alert.at()))
                .add("From", from.header())
                .add("To", to.header());
        if (replyTo != null) {
            headers.add("Reply-To", replyTo.header());
        }
        headers.add("Subject", MailHeaders.words(texts.subject(alert), false));
        MailThread.addTo(headers, alert);
        addManners(headers, alert);
        addFilters(headers, alert);
        headers.add("MIME-Version", "1.0");
        String boundary = "=_" + StableId.of("boundary", alert.id());
        String text = MailText.of(alert, texts);
        StringBuilder message = new StringBuilder(4_096);
        if (html == null) {
            message.append(headers).append(part("plain", text, boundary));
        } else {
            headers.add("Content-Type", "multipart/alternative; boundary=\"" + boundary + '"');
            message.append(headers).append(CRLF);
            message.append("--").append(boundary).append(CRLF).append(part("plain", text, boundary));
            message.append("--").append(boundary).append(CRLF).append(part("html", html, boundary));
            message.append("--").append(boundary).append("--").append(CRLF);
        }
        return message.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** No machine shall answer, and what is urgent shall be seen to be. */
    private static void addManners(MailHeaders headers, Alert alert) {
        headers.add("Auto-Submitted", "auto-generated").add("X-Auto-Response-Suppress", "OOF, AutoReply");
        Severity severity = alert.severity();
        if (severity == Severity.INFO) {
            headers.add("Importance", "low").add("X-Priority", "5");
        } else if (severity.isAtLeast(Severity.ERROR) && !alert.kind().isClosing()) { // good news is not urgent
            headers.add("Importance", "high").add("X-Priority", "1");
        } else {
            headers.add("Importance", "normal").add("X-Priority", "3");
        }
    }

    /** For the rules by which people sort their mail. */
    private static void addFilters(MailHeaders headers, Alert alert) {
        headers.add("X-Sitemonitor-Alert-Id", MailThread.token(alert.id()))
                .add("X-Sitemonitor-Incident-Id", MailThread.token(alert.incidentId()))
                .add("X-Sitemonitor-Monitor", name(alert.monitor()))
                .add("X-Sitemonitor-Check", name(alert.check()))
                .add("X-Sitemonitor-Kind", alert.kind().name())
                .add("X-Sitemonitor-State", alert.to().name())
                .add("X-Sitemonitor-Severity", alert.severity().name());
    }

    private static String name(String name) {
        return MailHeaders.words(SafeText.line(name, MAX_NAME), false);
    }

    /** Headers, an empty line, and text whose lines end in line feeds. */
    private static String part(String type, String text, String boundary) {
        String body = text.replace("\n", CRLF);
        boolean plain = isPlain(body) && !body.contains(boundary);
        MailHeaders headers = new MailHeaders()
                .add("Content-Type", "text/" + type + "; charset=UTF-8")
                .add("Content-Transfer-Encoding", plain ? "7bit" : "base64");
        String encoded = plain ? body : Base64.getMimeEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
        return headers + CRLF + encoded + CRLF;
    }

    private static boolean isPlain(String body) {
        return body.chars().allMatch(c -> c == '\r' || c == '\n' || (c >= 0x20 && c < 0x7F))
                && body.lines().allMatch(line -> line.length() <= MAX_LINE);
    }
}

package io.sitemonitor.alert.email;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.internal.Wording;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.incident.StableId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes an alert as a message of RFC 5322, byte for byte the same on every attempt. Every header goes through one place,
 * which lets nothing but printable ASCII pass.
 */
final class MailMessage {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int MAX_LINE = 998;
    private static final int MAX_VALUE = 1_000;
    private static final int BYTES_A_WORD = 45;
    private static final String CRLF = "\r\n";

    private MailMessage() {}

    static byte[] of(Alert alert, AlertTexts texts, MailAddress from, MailAddress to, @Nullable MailAddress replyTo) {
        String thread = '<' + token(alert.incidentId()) + "@incident.sitemonitor>";
        String body = body(alert, texts);
        boolean plain = isPlain(body);
        StringBuilder message = new StringBuilder(1_024);
        header(message, "Date", date(alert.at()));
        header(message, "From", from.header());
        header(message, "To", to.header());
        if (replyTo != null) {
            header(message, "Reply-To", replyTo.header());
        }
        header(message, "Subject", words(texts.subject(alert), false));
        header(message, "Message-ID", '<' + token(alert.id()) + "@sitemonitor>");
        header(message, "In-Reply-To", thread);
        header(message, "References", thread);
        header(message, "Auto-Submitted", "auto-generated");
        header(message, "X-Sitemonitor-Alert-Id", token(alert.id()));
        header(message, "MIME-Version", "1.0");
        header(message, "Content-Type", "text/plain; charset=UTF-8");
        header(message, "Content-Transfer-Encoding", plain ? "7bit" : "base64");
        message.append(CRLF);
        message.append(plain ? body : Base64.getMimeEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
        return message.append(CRLF).toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Writes text for a header: as it is if that is plain ASCII, otherwise in the encoded words of RFC 2047.
     *
     * @param quoted whether it stands before an address, where plain text needs quotation marks
     */
    static String words(String text, boolean quoted) {
        // What looks like an encoded word is encoded, or it would be read as one.
        boolean ascii = text.chars().allMatch(c -> c >= 0x20 && c < 0x7F) && !text.contains("=?");
        if (ascii) {
            return quoted ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : text;
        }
        StringBuilder words = new StringBuilder();
        StringBuilder word = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int width = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes + width > BYTES_A_WORD) {
                addWord(words, word);
                bytes = 0;
            }
            word.appendCodePoint(point);
            bytes += width;
            i += Character.charCount(point);
        }
        addWord(words, word);
        return words.toString();
    }

    private static void addWord(StringBuilder words, StringBuilder word) {
        if (!words.isEmpty()) {
            words.append(CRLF).append(' ');
        }
        byte[] bytes = word.toString().getBytes(StandardCharsets.UTF_8);
        words.append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(bytes))
                .append("?=");
        word.setLength(0);
    }

    private static void header(StringBuilder message, String name, String value) {
        message.append(name).append(": ");
        for (int i = 0; i < value.length(); i++) {
            if (value.startsWith("\r\n =?", i)) {
                message.append(CRLF);
                i++;
            } else {
                char c = value.charAt(i);
                message.append(c >= 0x20 && c < 0x7F ? c : '?');
            }
        }
        message.append(CRLF);
    }

    private static String body(Alert alert, AlertTexts texts) {
        StringBuilder body = new StringBuilder(512);
        body.append(texts.text(alert).replace("\n", CRLF)).append(CRLF).append(CRLF);
        line(body, "Since:    ", Wording.time(alert.since()));
        line(body, "Duration: ", Wording.duration(alert.duration()));
        line(
                body,
                "Failure:  ",
                alert.failure() == null ? null : alert.failure().name());
        line(body, "Summary:  ", alert.summary());
        line(body, "Target:   ", alert.target());
        line(body, "Incident: ", alert.incidentId());
        return body.toString();
    }

    private static void line(StringBuilder body, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            body.append(name).append(SafeText.line(value, MAX_VALUE)).append(CRLF);
        }
    }

    private static boolean isPlain(String body) {
        return body.chars().allMatch(c -> c == '\r' || c == '\n' || (c >= 0x20 && c < 0x7F))
                && body.lines().allMatch(line -> line.length() <= MAX_LINE);
    }

    private static String date(Instant at) {
        return DATE.format(at);
    }

    /** An id as the left side of a message id: as it is if that is allowed, otherwise an id made from it. */
    private static String token(String id) {
        boolean allowed = !id.isEmpty()
                && id.length() <= 100
                && id.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '-'
                                || c == '_');
        return allowed ? id : StableId.of(id);
    }
}

package io.sitemonitor.alert.email;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.incident.StableId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * The headers that make the mails about one incident one conversation. Its root is a mail that was never sent, named by the
 * incident: so it does not matter which of its alerts somebody got, or got first.
 */
final class MailThread {

    /** Between the beginnings of the calendars of Windows, 1601, and of Java, 1970. */
    private static final long SECONDS_BEFORE_1970 = 11_644_473_600L;

    private MailThread() {}

    static void addTo(MailHeaders headers, Alert alert) {
        String root = '<' + token(alert.incidentId()) + "@incident.sitemonitor>";
        headers.add("Message-ID", '<' + token(alert.id()) + "@sitemonitor>")
                .add("In-Reply-To", root)
                .add("References", root)
                // Exchange and Outlook go by these
                .add("Thread-Topic", MailHeaders.words(SafeText.line(alert.check(), 200), false))
                .add("Thread-Index", index(alert));
    }

    /** An id as the left side of a message id: as it is if that is allowed, otherwise an id made from it. */
    static String token(String id) {
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

    /** The head of a conversation index: a one, the upper five bytes of a file time after its first, and an id. */
    private static String index(Alert alert) {
        long ticks = (alert.since().getEpochSecond() + SECONDS_BEFORE_1970) * 10_000_000L;
        UUID incident = UUID.nameUUIDFromBytes(alert.incidentId().getBytes(StandardCharsets.UTF_8));
        ByteBuffer index = ByteBuffer.allocate(22);
        index.putLong(0, ticks >>> 16 << 16); // its first byte is the one
        index.put(0, (byte) 1);
        index.putLong(6, incident.getMostSignificantBits()).putLong(14, incident.getLeastSignificantBits());
        return Base64.getEncoder().encodeToString(index.array());
    }
}

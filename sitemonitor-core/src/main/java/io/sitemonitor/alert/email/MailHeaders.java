package io.sitemonitor.alert.email;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The headers of a message or of a part of one. Lets nothing but printable ASCII pass. For one thread. */
final class MailHeaders {

    static final String CRLF = "\r\n";

    private static final int BYTES_A_WORD = 45;

    private final StringBuilder lines = new StringBuilder(1_024);

    /** Adds a header whose value is fit for one, or free text that {@link #words} wrote. */
    MailHeaders add(String name, String value) {
        lines.append(name).append(": ");
        for (int i = 0; i < value.length(); i++) {
            if (value.startsWith("\r\n =?", i)) {
                lines.append(CRLF);
                i++;
            } else {
                char c = value.charAt(i);
                lines.append(c >= 0x20 && c < 0x7F ? c : '?');
            }
        }
        lines.append(CRLF);
        return this;
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

    @Override
    public String toString() {
        return lines.toString();
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
}

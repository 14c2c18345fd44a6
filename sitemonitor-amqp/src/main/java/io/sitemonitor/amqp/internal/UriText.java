package io.sitemonitor.amqp.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a URI: percent-encoding and numbers. Its messages never show the text, which may be a password. */
public final class UriText {

    private UriText() {}

    /**
     * Decodes percent-encoded text.
     *
     * @param what what is decoded, for the message
     * @param text the encoded text
     * @return the decoded text
     * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits, or the bytes are not
     *     UTF-8
     */
    public static String decode(String what, String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] != '%') {
                bytes.put(source[i]);
                continue;
            }
            int high = i + 2 < source.length ? Character.digit(source[i + 1], 16) : -1;
            int low = i + 2 < source.length ? Character.digit(source[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new IllegalArgumentException("in the " + what
                        + " of an AMQP URI, % must be followed by two hexadecimal digits; write % itself as %25");
            }
            bytes.put((byte) (high * 16 + low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the " + what + " of an AMQP URI is not UTF-8 once decoded", e);
        }
    }

    /**
     * Encodes text, so that it holds only unreserved characters.
     *
     * @param text any text
     * @return the encoded text
     */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%');
                encoded.append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xF, 16));
            }
        }
        return encoded.toString();
    }

    /**
     * Reads a number of at most nine digits.
     *
     * @param digits the digits
     * @return the number; -1 if something else stands there
     */
    public static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 9) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
}

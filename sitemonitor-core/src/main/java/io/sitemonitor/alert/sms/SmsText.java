package io.sitemonitor.alert.sms;

/**
 * Cuts a text to what three text messages hold. In the alphabet of GSM 03.38 a long text has 153 places a message, where
 * some characters take two; one character outside of it, and all are written in UCS-2, with 67 places a message.
 */
final class SmsText {

    static final int MAX_GSM = 3 * 153;
    static final int MAX_UCS2 = 3 * 67;

    private static final String ALPHABET = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String TWO_PLACES = "^{}\\[~]|€";
    private static final String GSM_END = "...";

    private SmsText() {}

    static String cut(String text) {
        int places = 0;
        int fits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int width = ALPHABET.indexOf(c) >= 0 ? 1 : TWO_PLACES.indexOf(c) >= 0 ? 2 : 0;
            if (width == 0) {
                return cutUcs2(text);
            }
            places += width;
            if (places <= MAX_GSM - GSM_END.length()) {
                fits = i + 1;
            }
        }
        return places <= MAX_GSM ? text : text.substring(0, fits) + GSM_END;
    }

    private static String cutUcs2(String text) {
        if (text.length() <= MAX_UCS2) {
            return text;
        }
        int kept = MAX_UCS2 - 1;
        if (Character.isHighSurrogate(text.charAt(kept - 1))) {
            kept--;
        }
        return text.substring(0, kept) + '…';
    }
}

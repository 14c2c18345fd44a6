package io.sitemonitor.alert.internal;

/**
 * How text is written in a markup language so that it is read as it is: it mentions nobody, forges no link and ends no
 * element. Stateless.
 */
public enum Markup {
    /** No markup: nothing is changed. */
    PLAIN {
        @Override
        String write(int codePoint) {
            return Character.toString(codePoint);
        }
    },
    /** No markup, but what comes behind {@code @} or {@code <} could be a mention. */
    UNMENTIONED {
        @Override
        String write(int codePoint) {
            return codePoint == '@' || codePoint == '<' ? (char) codePoint + NOTHING : Character.toString(codePoint);
        }
    },
    /** The content of an element of HTML or XML, or the text of Slack, which has the same three entities. */
    ENTITIES {
        @Override
        String write(int codePoint) {
            return switch (codePoint) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                default -> Character.toString(codePoint);
            };
        }
    },
    /**
     * The dialects of Markdown that chats have. All of them take a backslash before the signs of emphasis. Of the others not
     * all do, so what comes behind them is moved away by a space of no width.
     */
    MARKDOWN {
        @Override
        String write(int codePoint) {
            return switch (codePoint) {
                case '\\', '*', '_', '~', '`' -> "\\" + (char) codePoint;
                case '@', '<', '|', ']' -> (char) codePoint + NOTHING;
                default -> Character.toString(codePoint);
            };
        }
    };

    private static final String NOTHING = "\u200B";
    private static final String END = "…";

    abstract String write(int codePoint);

    /**
     * Writes a text.
     *
     * @param text the text
     * @param limit the longest result, in characters; what would be longer ends in an ellipsis
     * @return the text in this language; no character is cut in two
     */
    public String write(String text, int limit) {
        StringBuilder written = new StringBuilder(text.length() + 16);
        int fits = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            String sign = write(codePoint);
            if (written.length() + sign.length() > limit) {
                written.setLength(fits);
                return written.append(END).toString();
            }
            written.append(sign);
            if (written.length() <= limit - END.length()) {
                fits = written.length();
            }
            i += Character.charCount(codePoint);
        }
        return written.toString();
    }

    /**
     * Cuts a text by its size in UTF-8.
     *
     * @param text the text
     * @param limit the largest result, in bytes; what would be larger ends in an ellipsis
     * @return the text, of which no character is cut in two
     */
    public static String bytes(String text, int limit) {
        int size = 0;
        int fits = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            size += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (size > limit) {
                return text.substring(0, fits) + END;
            }
            if (size <= limit - 3) {
                fits = i;
            }
        }
        return text;
    }
}

package io.sitemonitor.alert.email;

/** Makes text fit for HTML. */
final class Html {

    private Html() {}

    /** Writes text so that it is nothing but text, between tags and in quoted attributes, in any encoding of ASCII. */
    static String escape(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> {
                    if (point < 0x80) {
                        html.append((char) point);
                    } else {
                        boolean lone = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
                        html.append("&#").append(lone ? 0xFFFD : point).append(';');
                    }
                }
            }
        });
        return html.toString();
    }
}

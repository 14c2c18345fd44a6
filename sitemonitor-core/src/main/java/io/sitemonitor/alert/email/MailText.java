package io.sitemonitor.alert.email;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertTexts;
import java.util.List;

/** The plain form of a mail: the text of the alert, then what is known of the outage. */
final class MailText {

    private static final List<String> VALUES = List.of("since", "duration", "failure", "summary", "target", "incident");

    private MailText() {}

    static String of(Alert alert, AlertTexts texts) {
        StringBuilder text = new StringBuilder(512);
        text.append(texts.text(alert)).append("\n\n");
        int width = VALUES.stream()
                .mapToInt(value -> texts.word("word." + value).length() + 2)
                .max()
                .orElse(0);
        for (String name : VALUES) {
            String value = texts.value(alert, name);
            if (value != null && !value.isBlank()) {
                String word = texts.word("word." + name) + ':';
                text.append(word)
                        .append(" ".repeat(width - word.length()))
                        .append(value)
                        .append('\n');
            }
        }
        return text.toString();
    }
}

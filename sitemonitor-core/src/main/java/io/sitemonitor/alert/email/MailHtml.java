package io.sitemonitor.alert.email;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.check.SafeText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/**
 * The form of a mail for whoever can see HTML. Loads nothing, links to nothing but the target, and has all its styles in
 * the tags, since mail clients drop the rest. It takes text and background from the client, light or dark; only the
 * header has colours of its own, which are readable on either.
 */
final class MailHtml {

    private static final String FONT =
            "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
    private static final String MONO = "font-family:Menlo,Consolas,'DejaVu Sans Mono',monospace";
    private static final String QUIET = "opacity:0.7"; // of the client's own colour, whatever that is
    private static final String LINE = "border-top:1px solid #a0a0a0";
    private static final int MAX_LINK = 500;
    private static final int MAX_VALUE = 1_000;

    private final Alert alert;
    private final AlertTexts texts;
    private final StringBuilder html = new StringBuilder(4_096);

    private MailHtml(Alert alert, AlertTexts texts) {
        this.alert = alert;
        this.texts = texts;
    }

    static String of(Alert alert, AlertTexts texts) {
        return new MailHtml(alert, texts).write();
    }

    private String write() {
        html.append("<!DOCTYPE html>\n<html lang=\"")
                .append(Html.escape(texts.locale().toLanguageTag()))
                .append("\">\n<head>\n<meta charset=\"UTF-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
                .append(Html.escape(texts.subject(alert)))
                .append("</title>\n</head>\n<body style=\"margin:0;padding:12px;")
                .append(FONT)
                .append(";font-size:16px;line-height:1.45\">\n")
                .append("<table role=\"presentation\" width=\"100%\" cellspacing=\"0\" cellpadding=\"0\"")
                .append(" style=\"max-width:600px;margin:0 auto;border-collapse:collapse\">\n");
        header();
        text();
        details();
        evidence();
        footer();
        return html.append("</table>\n</body>\n</html>\n").toString();
    }

    private void header() {
        String colour = colour(alert.kind());
        html.append("<tr><td bgcolor=\"")
                .append(colour)
                .append("\" style=\"background-color:")
                .append(colour);
        html.append(";color:#ffffff;padding:16px 18px;border-radius:8px\">\n");
        html.append("<div style=\"font-size:13px;letter-spacing:0.05em\">")
                .append(value("kind"))
                .append(alert.kind().isClosing() ? "" : " &#183; " + value("severity"))
                .append("</div>\n<div style=\"font-size:24px;line-height:1.25;font-weight:bold;padding:2px 0;")
                .append("word-break:break-word\">")
                .append(shown(alert.check()))
                .append("</div>\n<div>");
        html.append(value("from")).append(" &#8594; ").append(value("to"));
        html.append("</div>\n</td></tr>\n");
    }

    private void text() {
        html.append("<tr><td style=\"padding:16px 18px;word-break:break-word\">")
                .append(Html.escape(texts.text(alert)).replace("\n", "<br>\n"))
                .append("</td></tr>\n");
    }

    private void details() {
        open();
        row("summary");
        row("since");
        row("duration");
        row("failure");
        String target = alert.target();
        if (target != null && !target.isBlank()) {
            row(texts.word("word.target"), isPage(target) ? anchor(target) : shown(target));
        }
        row("address");
        close();
    }

    private void evidence() {
        Map<String, String> facts = alert.evidence().facts();
        if (!facts.isEmpty()) {
            boolean checks = alert.kind() == AlertKind.DIGEST || alert.kind() == AlertKind.DIGEST_ENDED;
            section(checks ? "word.checks" : "word.facts");
            facts.forEach((name, value) -> row(name, shown(value)));
            close();
        }
        if (!alert.evidence().phases().isEmpty()) {
            section("word.phases");
            for (String name : alert.evidence().phases().keySet()) {
                row(name, value("phase." + name));
            }
            close();
        }
        String excerpt = texts.value(alert, "excerpt");
        if (excerpt != null && !excerpt.isBlank()) {
            section("word.answer");
            html.append("<tr><td><pre style=\"margin:0;padding:8px 12px;border-left:3px solid #a0a0a0;")
                    .append("white-space:pre-wrap;word-break:break-word;font-size:13px;")
                    .append(MONO)
                    .append("\">")
                    .append(Html.escape(excerpt))
                    .append("</pre></td></tr>\n");
            close();
        }
        if (!alert.labels().isEmpty()) {
            section("word.labels");
            alert.labels().forEach((name, value) -> row(name, shown(value)));
            close();
        }
    }

    private void footer() {
        html.append("<tr><td style=\"padding:12px 18px;font-size:12px;")
                .append(LINE)
                .append(';')
                .append(QUIET)
                .append("\">")
                .append(Html.escape(texts.word("word.monitor")))
                .append(' ')
                .append(value("monitor"))
                .append(" &#183; ")
                .append(Html.escape(texts.word("word.incident")))
                .append(" <span style=\"word-break:break-all\">")
                .append(value("incident"))
                .append("</span></td></tr>\n");
    }

    private void section(String word) {
        open();
        html.append("<tr><td colspan=\"2\" style=\"padding:0 0 4px;font-size:13px;font-weight:bold\">")
                .append(Html.escape(texts.word(word)))
                .append("</td></tr>\n");
    }

    private void open() {
        html.append("<tr><td style=\"padding:12px 18px;")
                .append(LINE)
                .append("\"><table role=\"presentation\" width=\"100%\" cellspacing=\"0\" cellpadding=\"0\"")
                .append(" style=\"border-collapse:collapse;font-size:15px\">\n");
    }

    private void close() {
        html.append("</table></td></tr>\n");
    }

    private void row(String variable) {
        String value = texts.value(alert, variable);
        if (value != null && !value.isBlank()) {
            row(texts.word("word." + variable), Html.escape(value));
        }
    }

    private void row(String name, String markup) {
        html.append("<tr><td valign=\"top\" width=\"30%\" style=\"padding:3px 12px 3px 0;word-break:break-word;")
                .append(QUIET)
                .append("\">")
                .append(Html.escape(SafeText.line(name, 100)))
                .append("</td><td valign=\"top\" style=\"padding:3px 0;word-break:break-word\">")
                .append(markup)
                .append("</td></tr>\n");
    }

    private String value(String variable) {
        String value = texts.value(alert, variable);
        return value == null ? "" : Html.escape(value);
    }

    private static String shown(String text) {
        return Html.escape(SafeText.line(text, MAX_VALUE));
    }

    private static String anchor(String target) {
        return "<a href=\"" + Html.escape(target) + "\" style=\"color:inherit\">" + shown(target) + "</a>";
    }

    /** Whether it is the address of a page, says nothing but that, and goes nowhere else than it seems to. */
    private static boolean isPage(String target) {
        if (target.length() > MAX_LINK || !target.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            return false;
        }
        try {
            URI uri = new URI(target);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String colour(AlertKind kind) {
        return switch (kind) {
            case DOWN, ISOLATED, DIGEST, REMINDER -> "#b3261e";
            case DEGRADED, FLAPPING -> "#945700";
            case RECOVERED, DEGRADATION_ENDED, FLAPPING_ENDED, ISOLATION_ENDED, DIGEST_ENDED -> "#1e6e34";
            case ENDED -> "#5f6368";
            case ACKNOWLEDGED -> "#1a5fb4";
        };
    }
}

package io.sitemonitor.examples.snippets;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.MessageTemplate;
import io.sitemonitor.alert.email.EmailListener;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** The code in the guide about texts; a test compares the two. */
final class TextSnippets {

    private TextSnippets() {}

    static MonitorBuilder texts() {
        // tag::texts
        AlertTexts texts = AlertTexts.DEFAULT
                .with(
                        AlertKind.DOWN,
                        "{check} is down",
                        "{check} is down since {since}: {summary}\nAsk team {label.team}.")
                .zone(ZoneId.of("Africa/Nairobi"))
                .times(DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH));

        for (AlertTexts.Preview preview : texts.preview()) {
            System.out.println(preview.subject() + "\n" + preview.text());
        }
        MonitorBuilder monitor = Monitor.named("shop")
                .alert(EmailListener.smtp("smtp://mail.internal").texts(texts));
        // end::texts
        return monitor;
    }

    static AlertTexts mustache() {
        // tag::texts-mustache
        AlertTexts texts = AlertTexts.DEFAULT.with(
                AlertKind.DOWN, MessageTemplate.of("{check} is down"), MessageTemplate.mustache("""
                        {{check}} is down{{#failure}} by {{failure}}{{/failure}}.
                        {{#label.runbook}}
                        What to do: {{label.runbook}}
                        {{/label.runbook}}
                        {{^label.runbook}}
                        There is no runbook.
                        {{/label.runbook}}
                        """));
        // end::texts-mustache
        return texts;
    }

    static List<AlertTexts> bundles() {
        // tag::texts-bundle
        AlertTexts german = AlertTexts.from(ResourceBundle.getBundle("alerts", Locale.GERMAN))
                .zone(ZoneId.of("Europe/Berlin"));
        AlertTexts french =
                AlertTexts.from(ResourceBundle.getBundle("alerts", Locale.FRENCH), MessageTemplate::mustache);
        // end::texts-bundle
        return List.of(german, french);
    }
}

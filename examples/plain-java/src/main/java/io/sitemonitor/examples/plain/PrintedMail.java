package io.sitemonitor.examples.plain;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertTexts;

/** Shows the mail that would be sent, for whoever has no mail server at hand. */
final class PrintedMail implements AlertListener {

    private final Screen screen;

    PrintedMail(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void onAlert(Alert alert) {
        String to =
                alert.contacts().isEmpty() ? "nobody, the site has no contact" : String.join(", ", alert.contacts());
        screen.tell(
                "mail    to " + to + ": " + AlertTexts.DEFAULT.subject(alert) + " | " + AlertTexts.DEFAULT.text(alert));
    }
}

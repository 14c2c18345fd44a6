package io.sitemonitor.examples.spring;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import org.springframework.stereotype.Component;

/** Where the shop's alerts go: a bean is all it takes. A real one would page somebody. */
@Component
class ConsoleAlerts implements AlertListener {

    @Override
    public void onAlert(Alert alert) {
        System.out.println(">>> " + alert.kind() + ' ' + alert.check() + " since " + alert.since() + " for "
                + alert.duration().toSeconds() + " s: " + alert.summary() + " -> " + alert.contacts());
    }
}

package io.sitemonitor.alert.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.UndeliverableAlertException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartialDeliveriesTest {

    private final PartialDeliveries deliveries = new PartialDeliveries();
    private final List<String> all = List.of("a", "b", "c");
    private final Alert alert = Alerts.down("storefront");

    @Test
    void whoIsDoneIsNotToldAgain() {
        deliveries.delivered(alert, "a");
        deliveries.refused(alert, "b", "unknown");

        assertThat(deliveries.open(alert, all)).containsExactly("c");
        assertThat(deliveries.open(Alerts.recovered("storefront"), all)).containsExactly("a", "b", "c");
    }

    @Test
    void finishedIsForgotten() throws Exception {
        deliveries.delivered(alert, "a");
        deliveries.refused(alert, "b", "unknown");

        deliveries.finish(alert);

        assertThat(deliveries.open(alert, all)).containsExactly("a", "b", "c");
    }

    @Test
    void refusedByAllIsUndeliverable() {
        deliveries.refused(alert, "a", "unknown");
        deliveries.refused(alert, "b", "");

        assertThatExceptionOfType(UndeliverableAlertException.class)
                .isThrownBy(() -> deliveries.finish(alert))
                .withMessage("DOWN of check 'storefront' was refused for everybody (a: unknown; b: refused)");
    }

    @Test
    void remembersTheLatestThousandAlerts() {
        for (int i = 0; i <= PartialDeliveries.MAX_ALERTS; i++) {
            deliveries.delivered(Alerts.of(AlertKind.DOWN).id("a" + i).build(), "a");
        }

        assertThat(deliveries.open(Alerts.of(AlertKind.DOWN).id("a0").build(), all))
                .hasSize(3);
        assertThat(deliveries.open(Alerts.of(AlertKind.DOWN).id("a1").build(), all))
                .hasSize(2);
    }
}

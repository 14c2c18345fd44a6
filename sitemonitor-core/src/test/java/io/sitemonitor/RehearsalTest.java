package io.sitemonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import org.junit.jupiter.api.Test;

/** What is played at start so that the first alert finds its code loaded. */
class RehearsalTest {

    @Test
    void anOutageAndItsEndAreToldToNobody() {
        assertThat(Rehearsal.played()).extracting(Alert::kind).containsExactly(AlertKind.DOWN, AlertKind.RECOVERED);
    }
}

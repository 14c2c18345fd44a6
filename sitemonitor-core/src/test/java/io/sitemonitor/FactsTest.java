package io.sitemonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactsTest {

    private static final Alert FIRST = alert("first");
    private static final Alert SECOND = alert("second");
    private static final Kept KEPT = new Kept("shop", null);

    private final Facts facts = new Facts();
    private final List<Object> published = new ArrayList<>();

    private static Alert alert(String reason) {
        return AlertForms.isolated("test", Instant.EPOCH, Instant.EPOCH, Duration.ZERO, reason);
    }

    private void add(Object... all) {
        for (Object fact : all) {
            facts.add(fact);
        }
        assertThat(facts.claim()).isTrue();
    }

    @Test
    void alertsAndWhatIsKeptWithThemAreOne() {
        add("event", FIRST, SECOND, "other event", KEPT, "last event");
        facts.drain(this, published::add, true);

        assertThat(published)
                .containsExactly("event", "other event", new Announced(KEPT, List.of(FIRST, SECOND)), "last event");
    }

    @Test
    void eachDecisionIsOneOfItsOwn() {
        add(FIRST, KEPT, SECOND, KEPT);
        facts.drain(this, published::add, true);

        assertThat(published)
                .containsExactly(new Announced(KEPT, List.of(FIRST)), new Announced(KEPT, List.of(SECOND)));
    }

    @Test
    void withoutAStoreAlertsAreFactsLikeOthers() {
        add("event", FIRST, "other event");
        facts.drain(this, published::add, false);

        assertThat(published).containsExactly("event", FIRST, "other event");
    }

    @Test
    void anAlertIsNeverForgotten() {
        add("event", FIRST);
        facts.drain(this, published::add, true);

        assertThat(published).containsExactly("event", FIRST);
    }
}

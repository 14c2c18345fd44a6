package io.sitemonitor.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.check.FailureKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IncidentTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final Incident open =
            Incident.open("shop", "storefront", START, START.plusSeconds(10), FailureKind.STATUS, "HTTP 503");

    @Test
    @DisplayName("P7: an incident has the same id wherever it is computed, open or closed")
    void hasAnIdThatFollowsFromMonitorCheckAndStart() {
        Incident elsewhere =
                Incident.open("shop", "storefront", START, START.plusSeconds(99), FailureKind.TIMEOUT, "late");

        assertThat(open.id()).isEqualTo("6a510b8b-4f85-3a54-93ba-3914047e688b");
        assertThat(elsewhere.id()).isEqualTo(open.id());
        assertThat(open.close(START.plusSeconds(60)).id()).isEqualTo(open.id());
        assertThat(Incident.open("shop", "gateway", START, START, FailureKind.STATUS, "")
                        .id())
                .isNotEqualTo(open.id());
        assertThat(Incident.open("shop", "storefront", START.plusNanos(1), START, FailureKind.STATUS, "")
                        .id())
                .isNotEqualTo(open.id());
    }

    @Test
    void lastsUntilNowWhileItIsOpenAndUntilItsEndAfterwards() {
        assertThat(open.isOpen()).isTrue();
        assertThat(open.duration(START.plusSeconds(40))).isEqualTo(Duration.ofSeconds(40));

        Incident closed = open.close(START.plusSeconds(60));
        assertThat(closed.isOpen()).isFalse();
        assertThat(closed.endedAt()).isEqualTo(START.plusSeconds(60));
        assertThat(closed.duration(START.plusSeconds(4_000))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    @DisplayName("P19: a step of the wall clock makes no negative duration")
    void neverLastsLessThanNothing() {
        assertThat(open.duration(START.minusSeconds(3_600))).isEqualTo(Duration.ZERO);

        Incident closed = open.close(START.minusSeconds(3_600));
        assertThat(closed.endedAt()).isEqualTo(START);
        assertThat(closed.duration(START)).isEqualTo(Duration.ZERO);
    }

    @Test
    void keepsEverythingElseWhenItIsClosed() {
        assertThat(open.close(START.plusSeconds(60)))
                .isEqualTo(new Incident(
                        open.id(),
                        "shop",
                        "storefront",
                        START,
                        START.plusSeconds(10),
                        START.plusSeconds(60),
                        FailureKind.STATUS,
                        "HTTP 503"));
    }

    @Test
    void refusesNullByTheNameOfItsPart() {
        assertThatThrownBy(() -> Incident.open("shop", "storefront", START, null, FailureKind.STATUS, ""))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("confirmedAt");
    }
}

package io.sitemonitor.incident.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.check.FailureKind;
import io.sitemonitor.incident.Incident;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentIncidentsTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final RecentIncidents incidents = new RecentIncidents(3);

    @Test
    void namesOpenIncidentsTheLongestFirst() {
        Incident late = incident("late", 20);
        Incident early = incident("early", 10);
        incidents.opened(late);
        incidents.opened(early);

        assertThat(incidents.open()).containsExactly(early, late);
        assertThat(incidents.openOf("late")).contains(late);
        assertThat(incidents.openOf("other")).isEmpty();
        assertThat(incidents.closed()).isEmpty();
    }

    @Test
    void movesAnIncidentFromOpenToClosed() {
        Incident incident = incident("storefront", 10);
        incidents.opened(incident);

        Incident closed = incident.close(START.plusSeconds(90));
        incidents.closed(closed);

        assertThat(incidents.open()).isEmpty();
        assertThat(incidents.openOf("storefront")).isEmpty();
        assertThat(incidents.closed()).containsExactly(closed);
    }

    @Test
    void keepsANewerIncidentOpenWhenAnOlderOneOfItsCheckIsClosed() {
        Incident newer = incident("storefront", 50);
        incidents.opened(newer);

        incidents.closed(incident("storefront", 10).close(START.plusSeconds(20)));

        assertThat(incidents.open()).containsExactly(newer);
    }

    @Test
    void forgetsTheOldestClosedIncidentBeyondItsLimit() {
        List<Incident> closed = IntStream.range(0, 5)
                .mapToObj(i -> incident("storefront", i).close(START.plusSeconds(100 + i)))
                .toList();
        closed.forEach(incidents::closed);

        assertThat(incidents.closed()).containsExactly(closed.get(4), closed.get(3), closed.get(2));
    }

    @Test
    void handsOutCopies() {
        incidents.opened(incident("storefront", 0));
        List<Incident> before = incidents.open();
        incidents.opened(incident("gateway", 0));

        assertThat(before).hasSize(1);
        assertThatThrownBy(before::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void losesNothingWhenManyThreadsTellAtOnce() throws Exception {
        RecentIncidents shared = new RecentIncidents(RecentIncidents.DEFAULT_LIMIT);
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> all = IntStream.range(0, threads)
                    .mapToObj(thread -> pool.<Void>submit(() -> {
                        start.await();
                        for (int i = 0; i < 100; i++) {
                            Incident incident = incident("check-" + thread, i);
                            shared.opened(incident);
                            assertThat(shared.openOf("check-" + thread)).contains(incident);
                            assertThat(shared.open()).contains(incident);
                            shared.closed(incident.close(START.plusSeconds(i + 1)));
                        }
                        shared.opened(incident("check-" + thread, 1_000));
                        return null;
                    }))
                    .toList();
            for (Future<Void> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(shared.open()).hasSize(threads);
        assertThat(shared.closed()).hasSize(threads * 100).doesNotHaveDuplicates();
    }

    @Test
    void refusesWhatDoesNotFit() {
        Incident open = incident("storefront", 0);
        assertThatThrownBy(() -> incidents.closed(open))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("incident " + open.id() + " must be closed");
        assertThatThrownBy(() -> incidents.opened(open.close(START)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("incident " + open.id() + " must be open");
        assertThatThrownBy(() -> new RecentIncidents(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit must be at least 0, but was -1");
    }

    @Test
    void remembersNoClosedIncidentIfItsLimitIsZero() {
        RecentIncidents none = new RecentIncidents(0);
        none.closed(incident("storefront", 0).close(START));

        assertThat(none.closed()).isEmpty();
    }

    private static Incident incident(String check, int startedAfter) {
        Instant start = START.plusSeconds(startedAfter);
        return Incident.open("shop", check, start, start.plusSeconds(5), FailureKind.CONNECT, "refused");
    }
}

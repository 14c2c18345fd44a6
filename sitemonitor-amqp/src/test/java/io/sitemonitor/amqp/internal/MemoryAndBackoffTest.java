package io.sitemonitor.amqp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MemoryAndBackoffTest {

    @Test
    @DisplayName("P8: remembers the ids used last and no more than asked")
    void forgetsTheOneNotUsedForLongest() {
        Memory memory = new Memory(
                3,
                "test",
                null,
                new Complaints(
                        org.slf4j.LoggerFactory.getLogger("test"), "test", io.sitemonitor.time.TimeSource.system()));
        memory.of("a").finished = true;
        memory.of("b").finished = true;
        memory.of("c").finished = true;
        memory.of("a");
        memory.of("d");
        assertThat(memory.of("a").finished).isTrue();
        assertThat(memory.size()).isEqualTo(3);
        assertThat(memory.of("b").finished).isFalse();
    }

    @Test
    void doublesUpToTheCap() {
        assertThat(Backoff.pause(50, 0, 1_000)).isEqualTo(50);
        assertThat(Backoff.pause(50, 1, 1_000)).isEqualTo(100);
        assertThat(Backoff.pause(50, 5, 1_000)).isEqualTo(1_000);
        assertThat(Backoff.pause(50, 1_000_000, 1_000)).isEqualTo(1_000);
        assertThat(Backoff.pause(3_600_000_000_000L, 29, 3_600_000_000_001L)).isEqualTo(3_600_000_000_001L);
        Backoff backoff = new Backoff(50);
        for (int i = 0; i < 10; i++) {
            backoff.next(1_000);
        }
        assertThat(backoff.next(1_000)).isBetween(800L, 1_200L);
        backoff.reset();
        assertThat(backoff.next(1_000)).isBetween(40L, 60L);
    }
}

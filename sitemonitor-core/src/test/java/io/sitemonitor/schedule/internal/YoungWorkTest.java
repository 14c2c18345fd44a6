package io.sitemonitor.schedule.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How much of the work under way counts as young. */
class YoungWorkTest {

    private static final long PUNCTUAL = YoungWork.GENERATION + 1;
    private static final long LATE = 2 * YoungWork.GENERATION;

    private final YoungWork young = new YoungWork(4);

    @Test
    void workThatEndsMakesRoom() {
        begin(4);
        assertThat(young.isFull()).isTrue();
        young.end(0);
        assertThat(young.isFull()).isFalse();
    }

    @Test
    void workIsOldAfterTheNextGeneration() {
        begin(4);
        young.look(PUNCTUAL);
        assertThat(young.isFull()).as("one generation old").isTrue();
        young.look(PUNCTUAL);
        assertThat(young.isFull()).isFalse();
        begin(4);
        young.end(0);
        assertThat(young.isFull()).as("the end of old work counts for nothing").isTrue();
    }

    @Test
    void nothingAgesWhileWorkGetsDone() {
        int first = young.begin();
        begin(3);
        for (int i = 0; i < 10; i++) {
            young.end(young.begin());
            young.end(young.begin());
            young.look(PUNCTUAL);
        }
        assertThat(young.isFull()).isTrue();
        young.end(first);
        assertThat(young.isFull()).isFalse();
    }

    @Test
    void nothingAgesWhileNobodyGetsAProcessorButNotForEver() {
        begin(4);
        for (int i = 0; i < 398; i++) {
            young.look(LATE);
        }
        assertThat(young.isFull())
                .as("one generation in two hundred, and work is young for two")
                .isTrue();
        young.look(LATE);
        young.look(LATE);
        assertThat(young.isFull()).isFalse();
    }

    private void begin(int count) {
        for (int i = 0; i < count; i++) {
            young.begin();
        }
    }
}

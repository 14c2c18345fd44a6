package io.sitemonitor;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.testing.ScriptedCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A handle says what {@code isUp} says, as long as the monitor is there to decide. */
class CheckHandleTest {

    private final Bench bench = new Bench();
    private final ScriptedCheck shop = ScriptedCheck.passing();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void followsTheState() {
        bench.start(bench.builder().check("shop", shop));
        CheckHandle handle = bench.monitor().handle("shop");
        assertThat(handle.isUp()).as("no run yet").isFalse();
        bench.advanceTo(1);
        assertThat(handle.isUp()).isTrue();
        shop.warns("slow");
        bench.advanceTo(600);
        assertThat(handle.isUp()).as("degraded").isTrue();
        shop.fails("HTTP 503");
        bench.advanceTo(1_200);
        assertThat(handle.isUp()).isFalse();
        shop.passes();
        bench.advanceTo(1_800);
        assertThat(handle.isUp()).isTrue();
        assertThat(handle.check()).isEqualTo("shop");
        assertThat(handle).hasToString("CheckHandle[shop]");
    }

    @Test
    void isNotUpOnceNobodyHasLookedForTwoIntervals() {
        bench.start(bench.builder().check("shop", shop, c -> c.every(ofSeconds(30))));
        CheckHandle handle = bench.monitor().handle("shop");
        bench.advanceTo(1);
        bench.monitor().pause("shop");
        bench.advanceTo(30);
        assertThat(handle.isUp()).isTrue();
        bench.advanceTo(200);
        assertThat(handle.isUp()).isFalse();
    }

    @Test
    void followsTheNameWhateverIsRemovedAndAdded() {
        bench.start(bench.builder());
        CheckHandle handle = bench.monitor().handle("shop");
        assertThat(handle.isUp()).isFalse();
        bench.monitor().add("shop", shop);
        bench.advance(60);
        assertThat(handle.isUp()).isTrue();
        bench.monitor().remove("shop");
        assertThat(handle.isUp()).isFalse();
        bench.monitor().add("shop", ScriptedCheck.failing("HTTP 404"), c -> c.every(ofMinutes(1)));
        bench.advance(60);
        assertThat(handle.isUp()).isFalse();
        bench.monitor().replace("shop", shop, c -> {});
        bench.advance(60);
        assertThat(handle.isUp()).isTrue();
        bench.monitor().close();
        assertThat(handle.isUp()).as("nobody looks any more").isFalse();
    }

    @Test
    void needsAName() {
        bench.start(bench.builder());
        assertThatThrownBy(() -> bench.monitor().handle(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("check");
    }
}

package io.sitemonitor.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StableIdTest {

    @Test
    @DisplayName("P7: the same parts give the same id in every version")
    void givesTheSameIdInEveryVersion() {
        assertThat(StableId.of("incident", "shop", "storefront", "2026-11-22T10:00:00Z"))
                .isEqualTo("6a510b8b-4f85-3a54-93ba-3914047e688b");
        assertThat(StableId.of("ä", "😀")).isEqualTo("b4e5d2b6-ec99-345c-8a3f-d0fb867f2ce6");
    }

    @Test
    void tellsPartsApartWhateverTheyHold() {
        assertThat(StableId.of("a", "bc")).isNotEqualTo(StableId.of("ab", "c"));
        assertThat(StableId.of("a\n1:b")).isNotEqualTo(StableId.of("a", "b"));
        assertThat(StableId.of("a", "")).isNotEqualTo(StableId.of("a"));
        assertThat(StableId.of("a", "b")).isNotEqualTo(StableId.of("b", "a"));
    }

    @Test
    void refusesAMissingPart() {
        assertThatThrownBy(() -> StableId.of("a", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("part");
    }
}

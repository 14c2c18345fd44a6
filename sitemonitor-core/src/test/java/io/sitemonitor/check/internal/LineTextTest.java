package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.sitemonitor.check.SafeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "a\u202Eb"})
    void refusesNamesThatCannotBeShown(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LineText.requireName("part", name))
                .withMessageStartingWith("part must be one line of 1 to 100 characters, but was '")
                .satisfies(e -> assertThat(SafeText.isLine(e.getMessage())).isTrue());
    }

    @Test
    void takesNamesUpToTheirLimit() {
        assertThat(LineText.requireName("part", "é".repeat(100))).hasSize(100);
        assertThatIllegalArgumentException().isThrownBy(() -> LineText.requireName("part", "é".repeat(101)));
        assertThatNullPointerException()
                .isThrownBy(() -> LineText.requireName("part", null))
                .withMessage("part");
    }
}

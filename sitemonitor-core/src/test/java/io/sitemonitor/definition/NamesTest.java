package io.sitemonitor.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "storefront", "pay.example:443/a b?c=d", "Ünïcode 店 😀", "#1", "$"})
    void acceptsNamesAsPeopleGiveThem(String name) {
        assertThat(Names.require("check", name)).isSameAs(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void refusesAnEmptyName(String name) {
        assertThatThrownBy(() -> Names.require("check", name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a check must not be empty");
    }

    @Test
    void refusesMoreThan200Characters() {
        assertThat(Names.require("monitor", "x".repeat(200))).hasSize(200);
        assertThatThrownBy(() -> Names.require("monitor", "x".repeat(201)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a monitor must have at most 200 characters, but has 201 ('" + "x".repeat(39)
                        + "…')");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                " a, a",
                "a ,a ",
                "a\u0000b,a\uFFFDb",
                "a\u001b[31mb,a\uFFFD[31mb",
                "a\u202Eb,a\uFFFDb",
                "a\u0085b,a\uFFFDb",
                "a\u2028b,a b"
            })
    void refusesSpacesAtTheEndsAndWhatChangesOtherText(String name, String shown) {
        assertThatThrownBy(() -> Names.require("listener", name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a listener must not begin or end with a space or contain control characters,"
                        + " but was '" + shown + "'");
    }

    @Test
    void refusesALineBreak() {
        assertThatThrownBy(() -> Names.require("check", "a\nb"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a check must not begin or end with a space or contain control characters,"
                        + " but was 'a b'");
    }

    @Test
    void refusesNullByWhatIsNamed() {
        assertThatThrownBy(() -> Names.require("monitor", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("monitor");
    }
}

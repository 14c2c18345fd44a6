package io.sitemonitor.check.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is hidden of a text. */
class MaskTest {

    @Test
    void hidesSecretsOfThreeCharactersAndMore() {
        assertThat(Mask.of(List.of("abc")).hide("abc, ab and abcabc")).isEqualTo("***, ab and ******");
        assertThat(Mask.of(List.of("ab")).hide("ab"))
                .as("too short to be told from words")
                .isEqualTo("ab");
        assertThat(Mask.of(List.of("", "ab"))).isSameAs(Mask.NONE);
    }

    @Test
    void hidesALongSecretBeforeOneThatIsWithinIt() {
        assertThat(Mask.of(List.of("abc", "abcdef", "cdefg")).hide("abcdefgh")).isEqualTo("***gh");
    }

    @Test
    void printsNoSecret() {
        assertThat(Mask.of(List.of("abc", "abc", "defg"))).hasToString("2 secrets");
    }
}

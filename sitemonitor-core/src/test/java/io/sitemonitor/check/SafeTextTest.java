package io.sitemonitor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

    @Test
    void leavesHarmlessTextAsItIs() {
        String text = "HTTP 503 – Größe 12 % 漢字 😀";

        assertThat(SafeText.line(text, 100)).isSameAs(text);
        assertThat(SafeText.isLine(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'a\nb','a b'",
        "'a\r\nb','a  b'",
        "'a\tb','a b'",
        "'a\u0000b','a\uFFFDb'",
        "'a\u001B[31mb','a\uFFFD[31mb'",
        "'a\u009Bb','a\uFFFDb'",
        "'a\u202Eb','a\uFFFDb'",
        "'a\u2066b','a\uFFFDb'",
        "'a\uFEFFb','a\uFFFDb'",
        "'a\u2028b','a b'"
    })
    void takesTheHarmOutOfControlCharacters(String text, String line) {
        assertThat(SafeText.isLine(text)).isFalse();
        assertThat(SafeText.line(text, 100)).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            chars = {
                '\u0000', '\u001F', '\u007F', '\u0080', '\u009F', '\u061C', '\u200E', '\u200F', '\u2028', '\u2029',
                '\u202A', '\u202E', '\u2066', '\u2069', '\uFEFF'
            })
    void knowsTheFirstAndTheLastOfWhatDoesHarm(char harmful) {
        assertThat(SafeText.isLine("a" + harmful)).isFalse();
        assertThat(SafeText.line("a" + harmful, 100)).isIn("a ", "a\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(
            chars = {
                ' ', '~', '\u00A0', '\u061B', '\u061D', '\u200D', '\u2010', '\u2027', '\u202F', '\u2065', '\u206A',
                '\uFEFE'
            })
    void leavesWhatIsBesideThat(char harmless) {
        assertThat(SafeText.isLine("a" + harmless)).isTrue();
    }

    @Test
    void cutsLongTextAndSaysSo() {
        assertThat(SafeText.line("abcdef", 6)).isEqualTo("abcdef");
        assertThat(SafeText.line("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(SafeText.line("abc", 1)).isEqualTo("…");
    }

    @Test
    void neverCutsACharacterInHalf() {
        assertThat(SafeText.line("abc😀def", 5)).isEqualTo("abc…");
        assertThat(SafeText.line("abc😀def", 6)).isEqualTo("abc😀…");
    }

    @Test
    void anyTextBecomesALineOfTheLengthAsked() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            char[] chars = new char[random.nextInt(40)];
            for (int c = 0; c < chars.length; c++) {
                chars[c] = (char) (random.nextBoolean() ? random.nextInt(0x10000) : random.nextInt(0x100));
            }
            int limit = 1 + random.nextInt(40);

            String line = SafeText.line(new String(chars), limit);

            assertThat(SafeText.isLine(line)).as("seed %d", seed).isTrue();
            assertThat(line.length()).as("seed %d", seed).isLessThanOrEqualTo(limit);
        }
    }
}

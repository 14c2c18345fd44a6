package io.sitemonitor.alert.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {

    @Test
    void entitiesAreThoseOfSlackAndHtml() {
        assertThat(Markup.ENTITIES.write("<!channel> & \"x\" &amp;", 100))
                .isEqualTo("&lt;!channel&gt; &amp; \"x\" &amp;amp;");
    }

    @Test
    void markdownNeitherMentionsNorLinksNorEmphasizes() {
        assertThat(Markup.MARKDOWN.write("@all <@1> [a](b) *b* _i_ ~s~ `c` ||h|| \\", 100))
                .isEqualTo(
                        "@\u200Ball <\u200B@\u200B1> [a]\u200B(b) \\*b\\* \\_i\\_ \\~s\\~ \\`c\\` |\u200B|\u200Bh|\u200B|\u200B \\\\");
    }

    @Test
    void whatFitsIsNotCut() {
        assertThat(Markup.PLAIN.write("abc", 3)).isEqualTo("abc");
        assertThat(Markup.ENTITIES.write("<", 4)).isEqualTo("&lt;");
        assertThat(Markup.PLAIN.write("", 3)).isEmpty();
    }

    @Test
    void whatDoesNotFitEndsInAnEllipsisAndIsNotCutWithinASign() {
        assertThat(Markup.PLAIN.write("abcd", 3)).isEqualTo("ab…");
        assertThat(Markup.PLAIN.write("a\uD83D\uDD25b", 3)).isEqualTo("a…");
        assertThat(Markup.ENTITIES.write("ab<cd", 6)).isEqualTo("ab…");
        assertThat(Markup.MARKDOWN.write("a*b*c", 5)).isEqualTo("a\\*b…");
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLongerThanItsLimit(Markup markup) {
        String text = "\uD83D\uDD25<@&*_|](x)\n".repeat(50);
        for (int limit = 1; limit < 300; limit++) {
            String written = markup.write(text, limit);
            assertThat(written.length()).isLessThanOrEqualTo(limit);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(written)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "€", "\uD83D\uDD25"})
    void bytesAreCounted(String sign) {
        String text = sign.repeat(20);
        for (int limit = 3; limit < 100; limit++) {
            String cut = Markup.bytes(text, limit);
            assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(limit);
            assertThat(cut).matches(one -> one.equals(text) || one.endsWith("…"));
        }
        assertThat(Markup.bytes(text, sign.getBytes(StandardCharsets.UTF_8).length * 20))
                .isEqualTo(text);
    }
}

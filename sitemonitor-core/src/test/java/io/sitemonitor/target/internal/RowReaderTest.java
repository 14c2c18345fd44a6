package io.sitemonitor.target.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.target.Targets;
import io.sitemonitor.target.Targets.Rejected;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {

    private final RowReader reader = new RowReader(UrlCheck::of, c -> c.downAfter(7));

    @Test
    void makesACheckOfAFullRow() {
        reader.row("row 1", " storefront ", " https://shop.example/ ", " owner@shop.example ", " 45 ");

        assertThat(reader.targets())
                .isEqualTo(new Targets(
                        List.of(CheckDefinition.of(
                                "storefront",
                                new UrlCheck("https://shop.example/"),
                                c -> c.downAfter(7),
                                c -> c.every(Duration.ofSeconds(45)).contact("owner@shop.example"))),
                        List.of()));
    }

    @Test
    void leavesOutWhatIsMissing() {
        reader.row("row 1", "a", "https://a.example/", null, null);
        reader.row("row 2", "b", "https://b.example/", "", " ");

        assertThat(reader.targets().rejected()).isEmpty();
        assertThat(reader.targets().checks()).allSatisfy(check -> {
            assertThat(check.settings().contacts()).isEmpty();
            assertThat(check.settings().schedule().interval()).isEqualTo(Duration.ofSeconds(30));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "30, PT30S",
        "0.5, PT0.5S",
        "30.00, PT30S",
        "500ms, PT0.5S",
        "30s, PT30S",
        "30 S, PT30S",
        "1.5m, PT1M30S",
        "5m, PT5M",
        "1h, PT1H",
        "2d, PT48H",
        "PT30S, PT30S",
        "pt1h30m, PT1H30M",
        "P1D, PT24H"
    })
    void understandsIntervalsAsPeopleWriteThem(String text, Duration expected) {
        reader.row("row 1", "a", "https://a.example/", null, text);

        assertThat(reader.targets().rejected()).isEmpty();
        assertThat(reader.targets().checks().get(0).settings().schedule().interval())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1w", "1e3", "5 minutes", "0x10", "P1Y", "1234567890123", "1,5", "٣"})
    void rejectsWhatIsNoInterval(String text) {
        reader.row("row 1", "a", "https://a.example/", null, text);

        assertThat(reader.targets().rejected())
                .containsExactly(new Rejected(
                        "row 1",
                        "a",
                        "interval must be a number of seconds or like 500ms, 30s, 5m, 1h or PT30S, but was '" + text
                                + "'"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 'every must be at least PT0.1S, but was PT0S (check ''a'')'",
        "99ms, 'every must be at least PT0.1S, but was PT0.099S (check ''a'')'",
        "PT-1S, 'every must be at least PT0.1S, but was PT-1S (check ''a'')'",
        "999999999999d, 'every must be at most PT8784H, but was PT23999999999976H (check ''a'')'"
    })
    void rejectsAnIntervalThatIsTooShortOrTooLong(String text, String reason) {
        reader.row("row 1", "a", "https://a.example/", null, text);

        assertThat(reader.targets().rejected()).containsExactly(new Rejected("row 1", "a", reason));
    }

    @Test
    void rejectsABadRowWithItsPlaceAndNameAndGoesOn() {
        reader.row("row 1", null, "https://a.example/", null, null);
        reader.row("row 2", "b", " ", null, null);
        reader.row("row 3", "c", "ftp://c.example/", null, null);
        reader.row("row 4", "d\u0007", "https://d.example/", null, null);
        reader.row("row 5", "e", "https://e.example/", "owner", null);
        reader.row("row 6", "f", "https://f.example/", "@f", null);
        reader.row("row 7", "g", "https://g.example/", "a@b\nBcc: c@d", null);
        reader.row("row 8", "h", "https://h.example/", "+254700000000", null);

        Targets targets = reader.targets();
        assertThat(targets.rejected())
                .extracting(Rejected::toString)
                .containsExactly(
                        "row 1: the name is missing",
                        "row 2 ('b'): the url is missing",
                        "row 3 ('c'): url must begin with http:// or https://, but was 'ftp://c.example/'",
                        "row 4: the name of a check must not begin or end with a space or contain control characters,"
                                + " but was 'd\uFFFD'",
                        "row 5 ('e'): contact must be an e-mail address or a telephone number that begins with +,"
                                + " but was 'owner'",
                        "row 6 ('f'): contact must be an e-mail address or a telephone number that begins with +,"
                                + " but was '@f'",
                        "row 7 ('g'): contact must have at most 320 characters and no control characters, but was"
                                + " 'a@b Bcc: c@d' (check 'g')");
        assertThat(targets.checks()).extracting(CheckDefinition::name).containsExactly("h");
    }

    @Test
    void usesTheFirstOfTwoRowsOfOneName() {
        reader.row("row 1", "a", "https://first.example/", null, null);
        reader.row("row 2", "a ", "https://second.example/", null, null);

        assertThat(reader.targets().checks())
                .extracting(CheckDefinition::check)
                .containsExactly(new UrlCheck("https://first.example/"));
        assertThat(reader.targets().rejected())
                .containsExactly(new Rejected(
                        "row 2", "a", "the name is taken already by row 1; give each check a name of its own"));
    }

    @Test
    void rejectsARowOfWhichNoCheckCanBeMadeForWhateverReason() {
        RowReader broken = new RowReader(
                url -> {
                    if (url.startsWith("http")) {
                        throw new IllegalStateException();
                    }
                    return null;
                },
                c -> {});
        broken.row("row 1", "a", "https://a.example/", null, null);
        broken.row("row 2", "b", "b", null, null);

        assertThat(broken.targets().rejected())
                .extracting(Rejected::toString)
                .containsExactly(
                        "row 1 ('a'): IllegalStateException", "row 2 ('b'): no check could be made of its url");
    }

    @Test
    void cleansAndCutsReasons() {
        reader.reject("row 1", null, "a\nb" + "x".repeat(1_000));

        assertThat(reader.targets().rejected().get(0).reason())
                .startsWith("a b")
                .hasSize(500);
    }

    @Test
    void refusesSettingsThatNoCheckCouldHave() {
        assertThatThrownBy(() -> RowReader.requireValid(c -> c.downAfter(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("downAfter must be at least 1, but was 0");
        assertThatThrownBy(() -> RowReader.requireValid(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("settings");
    }
}

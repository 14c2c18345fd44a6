package io.sitemonitor.alert.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.check.Evidence;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class MailHtmlTest {

    private static final String HOSTILE =
            "</td><script>x()</script><img src=https://x.example/> & \" onload='x()' \u202E\u0007 {check}";
    private static final Pattern TAG = Pattern.compile("<(/?[!a-zA-Z]+)");

    @Test
    void showsWhatHappenedAndWhatTheRunSaw() {
        String html = html(AlertTexts.DEFAULT.preview(AlertKind.DOWN).alert());

        assertThat(html)
                .contains(">DOWN &#183; CRITICAL</div>", ">storefront<", ">UP &#8594; DOWN<")
                .contains(">Site storefront has gone down at 2026-11-22T12:01:10Z<");
        assertThat(rows(html))
                .containsEntry("Summary", "HTTP 503 in 412 ms")
                .containsEntry("Since", "2026-11-22T12:00:00Z")
                .containsEntry("Duration", "1 min 10 s")
                .containsEntry("Failure", "STATUS")
                .containsEntry(
                        "Target", "<a href=\"https://shop.example/\" style=\"color:inherit\">https://shop.example/</a>")
                .containsEntry("Address", "192.0.2.7:443")
                .containsEntry("status", "503")
                .containsEntry("first byte", "365 ms")
                .containsEntry("team", "web");
        assertThat(html)
                .contains(">{&quot;error&quot;:&quot;no backend is available&quot;,&quot;queue&quot;:1870}</pre>");
    }

    @Test
    void goodNewsIsNotSaidToBeCritical() {
        assertThat(html(AlertTexts.DEFAULT.preview(AlertKind.RECOVERED).alert()))
                .contains(">RECOVERED</div>")
                .doesNotContain("CRITICAL");
    }

    @Test
    void aDigestIsATableOfItsChecks() {
        String html = html(AlertTexts.DEFAULT.preview(AlertKind.DIGEST).alert());

        assertThat(html).contains(">Checks<").doesNotContain(">Details<");
        assertThat(rows(html)).containsEntry("payments", "DOWN: connection refused");
    }

    @Test
    void whatIsMissingIsLeftOut() {
        String html = html(Alerts.of(AlertKind.DOWN)
                .failure(null)
                .target(null)
                .evidence(Evidence.none())
                .build());

        assertThat(rows(html)).containsOnlyKeys("Summary", "Since", "Duration", "team");
    }

    @Test
    void nothingHostileBecomesMarkup() throws Exception {
        Alert hostile = Alerts.of(AlertKind.DOWN)
                .monitor(HOSTILE)
                .check(HOSTILE)
                .incident(HOSTILE)
                .summary(HOSTILE)
                .target("https://shop.example/\"onclick='x()'")
                .label("<b>", HOSTILE)
                .evidence(new Evidence(HOSTILE, Map.of("<i>", Duration.ofMillis(1)), Map.of("<u>", HOSTILE), HOSTILE))
                .build();

        String html = html(hostile);

        assertThat(tags(html))
                .isEqualTo(tags(html(Alerts.of(AlertKind.DOWN).target(null).build())));
        assertThat(html)
                .doesNotContain("\u202E", "\u0007")
                .contains("&lt;/td&gt;&lt;script&gt;x()&lt;/script&gt;")
                .contains("&#39;x()&#39; &#65533;&#65533; {check}");
        assertThat(html.chars()).allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7F));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "ftp://shop.example/",
                "https://shop.example:443@x.example/",
                "https://x.example/\u0441",
                "https://x.example/ b",
                "https:shop.example",
                "https:///x",
                "http://a|b/",
                "tcp://gw.internal:443"
            })
    void onlyPagesAreLinked(String target) {
        assertThat(html(Alerts.of(AlertKind.DOWN).target(target).build())).doesNotContain("<a", "href");
    }

    @Test
    void longTargetsAreNotLinked() {
        String target = "https://shop.example/" + "x".repeat(480);

        assertThat(html(Alerts.of(AlertKind.DOWN).target(target).build()))
                .contains(target)
                .doesNotContain("<a");
    }

    @ParameterizedTest
    @EnumSource
    void isWellFormedAndLoadsNothing(AlertKind kind) throws Exception {
        String html = html(AlertTexts.DEFAULT.preview(kind).alert());
        String asXml = html.replaceFirst("<!DOCTYPE html>\n", "").replaceAll("<(meta|br)([^>]*)>", "<$1$2/>");

        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(asXml)));
        assertThat(html).doesNotContainIgnoringCase("<img", "<link", "<style", "<script", "src=", "url(", "@import");
    }

    /** For whoever wants to see it, and for the picture in {@code docs/}: CONTRIBUTING.md tells how. */
    @Test
    void thePictureShowsAnOutageOnALightScreenAndItsEndOnADarkOne() throws Exception {
        String page = "<!DOCTYPE html>\n<meta charset=\"UTF-8\">\n<body style=\"margin:0;display:flex\">\n"
                + frame(AlertKind.DOWN, "light", "#ffffff") + frame(AlertKind.RECOVERED, "dark", "#1f1f1f")
                + "</body>\n";

        Path file = Files.createDirectories(Path.of("target", "email")).resolve("picture.html");
        Files.writeString(file, page);

        assertThat(page).contains("storefront has gone down", "storefront is back UP");
    }

    private static String frame(AlertKind kind, String scheme, String background) {
        String html = html(AlertTexts.DEFAULT.preview(kind).alert());
        return "<iframe width=\"430\" height=\"860\" style=\"border:0;color-scheme:" + scheme + ";background:"
                + background + "\" srcdoc=\""
                + Html.escape(html) + "\"></iframe>\n";
    }

    @Test
    void kindsThatDifferInKindDifferInColour() {
        assertThat(colour(AlertKind.DOWN))
                .isEqualTo(colour(AlertKind.ISOLATED))
                .isNotEqualTo(colour(AlertKind.DEGRADED))
                .isNotEqualTo(colour(AlertKind.RECOVERED))
                .isNotEqualTo(colour(AlertKind.ACKNOWLEDGED));
        assertThat(colour(AlertKind.RECOVERED)).isEqualTo(colour(AlertKind.DIGEST_ENDED));
    }

    @Test
    void timesAndTextsAreThoseOfTheTexts() {
        AlertTexts texts = AlertTexts.DEFAULT
                .zone(ZoneId.of("Africa/Nairobi"))
                .with(AlertKind.DOWN, "Oh", "One <line>\nand another");

        String html = MailHtml.of(Alerts.down("storefront"), texts);

        assertThat(html)
                .contains("<title>Oh</title>", ">One &lt;line&gt;<br>\nand another<", ">2026-11-22T15:00:00+03:00<");
    }

    private static String html(Alert alert) {
        return MailHtml.of(alert, AlertTexts.DEFAULT);
    }

    private static Set<String> tags(String html) {
        Set<String> tags = new HashSet<>();
        Matcher tag = TAG.matcher(html);
        while (tag.find()) {
            tags.add(tag.group(1));
        }
        return tags;
    }

    private static Map<String, String> rows(String html) {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = Pattern.compile("<tr><td [^>]*>([^<]*)</td><td [^>]*>(.*?)</td></tr>")
                .matcher(html);
        while (row.find()) {
            rows.put(row.group(1), row.group(2));
        }
        return rows;
    }

    private static String colour(AlertKind kind) {
        Matcher colour = Pattern.compile("bgcolor=\"(#[0-9a-f]{6})\"")
                .matcher(html(Alerts.of(kind).build()));
        assertThat(colour.find()).isTrue();
        return colour.group(1);
    }
}

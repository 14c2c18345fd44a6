package io.sitemonitor.check.http;

import static io.sitemonitor.check.http.BodyExpectation.containing;
import static io.sitemonitor.check.http.BodyExpectation.notContaining;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpCheckOptionsTest {

    private static final HttpCheck CHECK = HttpCheck.get("https://shop.example/");

    @Test
    void redirectsStayWithinTheOriginHoweverManyThereMayBe() {
        assertThat(CHECK.sameOriginRedirects().followRedirects(3))
                .isEqualTo(CHECK.followRedirects(3).sameOriginRedirects())
                .isNotEqualTo(CHECK.followRedirects(3));
    }

    @Test
    void isEqualByEachOption() {
        List<HttpCheck> different = List.of(
                CHECK,
                HttpCheck.get("https://shop.example/a"),
                HttpCheck.get("https://jo:pass@shop.example/"),
                HttpCheck.get("https://jo:other@shop.example/"),
                HttpCheck.head("https://shop.example/"),
                HttpCheck.post("https://shop.example/"),
                HttpCheck.post("https://shop.example/").body("text/plain", "a"),
                HttpCheck.post("https://shop.example/").body("text/plain", "b"),
                CHECK.header("a", "1"),
                CHECK.header("a", "2"),
                CHECK.expectStatus(200),
                CHECK.expectStatus(200, 201),
                CHECK.expectBody(containing("a")),
                CHECK.expectBody(notContaining("a")),
                CHECK.warnAbove(ofMillis(5)),
                CHECK.failAbove(ofMillis(5)),
                CHECK.followRedirects(1),
                CHECK.connectTimeout(ofMillis(5)),
                CHECK.maxBody(5),
                CHECK.confirmByOtherAddress());

        assertThat(different).doesNotHaveDuplicates();
        assertThat(full()).isEqualTo(full()).hasSameHashCodeAs(full());
        assertThat(CHECK.header("a", "1").header("b", "2"))
                .isEqualTo(CHECK.header("b", "2").header("a", "1"));
    }

    @Test
    void anOptionLeavesTheOriginalAsItWas() {
        HttpCheck check = HttpCheck.get("https://shop.example/");
        check.header("a", "1")
                .expectStatus(204)
                .expectBody(containing("x"))
                .followRedirects(0)
                .maxBody(5)
                .confirmByOtherAddress();

        assertThat(check).isEqualTo(CHECK);
    }

    @ParameterizedTest
    @CsvSource({
        "https://jo:pw@Shop.Example:443/a?x=1#f,https://shop.example/a?x=1",
        "http://shop.example:8080,http://shop.example:8080/",
        "http://[::1]:81/,http://[::1]:81/",
        "http://[::1]/,http://[::1]/",
        "https://a.example/?token=abc&x=1&API_Key=2&flag&secret,https://a.example/?token=***&x=1&API_Key=***&flag&secret",
        "https://a.example/?p%61ssword=abc,https://a.example/?p%61ssword=***",
        "https://a.example/?a=1&&token=2&,https://a.example/?a=1&&token=***&"
    })
    void showsItsTargetWithoutSecrets(String url, String shown) {
        assertThat(HttpCheck.get(url).target()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "https://jo:pw@Shop.Example:8443/a?x=1#f,shop.example",
        "http://shop.example,shop.example",
        "http://192.0.2.7:80/,192.0.2.7",
        "http://[2001:DB8::7]:81/,2001:db8::7",
        "http://bücher.example/,xn--bcher-kva.example"
    })
    void namesTheHostItBurdens(String url, String host) {
        assertThat(HttpCheck.get(url).host()).isEqualTo(host);
    }

    @Test
    void saysThatItAsksForASecondOpinion() {
        assertThat(CHECK).hasToString("GET https://shop.example/");
        assertThat(CHECK.confirmByOtherAddress())
                .hasToString("GET https://shop.example/ (confirmed by another address)");
    }

    @Test
    void refusesUrlsThatAreNone() {
        refused(
                () -> HttpCheck.get("ftp://shop.example/"),
                "url must begin with http:// or https://, but was 'ftp://shop.example/'");
        refused(() -> HttpCheck.get(""), "url must begin with http:// or https://, but was ''");
        refused(() -> HttpCheck.get("shop.example"), "url must begin with http:// or https://, but was 'shop.example'");
        refused(
                () -> HttpCheck.get("http://"),
                "url must name a host and, if any, a port from 1 to 65535, but was 'http://'");
        refused(
                () -> HttpCheck.get("http:///path"),
                "url must name a host and, if any, a port from 1 to 65535, but was 'http:///path'");
        refused(
                () -> HttpCheck.get("http://a.example:70000/"),
                "url must name a host and, if any, a port from 1 to 65535, but was 'http://a.example:70000/'");
        refused(
                () -> HttpCheck.get("http://a.example/\r\nHost: b"),
                "url must not contain control characters, but was 'http://a.example/  Host: b'");
        refused(
                () -> HttpCheck.get("http://a.example/" + "x".repeat(8_000)),
                "url must have at most 8000 characters, but has 8017");
        assertThatNullPointerException().isThrownBy(() -> HttpCheck.get(null)).withMessage("url");
    }

    @Test
    void refusesAUrlWithoutShowingItsSecrets() {
        refused(
                () -> HttpCheck.get("ftp://jo:pa/ss@shop.example/?token=abc"),
                "url must begin with http:// or https://, but was 'ftp://***@shop.example/…'");
        refused(
                () -> HttpCheck.get("http://jo:secret@shop example/#x"),
                "url must name a host and, if any, a port from 1 to 65535, but was 'http://***@shop example/…'");
    }

    @Test
    void refusesMethodsThatAreNone() {
        refused(
                () -> HttpCheck.method("GE T", "http://a.example/"),
                "method must be an HTTP method such as GET or OPTIONS, but was 'GE T'");
        refused(
                () -> HttpCheck.method("CONNECT", "http://a.example/"),
                "method must be an HTTP method such as GET or OPTIONS, but was 'CONNECT'");
        refused(
                () -> HttpCheck.method("", "http://a.example/"),
                "method must be an HTTP method such as GET or OPTIONS, but was ''");
    }

    @Test
    void refusesHeadersThatAreNoneWithoutShowingTheirValues() {
        refused(
                () -> CHECK.header("X Y", "1"),
                "the name of a header must be letters, digits and dashes, but was 'X Y'");
        refused(
                () -> CHECK.header("Authorization", "secret\r\nX: y"),
                "the value of the header Authorization must have at most 8000 characters of ASCII and no control"
                        + " characters");
        refused(() -> CHECK.header("content-length", "5"), "the header content-length is set by the check itself");
        HttpCheck many = CHECK;
        for (int i = 0; i < 64; i++) {
            many = many.header("X-" + i, "1");
        }
        HttpCheck full = many;
        refused(() -> full.header("X-64", "1"), "an HTTP check can have at most 64 headers");
    }

    @Test
    void refusesBodiesThatAreNone() {
        HttpCheck post = HttpCheck.post("http://a.example/");
        refused(
                () -> post.body("json", "{}"),
                "contentType must be a media type such as application/json, but was 'json'");
        refused(
                () -> post.body("text/plain", "x".repeat(1_048_577)),
                "body must have at most 1048576 characters, but has 1048577");
        assertThatIllegalStateException()
                .isThrownBy(() -> CHECK.body("text/plain", "x"))
                .withMessage("a GET request has no body; use post or method");
    }

    @Test
    void refusesNumbersOutsideTheirRange() {
        refused(() -> CHECK.expectStatus(99), "expectStatus must be from 100 to 599, but was 99");
        refused(() -> CHECK.expectStatus(200, 600), "expectStatus must be from 100 to 599, but was 600");
        refused(
                () -> CHECK.expectStatus(300, 200),
                "expectStatus must begin with the lower status, but was 300 to 200");
        refused(() -> CHECK.followRedirects(21), "followRedirects must be from 0 to 20, but was 21");
        refused(() -> CHECK.followRedirects(-1), "followRedirects must be from 0 to 20, but was -1");
        refused(() -> CHECK.maxBody(0), "maxBody must be from 1 to 4194304 bytes, but was 0");
        refused(() -> CHECK.maxBody(4_294_967_297L), "maxBody must be from 1 to 4194304 bytes, but was 4294967297");
        refused(() -> CHECK.warnAbove(Duration.ZERO), "warnAbove must be at least PT0.001S, but was PT0S");
        refused(() -> CHECK.failAbove(ofSeconds(3601)), "failAbove must be at most PT1H, but was PT1H1S");
        refused(() -> CHECK.connectTimeout(ofSeconds(-1)), "connectTimeout must be at least PT0.001S, but was PT-1S");
        HttpCheck many = CHECK;
        for (int i = 0; i < 32; i++) {
            many = many.expectStatus(200 + i);
        }
        HttpCheck full = many;
        refused(() -> full.expectStatus(300), "a check can have at most 32 expectations of a kind");
    }

    @Test
    void refusesLimitsThatExcludeEachOther() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CHECK.warnAbove(ofSeconds(2)).failAbove(ofSeconds(2)))
                .withMessage("warnAbove must be less than failAbove, but they were PT2S and PT2S");
        assertThatIllegalStateException()
                .isThrownBy(() -> CHECK.failAbove(ofSeconds(1)).warnAbove(ofSeconds(2)))
                .withMessage("warnAbove must be less than failAbove, but they were PT2S and PT1S");
    }

    @Test
    void refusesExpectationsThatExpectNothing() {
        refused(() -> containing(""), "the text expected in a body must not be empty");
        assertThatNullPointerException().isThrownBy(() -> notContaining(null)).withMessage("text");
        assertThatNullPointerException()
                .isThrownBy(() -> CHECK.expectBody(null))
                .withMessage("expectation");
    }

    @Test
    void defaultsAreWhatTheyAreSaidToBe() {
        assertThat(CHECK).isEqualTo(CHECK.followRedirects(5)).isEqualTo(CHECK.maxBody(524_288));
    }

    private static HttpCheck full() {
        return HttpCheck.post("https://jo:pass@shop.example/?token=x")
                .header("a", "1")
                .body("text/plain", "b")
                .expectStatus(200)
                .expectStatus(300, 302)
                .expectBody(containing("c"))
                .warnAbove(ofMillis(5))
                .failAbove(ofMillis(6))
                .followRedirects(3)
                .connectTimeout(ofMillis(7))
                .confirmByOtherAddress()
                .maxBody(8);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
}

package io.sitemonitor.check.http;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.HttpUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An origin is scheme, host and port together. */
class UrlsTest {

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/b, true",
        "https://SHOP.example:443/, true",
        "https://shop.example:444/a, false",
        "http://shop.example:443/a, false",
        "https://a.shop.example/a, false"
    })
    void anOriginIsTheSameOnlyAsAWhole(String other, boolean isSame) {
        HttpUrl url = HttpUrl.get("https://shop.example/a");

        assertThat(Urls.sameOrigin(url, HttpUrl.get(other))).isEqualTo(isSame);
        assertThat(Urls.sameOrigin(HttpUrl.get(other), url)).isEqualTo(isSame);
    }
}

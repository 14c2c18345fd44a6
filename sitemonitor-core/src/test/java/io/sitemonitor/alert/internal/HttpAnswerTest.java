package io.sitemonitor.alert.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAnswerTest {

    private static final ManualTime TIME = ManualTime.startingAt(Instant.parse("2026-11-22T12:00:00Z"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429|{\"retry_after\": 64.57, \"global\": false}|PT1M4.57S",
                "429|{\"ok\":false,\"parameters\":{\"retry_after\":34}}|PT34S",
                "429|{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":2500}|PT2.5S",
                "429|{\"retry_after\": 0.0001}|PT0.001S",
                "429|{\"retry_after\": 1e300}|PT24H",
                "429|{\"retry_after\": -1}|",
                "429|{\"retry_after\": \"64\"}|",
                "429|[1]|",
                "429|<html>|",
                "429||",
                "500|{\"retry_after\": 3}|",
                "400|{\"retry_after\": 3}|",
                "503|{\"retry_after\": 3}|PT3S",
            })
    void theBodySaysWhenToComeAgain(int status, @Nullable String body, @Nullable Duration wait) {
        assertThat(answer(status, Headers.of(), body == null ? "" : body).askedWait(TIME))
                .isEqualTo(wait);
    }

    @Test
    void theLongerOfHeadAndBodyCounts() {
        assertThat(answer(429, Headers.of("Retry-After", "65"), "{\"retry_after\": 64.57}")
                        .askedWait(TIME))
                .isEqualTo(Duration.ofSeconds(65));
        assertThat(answer(429, Headers.of("Retry-After", "1"), "{\"retry_after\": 1.25}")
                        .askedWait(TIME))
                .isEqualTo(Duration.ofMillis(1_250));
    }

    @Test
    void aDateIsJudgedByTheOwnClockIfTheServerTellsNone() {
        assertThat(answer(503, Headers.of("Retry-After", "Sun, 22 Nov 2026 12:02:00 GMT"), "")
                        .askedWait(TIME))
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void saysWhatWasAnsweredInOneHarmlessLine() {
        assertThat(answer(400, Headers.of(), " no\r\nsuch \u202Efield " + "x".repeat(300))
                        .description())
                .startsWith("hooks.example answered HTTP 400: no  such \uFFFDfield xxx")
                .endsWith("x…")
                .hasSize("hooks.example answered HTTP 400: ".length() + 200);
        assertThat(answer(302, Headers.of("Location", "/secret"), "moved").description())
                .isEqualTo("hooks.example answered HTTP 302, a redirect to hooks.example, which is not followed");
        assertThat(answer(304, Headers.of(), "").description()).isEqualTo("hooks.example answered HTTP 304");
    }

    private static HttpAnswer answer(int status, Headers head, String body) {
        return new HttpAnswer(HttpUrl.get("https://hooks.example/x"), status, head, body);
    }
}

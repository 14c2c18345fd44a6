package io.sitemonitor.alert.discord;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.HttpListenerContract;
import io.sitemonitor.alert.RetryAlertException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DiscordListenerTest extends HttpListenerContract {

    private static final String TOKEN = "aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeFgHiJkLmNoPqRsTuVwXyZ012345";
    private static final String ROLE = "1122334455667788990";

    @Override
    protected DiscordListener listener(String server, Duration timeout) {
        return DiscordListener.webhook(server + "/api/webhooks/123456789012345678/" + TOKEN)
                .timeout(timeout);
    }

    @Override
    protected DiscordListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    @Override
    protected Delivery delivery(LoggedRequest request) {
        ObjectNode form = (ObjectNode) json(request);
        ((ObjectNode) form.at("/embeds/0")).remove("url"); // where the title leads, which is no text
        return new Delivery(null, texts(form));
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN);
    }

    @Override
    protected List<String> harmfulMarkup() {
        return List.of("@everyone", "@here", "<@", "<h", "](", "**", "||");
    }

    @Test
    void postsAnOutage() throws Exception {
        listener().onAlert(Alerts.down("storefront"));

        assertThat(request().getMethod().value()).isEqualTo("POST");
        assertThat(request().getUrl()).isEqualTo("/api/v10/webhooks/123456789012345678/" + TOKEN + "?wait=true");
        assertJson(request(), """
                {"allowed_mentions": {"parse": []}, "embeds": [{"title": "🔴 Site storefront is DOWN!",
                 "description": "Site storefront has gone down at 2026-11-22T12:00:10Z", "color": 13840175,
                 "timestamp": "2026-11-22T12:00:10Z", "url": "https://shop.example/", "fields": [
                  {"name": "What", "value": "HTTP 503 in 412 ms", "inline": false},
                  {"name": "Target", "value": "https://shop.example/", "inline": false},
                  {"name": "Failure", "value": "STATUS", "inline": true},
                  {"name": "Since", "value": "2026-11-22T12:00:00Z", "inline": true},
                  {"name": "Lasted", "value": "10 s", "inline": true},
                  {"name": "Monitor", "value": "shop", "inline": true}]}]}
                """);
    }

    @Test
    void aRecoveryIsGreen() throws Exception {
        listener().onAlert(Alerts.recovered("storefront"));

        assertThat(json(request()).at("/embeds/0/title").asString()).isEqualTo("✅ Site storefront is back UP!");
        assertThat(json(request()).at("/embeds/0/color").asInt()).isEqualTo(0x2E9E44);
    }

    @Test
    void aVersionThatWasChosenIsKept() throws Exception {
        DiscordListener.webhook(base() + "/api/v9/webhooks/123456789012345678/" + TOKEN)
                .thread("998877665544332211")
                .onAlert(Alerts.down("storefront"));

        assertThat(request().getUrl())
                .isEqualTo("/api/v9/webhooks/123456789012345678/" + TOKEN + "?wait=true&thread_id=998877665544332211");
    }

    @Test
    void aRoleAloneIsCalledWhenItIsCritical() throws Exception {
        DiscordListener listener = listener().mentionWhenCritical(ROLE);

        listener.onAlert(Alerts.of(AlertKind.REMINDER).build());
        listener.onAlert(Alerts.recovered("storefront"));

        JsonNode reminder = json(requests().get(0));
        assertThat(reminder.get("content").asString()).isEqualTo("<@&" + ROLE + ">");
        assertThat(reminder.get("allowed_mentions"))
                .isEqualTo(JSON.readTree("{\"parse\": [], \"roles\": [\"" + ROLE + "\"]}"));
        assertThat(json(requests().get(1)).has("content")).isFalse();
        assertThat(json(requests().get(1)).get("allowed_mentions")).isEqualTo(JSON.readTree("{\"parse\": []}"));
    }

    @Test
    void anEmbedIsCutToWhatItHolds() throws Exception {
        AlertTexts texts = AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check}", "{summary}".repeat(20));
        listener()
                .texts(texts)
                .onAlert(Alerts.of(AlertKind.DOWN)
                        .check("*".repeat(5_000))
                        .summary("*".repeat(5_000))
                        .target("https://shop.example/" + "*".repeat(5_000))
                        .monitor("*".repeat(5_000))
                        .build());

        JsonNode embed = json(request()).at("/embeds/0");
        assertThat(embed.get("title").asString()).hasSizeLessThanOrEqualTo(256);
        assertThat(embed.get("description").asString()).hasSizeLessThanOrEqualTo(4_096);
        assertThat(embed.has("url")).isFalse();
        int sum = embed.get("title").asString().length()
                + embed.get("description").asString().length();
        for (JsonNode field : embed.get("fields")) {
            assertThat(field.get("value").asString()).hasSizeLessThanOrEqualTo(1_024);
            sum += field.get("name").asString().length()
                    + field.get("value").asString().length();
        }
        assertThat(sum).isLessThanOrEqualTo(6_000);
    }

    @Test
    void aRateLimitInTheBodyIsHonouredToTheMillisecond() {
        answer(aResponse()
                .withStatus(429)
                .withHeader("Retry-After", "64")
                .withBody("{\"message\": \"You are being rate limited.\", \"retry_after\": 64.57, \"global\": false}"));

        assertThatExceptionOfType(RetryAlertException.class)
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .satisfies(retry -> assertThat(retry.after()).isEqualTo(Duration.ofMillis(64_570)));
    }

    @ParameterizedTest
    @CsvSource({"@everyone,a role", "12,a role"})
    void refusesWhatIsNoId(String id, String what) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().mentionWhenCritical(id))
                .withMessage("the id of " + what + " must be 10 to 25 digits, but was '" + id + "'");
        assertThatIllegalArgumentException().isThrownBy(() -> listener().thread(id));
    }

    @Test
    void showsItsHostAlone() {
        assertThat(DiscordListener.webhook("https://discord.com/api/webhooks/1/" + TOKEN))
                .hasToString("DiscordListener[discord.com]");
    }
}

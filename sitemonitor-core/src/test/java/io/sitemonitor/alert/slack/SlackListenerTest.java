package io.sitemonitor.alert.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertTexts;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.HttpListenerContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackListenerTest extends HttpListenerContract {

    private static final String TOKEN = "XXXXXXXXXXXXXXXXXXXXXXXX";
    private static final String PATH = "/services/T00000000/B00000000/" + TOKEN;

    @Override
    protected SlackListener listener(String server, Duration timeout) {
        return SlackListener.webhook(server + PATH).timeout(timeout);
    }

    @Override
    protected SlackListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    @Override
    protected Delivery delivery(LoggedRequest request) {
        return new Delivery(null, texts(json(request)));
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN);
    }

    @Override
    protected List<String> harmfulMarkup() {
        return List.of("<!", "<@", "<http", "<b", "</b");
    }

    @Test
    void postsAnOutage() throws Exception {
        listener().onAlert(Alerts.down("storefront"));

        assertThat(request().getMethod().value()).isEqualTo("POST");
        assertThat(request().getUrl()).isEqualTo(PATH);
        assertJson(request(), """
                {"text": "🔴 Site storefront is DOWN!", "unfurl_links": false, "unfurl_media": false,
                 "attachments": [{"color": "#D32F2F", "fallback": "🔴 Site storefront is DOWN!", "blocks": [
                  {"type": "section", "text": {"type": "mrkdwn",
                    "text": "Site storefront has gone down at 2026-11-22T12:00:10Z"}},
                  {"type": "section", "fields": [
                   {"type": "mrkdwn", "text": "*What*\\nHTTP 503 in 412 ms"},
                   {"type": "mrkdwn", "text": "*Target*\\nhttps://shop.example/"},
                   {"type": "mrkdwn", "text": "*Failure*\\nSTATUS"},
                   {"type": "mrkdwn", "text": "*Since*\\n2026-11-22T12:00:00Z"},
                   {"type": "mrkdwn", "text": "*Lasted*\\n10 s"},
                   {"type": "mrkdwn", "text": "*Monitor*\\nshop"}]}]}]}
                """);
    }

    @ParameterizedTest
    @CsvSource({"RECOVERED,✅,#2E9E44", "DEGRADED,🟡,#F2B600", "ACKNOWLEDGED,🙋,#3B82C4", "REMINDER,🔴,#D32F2F"})
    void eachKindHasItsLook(AlertKind kind, String emoji, String color) throws Exception {
        Alert alert = Alerts.of(kind).build();

        listener().onAlert(alert);

        assertThat(json(request()).get("text").asString()).isEqualTo(emoji + ' ' + AlertTexts.DEFAULT.subject(alert));
        assertThat(json(request()).at("/attachments/0/color").asString()).isEqualTo(color);
    }

    @ParameterizedTest
    @CsvSource({"here,<!here>", "channel,<!channel>", "U024BE7LH,<@U024BE7LH>", "SAZ94GDB8,<!subteam^SAZ94GDB8>"})
    void somebodyIsCalledWhenItIsCritical(String whom, String mention) throws Exception {
        SlackListener listener = listener().mentionWhenCritical(whom);

        listener.onAlert(Alerts.down("storefront"));
        listener.onAlert(Alerts.recovered("storefront"));
        listener.onAlert(Alerts.of(AlertKind.ACKNOWLEDGED).build());
        listener.onAlert(Alerts.of(AlertKind.DOWN).label("severity", "warning").build());

        assertThat(requests())
                .extracting(request -> json(request).get("text").asString().contains(mention))
                .containsExactly(true, false, false, false);
    }

    @Test
    void saysWhatItWasTold() throws Exception {
        listener()
                .texts(AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check} <down>", "see {label.team}"))
                .onAlert(Alerts.down("storefront"));

        assertThat(json(request()).get("text").asString()).isEqualTo("🔴 storefront &lt;down&gt;");
        assertThat(json(request()).at("/attachments/0/blocks/0/text/text").asString())
                .isEqualTo("see web");
    }

    @Test
    void textsAreCutToWhatASectionHolds() throws Exception {
        listener()
                .texts(AlertTexts.DEFAULT.with(AlertKind.DOWN, "{check}", "{summary}{summary}{summary}{summary}"))
                .onAlert(Alerts.of(AlertKind.DOWN).summary("&".repeat(2_000)).build());

        assertThat(json(request()).at("/attachments/0/blocks/0/text/text").asString())
                .hasSizeLessThanOrEqualTo(3_000)
                .endsWith("&amp;…");
        json(request())
                .at("/attachments/0/blocks/1/fields")
                .forEach(field -> assertThat(field.get("text").asString()).hasSizeLessThanOrEqualTo(2_000));
    }

    @ParameterizedTest
    @CsvSource({"403,action_prohibited", "404,no_service", "410,channel_is_archived", "500,rollup_error"})
    void whatCanBePutRightInSlackIsTriedAgain(int status, String error) {
        answer(aResponse().withStatus(status).withBody(error));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 answered HTTP " + status + ": " + error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "everyone", "<!here>", "u024be7lh", "U1"})
    void refusesWhomItCannotMention(String whom) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listener().mentionWhenCritical(whom))
                .withMessage("whom to mention must be 'here', 'channel', or the id of a user or a user group, but was '"
                        + whom + "'");
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlackListener.webhook("http://hooks.slack.com" + PATH))
                .withMessage("the URL of a Slack webhook must be an https URL, or an http URL of this machine, without"
                        + " credentials, such as https://hooks.slack.com/services/…, but was that of"
                        + " http://hooks.slack.com");
        assertThatIllegalArgumentException().isThrownBy(() -> SlackListener.webhook(TOKEN));
    }

    @Test
    void showsItsHostAlone() {
        assertThat(SlackListener.webhook("https://hooks.slack.com" + PATH))
                .hasToString("SlackListener[hooks.slack.com]");
    }
}

package io.sitemonitor.alert.sms;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.sitemonitor.alert.Recipients.fromContact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.sitemonitor.alert.Alerts;
import io.sitemonitor.alert.HttpListenerContract;
import io.sitemonitor.alert.UndeliverableAlertException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioTest extends HttpListenerContract {

    private static final String SID = "AC0123456789abcdef0123456789abcdef";
    private static final String TOKEN = "f00dfacef00dfacef00dfacef00dface";
    private static final String PATH = "/2010-04-01/Accounts/" + SID + "/Messages.json";
    private static final String ONE = "+15005550010";
    private static final String TWO = "+15005550011";

    @Override
    protected SmsListener listener(String server, Duration timeout) {
        return SmsListener.twilio(SID, TOKEN, "+15005550006")
                .to(ONE)
                .endpoint(server + PATH)
                .timeout(timeout);
    }

    @Override
    protected SmsListener listener() {
        return listener(base(), Duration.ofSeconds(8));
    }

    @Override
    protected Delivery delivery(LoggedRequest request) {
        return new Delivery(null, form(request).get("Body"));
    }

    @Override
    protected ResponseDefinitionBuilder success() {
        return aResponse().withStatus(201).withBody("{\"sid\":\"SM1\",\"status\":\"queued\"}");
    }

    @Override
    protected List<ResponseDefinitionBuilder> refusals() {
        return List.of(
                refusal(21211, "The 'To' number is not a valid phone number."),
                refusal(21610, "Attempt to send to unsubscribed recipient"),
                refusal(21614, "'To' number is not a valid mobile number"));
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN, SID);
    }

    @Test
    void postsTheFormThatTheServiceDocuments() throws Exception {
        listener().onAlert(Alerts.down("storefront"));

        assertThat(request().getUrl()).isEqualTo(PATH);
        assertThat(request().getHeader("Authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString((SID + ":" + TOKEN).getBytes(StandardCharsets.US_ASCII)));
        assertThat(form(request()))
                .isEqualTo(Map.of(
                        "To",
                        ONE,
                        "From",
                        "+15005550006",
                        "Body",
                        "Site storefront has gone down at 2026-11-22T12:00:10Z"));
    }

    @Test
    void aMessagingServiceIsNamedAsOne() throws Exception {
        String pool = "MG0123456789abcdef0123456789abcdef";

        listener().from(pool).onAlert(Alerts.down("storefront"));

        assertThat(form(request())).containsEntry("MessagingServiceSid", pool).doesNotContainKey("From");
    }

    @Test
    void eachRecipientIsARequestAndWhoWasServedIsNotServedAgain() throws Exception {
        server.stubFor(post(urlPathEqualTo(PATH))
                .withRequestBody(containing("To=%2B15005550011"))
                .willReturn(aResponse().withStatus(500)));
        SmsListener listener = listener().to(ONE, TWO);
        assertThatIOException()
                .isThrownBy(() -> listener.onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 answered HTTP 500");
        answer(success());

        listener.onAlert(Alerts.down("storefront"));

        assertThat(requests()).extracting(request -> form(request).get("To")).containsExactly(ONE, TWO, TWO);
    }

    @Test
    void aRefusedRecipientDoesNotKeepTheOthersFromBeingServed() throws Exception {
        server.stubFor(post(urlPathEqualTo(PATH))
                .withRequestBody(containing("To=%2B15005550010"))
                .willReturn(refusal(21610, "unsubscribed")));

        listener().to(ONE, TWO).onAlert(Alerts.down("storefront"));

        assertThat(requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "21408|Permission to send an SMS has not been enabled",
                "21606|not SMS-capable",
                "30001|Queue overflow"
            })
    void aRefusalThatCanBePutRightIsTriedAgain(int code, String message) {
        answer(refusal(code, message));

        assertThatIOException()
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage("127.0.0.1 could not serve everybody (" + ONE + ": " + code + ' ' + message + ")");
    }

    @Test
    void aRefusalOfAllSaysWhy() {
        answer(refusal(21211, "no such number"));

        assertThatExceptionOfType(UndeliverableAlertException.class)
                .isThrownBy(() -> listener().onAlert(Alerts.down("storefront")))
                .withMessage(
                        "DOWN of check 'storefront' was refused for everybody (" + ONE + ": 21211 no such number)");
    }

    @Test
    void goesToTheServiceUnlessToldOtherwise() {
        assertThat(SmsListener.twilio(SID, TOKEN, "SHOP")).hasToString("SmsListener[api.twilio.com, to fromContact()]");
    }

    @ParameterizedTest
    @ValueSource(strings = {TOKEN, "AC0123", "AC0123456789abcdef0123456789abcdeg"})
    void refusesWhatIsNoAccount(String sid) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmsListener.twilio(sid, TOKEN, "SHOP").to(fromContact()))
                .withMessage("the account SID must be 'AC' and 32 hexadecimal digits");
    }

    @Test
    void refusesWhatIsNoTokenOrSender() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmsListener.twilio(SID, " ", "SHOP"))
                .withMessage("the auth token must consist of visible ASCII characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmsListener.twilio(SID, TOKEN, ""))
                .withMessage("a sender id must have 1 to 20 ASCII characters, but was ''");
    }

    private static ResponseDefinitionBuilder refusal(int code, String message) {
        return aResponse()
                .withStatus(400)
                .withBody("{\"code\":" + code + ",\"message\":\"" + message + "\",\"status\":400}");
    }

    private static Map<String, String> form(LoggedRequest request) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : request.getBodyAsString().split("&")) {
            int equals = pair.indexOf('=');
            form.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return form;
    }
}

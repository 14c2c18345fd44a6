package io.sitemonitor.amqp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.amqp.TestAlerts;
import io.sitemonitor.state.HealthState;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SiteStatusMessageTest {

    private static final String FOUR =
            "{\"site_name\":\"X\",\"site_status\":\"up\",\"email\":\"\",\"timestamp\":\"2026-11-22T12:00:00Z\"}";

    @ParameterizedTest
    @ValueSource(strings = {"DOWN", "RECOVERED", "ENDED", "FLAPPING", "FLAPPING_ENDED"})
    void writesExactlyTheGoldenBytes(AlertKind kind) throws Exception {
        Alert alert = TestAlerts.of("störe \"front\"", "id-1", kind);
        String golden = "/io/sitemonitor/amqp/message/site-status-" + kind + ".json";
        try (InputStream file = SiteStatusMessageTest.class.getResourceAsStream(golden)) {
            String expected = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(new String(SiteStatusMessage.of(alert).encode(), StandardCharsets.UTF_8))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOWN", "RECOVERED"})
    void readsWhatItWrites(AlertKind kind) throws Exception {
        Alert alert = TestAlerts.of("storefront", "id-1", kind);
        Alert read =
                SiteStatusMessage.decode(SiteStatusMessage.of(alert).encode()).toAlert("other id");
        assertThat(read).usingRecursiveComparison().ignoringFields("labels").isEqualTo(alert);
    }

    @ParameterizedTest
    @CsvSource({"FLAPPING, UP, DOWN", "FLAPPING, DOWN, UP", "FLAPPING_ENDED, DOWN, DOWN", "FLAPPING_ENDED, UP, UP"})
    void tellsFlappingByTheStateAtThatMoment(AlertKind kind, HealthState from, HealthState to) throws Exception {
        Alert alert = TestAlerts.of("storefront", "id-1", kind, from, to);
        SiteStatusMessage message = SiteStatusMessage.of(alert);
        assertThat(message.siteStatus().word()).isEqualTo(to == HealthState.DOWN ? "down" : "up");
        Alert read = SiteStatusMessage.decode(message.encode()).toAlert("other id");
        assertThat(read).usingRecursiveComparison().ignoringFields("labels").isEqualTo(alert);
    }

    @ParameterizedTest
    @EnumSource(
            value = HealthState.class,
            names = {"DEGRADED", "UNKNOWN"})
    void isUpWhileFlappingUnlessItIsDown(HealthState state) throws Exception {
        Alert alert = TestAlerts.of("storefront", "id-1", AlertKind.FLAPPING, HealthState.DOWN, state);
        assertThat(SiteStatusMessage.of(alert).siteStatus()).isEqualTo(SiteStatus.UP);
    }

    /** What the ancestor's consumers decode into is a map of strings; nothing else may appear, whatever is said. */
    @ParameterizedTest
    @EnumSource(
            value = AlertKind.class,
            names = {"DOWN", "RECOVERED", "ENDED", "FLAPPING", "FLAPPING_ENDED"})
    void writesStringsOnly(AlertKind kind) throws Exception {
        byte[] json =
                SiteStatusMessage.of(TestAlerts.of("storefront", "id-1", kind)).encode();
        JsonNode tree = JsonMapper.shared().readTree(json);
        assertThat(tree.properties())
                .hasSize(14)
                .allMatch(field -> field.getValue().isString());
        assertThat(tree.get("site_status").stringValue()).isIn("up", "down");
    }

    @ParameterizedTest
    @EnumSource(
            value = AlertKind.class,
            names = {"DEGRADED", "DEGRADATION_ENDED", "ISOLATED", "ISOLATION_ENDED"})
    void hasNoWordForWhatIsNeitherUpNorDown(AlertKind kind) {
        assertThatThrownBy(() -> SiteStatusMessage.of(TestAlerts.of("storefront", "id-1", kind)))
                .isInstanceOf(UndeliverableAlertException.class)
                .hasMessage("a site status message can say up and down, but not " + kind + " (check 'storefront')");
        refuses(FOUR.replace("}", ",\"kind\":\"" + kind + "\"}"), "kind " + kind + " contradicts the site_status 'up'");
    }

    @Test
    void makesAnAlertOfFourFields() throws Exception {
        Alert alert = read(FOUR).toAlert(null);
        assertThat(alert.kind()).isEqualTo(AlertKind.RECOVERED);
        assertThat(alert.from()).isEqualTo(HealthState.DOWN);
        assertThat(alert.to()).isEqualTo(HealthState.UP);
        assertThat(alert.monitor()).isEqualTo("site_monitor");
        assertThat(alert.since()).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
        assertThat(alert.duration()).isEqualTo(Duration.ZERO);
        assertThat(alert.summary()).isEqualTo("Site X is back UP!");
        assertThat(alert.contacts()).isEmpty();
    }

    @Test
    void derivesTheSameIdFromTheSameContent() throws Exception {
        String id = read(FOUR).toAlert(null).id();
        assertThat(read(FOUR.replace("12:00:00Z", "13:00:00+01:00"))
                        .toAlert(" ")
                        .id())
                .isEqualTo(id);
        assertThat(read(FOUR.replace("12:00:00Z", "12:00:01Z")).toAlert(null).id())
                .isNotEqualTo(id);
        assertThat(read(FOUR.replace("up", "down")).toAlert(null).id()).isNotEqualTo(id);
        assertThat(read(FOUR).toAlert("message id").id()).isEqualTo("message id");
    }

    @Test
    void ignoresWhatItDoesNotKnow() throws Exception {
        String more = FOUR.replace("}", ",\"kind\":\"RECOVERED_LATER\",\"failure\":\"NEW\",\"x\":{\"y\":[1,null]}}");
        assertThat(read(more).kind()).isNull();
        assertThat(read(more).failure()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|it is not a JSON object",
                "\"x\"|it is not a JSON object",
                "{}|site_name is missing",
                "{\"site_name\":1}|site_name must be a string",
                "{\"site_name\":null}|site_name must be a string",
                "{\"site_name\":\" \"}|site_name must not be empty",
                "{\"site_name\":\"a\\r\\nBcc: x\"}|site_name contains control characters",
                "{\"site_name\":\"X\"}|site_status is missing",
                "{\"site_name\":\"X\",\"site_status\":\"UP\"}|site_status must be 'up' or 'down', but was 'UP'",
                "{\"site_name\":\"X\",\"site_status\":\"up\"}|email is missing",
                "{\"site_name\":\"X\",\"site_status\":\"up\",\"email\":\"\"}|timestamp is missing",
                "{\"site_name\":\"X\",\"site_status\":\"up\",\"email\":\"\",\"timestamp\":\"2026-11-22\"}"
                        + "|timestamp must be a time as 2026-11-22T09:15:30Z (RFC 3339), but was '2026-11-22'",
                "{\"site_name\":\"X\",\"site_status\":\"up\",\"email\":\"\",\"timestamp\":\"+12026-11-22T00:00:00Z\"}"
                        + "|timestamp must be a time as 2026-11-22T09:15:30Z (RFC 3339), but was '+12026-11-22T00:00:00Z'",
                "{\"site_name\":\"X\",\"site_status\":\"up\",\"kind\":\"DOWN\"}|kind DOWN contradicts the site_status 'up'",
                "{\"site_name\":\"X\",\"site_status\":\"down\",\"kind\":\"ENDED\"}"
                        + "|kind ENDED contradicts the site_status 'down'"
            })
    void namesTheReason(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessage(reason);
    }

    @Test
    void namesTheReasonOfOurFields() {
        refuses(
                FOUR.replace("}", ",\"duration\":\"90\"}"),
                "duration must be a duration as PT1M30S (ISO 8601), but was '90'");
        refuses(
                FOUR.replace("}", ",\"duration\":\"PT-1S\"}"),
                "duration must be a duration as PT1M30S (ISO 8601), but was 'PT-1S'");
        refuses(
                FOUR.replace("}", ",\"since\":\"now\"}"),
                "since must be a time as 2026-11-22T09:15:30Z (RFC 3339), but was 'now'");
        refuses(
                FOUR.replace("}", ",\"summary\":\"" + "x".repeat(4_001) + "\"}"),
                "summary is longer than 4000 characters");
        refuses("", "it is empty");
        refuses(" ", "it is not a JSON object");
        refuses(FOUR + " ".repeat(SiteStatusMessage.MAX_BYTES), "it is longer than 65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{\"a\":", "{\"a\":1,\"a\":2}", "{} {}", "{\"a\":\"\\ud800"})
    void saysThatItIsNotJson(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UnreadableMessageException.class)
                .message()
                .startsWith("it is not JSON: ")
                .hasSizeLessThan(260);
    }

    @Test
    void refusesDepthWithoutFallingOver() {
        String deep = "{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";
        assertThatThrownBy(() -> read(deep))
                .isInstanceOf(UnreadableMessageException.class)
                .message()
                .startsWith("it is not JSON: Document nesting depth");
    }

    @Test
    void anyBytesAreReadOrRefusedWithAReason() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] good = FOUR.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int flips = random.nextInt(4); flips >= 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                SiteStatusMessage.decode(bytes).toAlert(null);
            } catch (UnreadableMessageException e) {
                assertThat(e.getMessage()).as("seed %d", seed).isNotBlank().doesNotContain("\n");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + new String(bytes, StandardCharsets.UTF_8), e);
            }
        }
    }

    @Test
    void emailIsTheFirstContactThatIsOne() throws Exception {
        SiteStatusMessage message = SiteStatusMessage.of(TestAlerts.of("c", "a", AlertKind.DOWN));
        assertThat(message.email()).isEqualTo("owner@shop.example");
        assertThat(message.contacts()).isEqualTo(List.of("+254700000000", "owner@shop.example"));
    }

    private static void refuses(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessage(reason);
    }

    private static SiteStatusMessage read(String json) throws UnreadableMessageException {
        return SiteStatusMessage.decode(json.getBytes(StandardCharsets.UTF_8));
    }
}

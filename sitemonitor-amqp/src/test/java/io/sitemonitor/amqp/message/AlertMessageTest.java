package io.sitemonitor.amqp.message;

import static io.sitemonitor.amqp.message.Golden.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.UndeliverableAlertException;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.state.HealthState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AlertMessageTest {

    private static final List<String> GOLDEN =
            List.of("DOWN", "RECOVERED", "DEGRADED", "ISOLATED", "DIGEST", "ACKNOWLEDGED");
    private static final String LEAST =
            "{\"version\":1,\"id\":\"a\",\"incident_id\":\"i\",\"monitor\":\"m\",\"check\":\"c\","
                    + "\"kind\":\"DOWN\",\"from\":\"UP\",\"to\":\"DOWN\",\"since\":\"2026-11-22T12:00:00Z\","
                    + "\"at\":\"2026-11-22T12:01:30Z\",\"duration\":\"PT1M30S\",\"summary\":\"\"}";
    private static final SchemaCheck SCHEMA = new SchemaCheck(AlertMessage.schema());

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(AlertKind kind) throws Exception {
        Alert alert = example(kind);
        assertThat(read(write(alert))).isEqualTo(alert);
        assertThat(new AlertMessage(alert).alert()).isEqualTo(alert);
    }

    @ParameterizedTest
    @FieldSource("GOLDEN")
    void writesExactlyTheGoldenBytes(String kind) throws Exception {
        Alert alert = example(AlertKind.valueOf(kind));
        assertThat(write(alert)).isEqualTo(golden(kind));
        assertThat(read(golden(kind))).isEqualTo(alert);
        assertThat(SCHEMA.faults(bytes(golden(kind)))).isEmpty();
    }

    @Test
    void everyAlertComesBackAndValidates() throws Exception {
        long seed = System.nanoTime();
        RandomAlerts alerts = new RandomAlerts(new Random(seed));
        for (int round = 0; round < 1_000; round++) {
            Alert alert = alerts.next();
            byte[] json = new AlertMessage(alert).encode();
            assertThat(AlertMessage.decode(json).alert())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(alert);
            assertThat(SCHEMA.faults(json))
                    .as("seed %d, round %d: %s", seed, round, alert)
                    .isEmpty();
        }
    }

    @Test
    void schemaNamesEveryFieldAndEveryConstant() throws Exception {
        JsonNode schema = JsonMapper.shared().readTree(AlertMessage.schema());
        assertThat(schema.get("$id").stringValue()).isEqualTo(AlertMessage.SCHEMA_ID);
        assertThat(schema.get("properties").propertyNames())
                .containsExactlyElementsOf(
                        JsonMapper.shared().readTree(golden("DOWN")).propertyNames());
        assertThat(words(schema.at("/properties/kind/enum"))).isEqualTo(Arrays.toString(AlertKind.values()));
        assertThat(words(schema.at("/$defs/state/enum"))).isEqualTo(Arrays.toString(HealthState.values()));
    }

    /** A check that finds nothing wrong with anything would prove nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"version\":1->\"version\":2",
                "\"kind\":\"DOWN\"->\"kind\":\"down\"",
                "\"id\":\"a\",->",
                "\"id\":\"a\"->\"id\":\"\"",
                "\"duration\":\"PT1M30S\"->\"duration\":\"90\"",
                "\"duration\":\"PT1M30S\"->\"duration\":90",
                "2026-11-22T12:00:00Z->2026-11-22 12:00:00",
                "2026-11-22T12:00:00Z->2026-13-22T12:00:00Z",
                "\"summary\":\"\"->\"summary\":\"a\\nb\"",
                "\"summary\":\"\"->\"summary\":\"\",\"labels\":{\"a\":1}",
                "\"summary\":\"\"->\"summary\":\"\",\"evidence\":{\"phases\":{\"tls\":\"PT-1S\"}}",
                "\"summary\":\"\"->\"summary\":\"\",\"contacts\":[null]"
            })
    void whatTheSchemaRefusesIsNotReadEither(String change) throws Exception {
        assertThat(SCHEMA.faults(bytes(LEAST))).isEmpty();
        String[] parts = change.split("->", -1);
        String changed = LEAST.replace(parts[0], parts[1]);
        assertThat(SCHEMA.faults(bytes(changed))).isNotEmpty();
        assertThatThrownBy(() -> read(changed)).isInstanceOf(UnreadableMessageException.class);
    }

    @Test
    void needsOnlyWhatHasNoDefault() throws Exception {
        Alert alert = read(LEAST);
        assertThat(alert.failure()).isNull();
        assertThat(alert.target()).isNull();
        assertThat(alert.evidence()).isEqualTo(Evidence.none());
        assertThat(alert.labels()).isEmpty();
        assertThat(alert.contacts()).isEmpty();
    }

    @Test
    void ignoresWhatALaterSenderAdds() throws Exception {
        String more = with(
                "\"more\":{\"x\":[1,null,\"\\u0000\"]},\"failure\":\"NEW\",\"severity\":\"HUGE\",\"evidence\":{\"y\":2}");
        assertThat(read(more)).isEqualTo(read(LEAST));
        assertThat(SCHEMA.faults(bytes(more.replace("\"HUGE\"", "\"INFO\"")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"version\":1,||version is missing",
                "\"version\":1|\"version\":\"1\"|version must be a whole number",
                "\"version\":1|\"version\":1.0|version must be a whole number",
                "\"version\":1|\"version\":99999999999999999999|version must be a whole number",
                "\"version\":1|\"version\":0|version must be from 1 to 9223372036854775807, but was 0",
                "\"version\":1|\"version\":2|version must be at most 1, the latest known here, but was 2",
                "\"id\":\"a\",||id is missing",
                "\"id\":\"a\"|\"id\":1|id must be a string",
                "\"id\":\"a\"|\"id\":null|id must be a string",
                "\"monitor\":\"m\"|\"monitor\":\" \"|monitor must not be empty",
                "\"check\":\"c\"|\"check\":\"c\\r\\nBcc: x\"|check contains control characters",
                "\"check\":\"c\"|\"check\":\"\\ud83d\"|check contains half of a surrogate pair",
                "\"kind\":\"DOWN\"|\"kind\":\"EXPLODED\"|kind must be one of [DOWN, RECOVERED, ENDED, DEGRADED, DEGRADATION_ENDED,"
                        + " FLAPPING, FLAPPING_ENDED, ISOLATED, ISOLATION_ENDED, REMINDER, ACKNOWLEDGED, DIGEST, DIGEST_ENDED], but was"
                        + " 'EXPLODED'",
                "\"to\":\"DOWN\"|\"to\":\"down\"|to must be one of [UNKNOWN, UP, DEGRADED, DOWN], but was 'down'",
                "\"since\":\"2026-11-22T12:00:00Z\"|\"since\":\"noon\"|since must be a time as 2026-11-22T09:15:30Z (RFC 3339), but"
                        + " was 'noon'",
                "PT1M30S|PT-1S|duration must be a duration as PT1M30S (ISO 8601), but was 'PT-1S'",
                "PT1M30S|90|duration must be a duration as PT1M30S (ISO 8601), but was '90'"
            })
    void namesTheReason(String part, String replacement, String reason) {
        refuses(LEAST.replace(part, replacement == null ? "" : replacement), reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"failure\":1|failure must be a string",
                "\"target\":\"\\u202e\"|target contains control characters",
                "\"evidence\":[]|evidence must be an object",
                "\"evidence\":{\"address\":1}|evidence.address must be a string",
                "\"evidence\":{\"phases\":{\"tls\":1}}|evidence.phases.tls must be a string",
                "\"evidence\":{\"phases\":{\"tls\":\"1\"}}|evidence.phases.tls must be a duration as PT1M30S (ISO 8601), but was '1'",
                "\"evidence\":{\"facts\":{\"a\\nb\":\"\"}}|a name in evidence.facts contains control characters",
                "\"labels\":{\"team\":null}|labels.team must be a string",
                "\"contacts\":\"a b\"|contacts must be an array",
                "\"contacts\":[\"a\",{}]|contacts[1] must be a string"
            })
    void namesTheReasonOfWhatMayBeMissing(String added, String reason) {
        refuses(with(added), reason);
    }

    @Test
    void refusesWhatIsTooLarge() {
        refuses(
                LEAST.replace("\"summary\":\"", "\"summary\":\"" + "x".repeat(4_001)),
                "summary is longer than 4000 characters");
        refuses(LEAST + " ".repeat(AlertMessage.MAX_BYTES), "it is longer than 262144 bytes");
        refuses("", "it is empty");
        refuses("[]", "it is not a JSON object");
        assertThatThrownBy(() -> read(with("\"x\":" + "[".repeat(30_000) + "]".repeat(30_000))))
                .isInstanceOf(UnreadableMessageException.class)
                .message()
                .startsWith("it is not JSON: Document nesting depth");
    }

    @Test
    void anyChangeIsReadOrRefusedWithAReason() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[][] golden = GOLDEN.stream().map(kind -> bytes(golden(kind))).toArray(byte[][]::new);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Golden.mutated(golden, random);
            try {
                Alert alert = AlertMessage.decode(bytes).alert();
                assertThat(read(write(alert))).as("seed %d", seed).isEqualTo(alert);
            } catch (UnreadableMessageException e) {
                assertThat(e.getMessage())
                        .as("seed %d", seed)
                        .isNotBlank()
                        .doesNotContain("\n")
                        .hasSizeLessThan(400);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + new String(bytes, StandardCharsets.UTF_8), e);
            }
        }
    }

    @Test
    void makesTextsFitToBeSent() throws Exception {
        Alert hostile = new Alert(
                "id",
                "incident",
                "shop",
                "a\u0000b",
                AlertKind.DOWN,
                HealthState.UP,
                HealthState.DOWN,
                Instant.MIN,
                Instant.MAX,
                Duration.ofSeconds(-1),
                null,
                "x\r\ny" + "z".repeat(5_000),
                "half \ud83d",
                Evidence.none(),
                Map.of("l\n", "\u202e"),
                List.of("\ude00\ud83d"));
        Alert sent = read(write(hostile));
        assertThat(sent.check()).isEqualTo("a\uFFFDb");
        assertThat(sent.summary()).startsWith("x  yzzz").hasSize(4_000).endsWith("…");
        assertThat(sent.target()).isEqualTo("half \uFFFD");
        assertThat(sent.labels()).isEqualTo(Map.of("l ", "\uFFFD"));
        assertThat(sent.contacts()).containsExactly("\uFFFD\uFFFD");
        assertThat(sent.duration()).isZero();
        assertThat(sent.since()).isEqualTo("0000-01-01T00:00:00Z");
        assertThat(sent.at()).isEqualTo("9999-12-31T23:59:59.999999999Z");
        assertThat(sent).isEqualTo(new AlertMessage(hostile).alert());
        assertThat(SCHEMA.faults(bytes(write(hostile)))).isEmpty();
    }

    @Test
    void leavesOutTheEvidenceOfWhatWouldBeTooLarge() throws Exception {
        Map<String, String> facts =
                IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(i -> "f" + i, i -> "x".repeat(400)));
        Alert alert = with(new Evidence(null, Map.of(), facts, null), Map.of("team", "web"));
        assertThat(read(write(alert))).isEqualTo(with(Evidence.none(), Map.of("team", "web")));

        Map<String, String> labels = new TreeMap<>();
        IntStream.range(0, 100).forEach(i -> labels.put("l" + i, "x".repeat(4_000)));
        assertThatThrownBy(() -> write(with(Evidence.none(), labels)))
                .isInstanceOf(UndeliverableAlertException.class)
                .message()
                .startsWith("an alert message can have at most 262144 bytes, but would have ")
                .endsWith(" (check 'storefront')");
    }

    @Test
    void saysWhatItIsAsCloudEvent() {
        Alert alert = example(AlertKind.DEGRADATION_ENDED);
        assertThat(new AlertMessage(alert).headers())
                .isEqualTo(Map.of(
                        "cloudEvents:specversion", "1.0",
                        "cloudEvents:id", "alert-1",
                        "cloudEvents:source", "/monitors/sh%C3%B6p%20%2F%201",
                        "cloudEvents:type", "io.sitemonitor.alert.degradation_ended",
                        "cloudEvents:subject", "storefront",
                        "cloudEvents:time", "2026-11-22T12:01:30.250Z",
                        "cloudEvents:dataschema", "urn:sitemonitor:alert:v1"));
        assertThat(new AlertMessage(alert).routingKey()).isEqualTo("shöp_/_1.storefront.degradation_ended");
    }

    /** Each kind as it could be, with some of what may be missing. */
    private static Alert example(AlertKind kind) {
        boolean full = kind.isOpening();
        Map<String, Duration> phases = new LinkedHashMap<>();
        phases.put("connect", Duration.ofNanos(12_345_678));
        phases.put("tls", Duration.ofMillis(30));
        Instant since = Instant.parse("2026-11-22T12:00:00.123456789Z");
        return new Alert(
                "alert-1",
                "incident-1",
                "shöp / 1",
                kind == AlertKind.ISOLATED || kind == AlertKind.DIGEST ? "shöp / 1" : "storefront",
                kind,
                kind.isClosing() ? HealthState.DOWN : HealthState.UP,
                kind.isClosing()
                        ? HealthState.UP
                        : kind == AlertKind.DEGRADED ? HealthState.DEGRADED : HealthState.DOWN,
                since,
                Instant.parse("2026-11-22T12:01:30.250Z"),
                Duration.ofSeconds(90, 126_543_211),
                full ? FailureKind.STATUS : null,
                "HTTP \"503\" in 412 ms: störung 漢 😀",
                full ? "https://shop.example/" : null,
                full
                        ? new Evidence("192.0.2.7:443", phases, Map.of("status", "503"), "<html>\\ not now")
                        : Evidence.none(),
                full ? Map.of("team", "web") : Map.of(),
                full ? List.of("+254700000000", "owner@shop.example") : List.of());
    }

    private static Alert with(Evidence evidence, Map<String, String> labels) {
        Alert alert = example(AlertKind.DOWN);
        return new Alert(
                alert.id(),
                alert.incidentId(),
                alert.monitor(),
                alert.check(),
                alert.kind(),
                alert.from(),
                alert.to(),
                alert.since(),
                alert.at(),
                alert.duration(),
                alert.failure(),
                alert.summary(),
                alert.target(),
                evidence,
                labels,
                alert.contacts());
    }

    private static String with(String added) {
        return LEAST.substring(0, LEAST.length() - 1) + "," + added + "}";
    }

    private static String words(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList().toString();
    }

    private static String golden(String kind) {
        return Golden.file("alert-" + kind);
    }

    private static void refuses(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessage(reason);
    }

    private static String write(Alert alert) throws UndeliverableAlertException {
        return new String(new AlertMessage(alert).encode(), StandardCharsets.UTF_8);
    }

    private static Alert read(String json) throws UnreadableMessageException {
        return AlertMessage.decode(bytes(json)).alert();
    }
}

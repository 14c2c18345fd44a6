package io.sitemonitor.amqp.message;

import static io.sitemonitor.amqp.message.Golden.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.event.CheckChanged;
import io.sitemonitor.event.ConditionChanged;
import io.sitemonitor.event.Heartbeat;
import io.sitemonitor.event.IncidentClosed;
import io.sitemonitor.event.IncidentOpened;
import io.sitemonitor.event.IsolationChanged;
import io.sitemonitor.event.MonitorClosed;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.incident.Incident;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.ConditionKind;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.state.Transition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventMessageTest {

    private static final SchemaCheck EVENTS = new SchemaCheck(EventMessage.schema());
    private static final SchemaCheck SNAPSHOTS = new SchemaCheck(SnapshotMessage.schema());
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456789Z");
    private static final Instant LATER = Instant.parse("2026-11-22T12:00:30Z");
    private static final EventOrigin ORIGIN =
            new EventOrigin("3f0c6f3e-1111-4a5b-8c7d-000000000001", Instant.parse("2026-11-22T09:00:00Z"), 17);
    private static final CheckResult FAILED = CheckResult.fail(FailureKind.STATUS, "HTTP 503 \"störung\"")
            .with(new Evidence(
                    "192.0.2.7:443", Map.of("tls", Duration.ofMillis(30)), Map.of("status", "503"), "<html>"));
    private static final Incident INCIDENT =
            Incident.open("shop", "storefront", NOON, LATER, FailureKind.STATUS, "STATUS: HTTP 503");
    private static final Condition MAINTENANCE = new Condition(ConditionKind.MAINTENANCE, "new disks", NOON, LATER);

    private static final Map<String, MonitorEvent> EXAMPLES = new TreeMap<>(Map.of(
            "state",
            new StateChanged(
                    "shop", "storefront", new Transition(HealthState.UP, HealthState.DOWN, NOON, LATER, 3), FAILED),
            "incident_opened",
            new IncidentOpened(INCIDENT),
            "incident_closed",
            new IncidentClosed(INCIDENT.close(LATER), LATER.plusSeconds(5)),
            "condition",
            new ConditionChanged("shop", "storefront", NOON, MAINTENANCE, true),
            "check",
            new CheckChanged("shop", "storefront", "http", NOON, CheckChanged.Change.ADDED, false),
            "run",
            new RunCompleted(
                    "shop", "storefront", "http", NOON, Duration.ofMillis(412), CheckResult.pass(), HealthState.UP),
            "started",
            new MonitorStarted("shop", NOON, 3),
            "closed",
            new MonitorClosed("shop", NOON, 2),
            "isolation",
            new IsolationChanged("shop", NOON, true, "2 of 3 checks fail")));

    static Stream<String> words() {
        return EXAMPLES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("words")
    void writesExactlyTheGoldenBytesAndReadsThem(String word) throws Exception {
        EventMessage message = new EventMessage(ORIGIN, EXAMPLES.get(word));
        String golden = Golden.file("event-" + word);
        assertThat(new String(message.encode(), StandardCharsets.UTF_8)).isEqualTo(golden);
        assertThat(EventMessage.decode(bytes(golden))).contains(message);
        assertThat(EVENTS.faults(bytes(golden))).isEmpty();
        assertThat(EventMessage.carries(message.event().getClass())).isTrue();
    }

    @Test
    void snapshotWritesExactlyTheGoldenBytesAndReadsThem() throws Exception {
        SnapshotMessage message = snapshot();
        String golden = Golden.file("snapshot");
        assertThat(new String(message.encode(), StandardCharsets.UTF_8)).isEqualTo(golden);
        assertThat(SnapshotMessage.decode(bytes(golden))).isEqualTo(message);
        assertThat(SNAPSHOTS.faults(bytes(golden))).isEmpty();
    }

    @Test
    void saysWhatItIs() {
        EventMessage state = new EventMessage(ORIGIN, EXAMPLES.get("state"));
        assertThat(state.routingKey()).isEqualTo("shop.storefront.state");
        assertThat(state.headers())
                .containsEntry("cloudEvents:type", "io.sitemonitor.event.state")
                .containsEntry("cloudEvents:id", "3f0c6f3e-1111-4a5b-8c7d-000000000001-17")
                .containsEntry("cloudEvents:source", "/monitors/shop")
                .containsEntry("cloudEvents:subject", "storefront")
                .containsEntry("cloudEvents:time", "2026-11-22T12:00:30Z")
                .containsEntry("cloudEvents:dataschema", "urn:sitemonitor:event:v1");
        EventMessage closed = new EventMessage(ORIGIN, EXAMPLES.get("closed"));
        assertThat(closed.routingKey()).isEqualTo("shop._.closed");
        assertThat(closed.headers()).containsEntry("cloudEvents:subject", "shop");
        assertThat(snapshot().routingKey()).isEqualTo("shop._.snapshot");
        assertThat(snapshot().headers())
                .containsEntry("cloudEvents:type", "io.sitemonitor.snapshot")
                .containsEntry("cloudEvents:id", "3f0c6f3e-1111-4a5b-8c7d-000000000001-17-1")
                .containsEntry("cloudEvents:dataschema", "urn:sitemonitor:snapshot:v1");
    }

    @Test
    void hasNoMessageForOtherEvents() {
        assertThat(EventMessage.carries(Heartbeat.class)).isFalse();
        EventMessage message = new EventMessage(ORIGIN, new Heartbeat("shop", NOON, 3));
        assertThatThrownBy(message::encode)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no message for events of type Heartbeat");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "state|\"event\":\"state\"|\"event\":\"melted\"",
                "check|\"change\":\"ADDED\"|\"change\":\"CLONED\"",
                "condition|\"kind\":\"MAINTENANCE\"|\"kind\":\"HAUNTED\""
            })
    void passesOverWhatIsNotKnownYet(String word, String part, String replacement) throws Exception {
        assertThat(EventMessage.decode(bytes(Golden.file("event-" + word).replace(part, replacement))))
                .isEmpty();
    }

    @Test
    void readsAFailureOfAnUnknownKind() throws Exception {
        String json = Golden.file("event-state").replace("\"failure\":\"STATUS\"", "\"failure\":\"HAUNTED\"");
        StateChanged read =
                (StateChanged) EventMessage.decode(bytes(json)).orElseThrow().event();
        assertThat(read.last().failure()).isEqualTo(FailureKind.CHECK_ERROR);
        assertThat(read.to()).isEqualTo(HealthState.DOWN);
    }

    @Test
    void leavesOutConditionsThatAreNotKnownYet() throws Exception {
        String json = Golden.file("snapshot").replace("\"kind\":\"MAINTENANCE\"", "\"kind\":\"HAUNTED\"");
        assertThat(SnapshotMessage.decode(bytes(json)).checks().get(0).conditions())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "state|\"version\":1|\"version\":2|version must be at most 1, the latest known here, but was 2",
                "state|\"number\":17|\"number\":0|number must be from 1 to 9223372036854775807, but was 0",
                "state|\"number\":17|\"number\":\"17\"|number must be a whole number",
                "state|\"to\":\"DOWN\"|\"to\":\"LOST\"|to must be one of [UNKNOWN, UP, DEGRADED, DOWN], but was 'LOST'",
                "state|,\"failure\":\"STATUS\"||result.failure is missing from what has failed",
                "state|\"verdict\":\"FAIL\"|\"verdict\":\"PASS\"|result.failure contradicts the verdict PASS",
                "state|\"storefront\"|\"\"|check must not be empty",
                "condition|\"holds\":true|\"holds\":1|holds must be true or false",
                "condition|\"reason\":\"new disks\"|\"reason\":\"a\\nb\"|condition.reason contains control characters",
                "run|\"duration\":\"PT0.412S\"|\"duration\":\"PT-1S\"|duration must be a duration as PT1M30S (ISO 8601), but was"
                        + " 'PT-1S'",
                "incident_opened|\"incident\":{|\"other\":{|incident is missing",
                "incident_opened|\"cause\":|\"because\":|incident.cause is missing",
                "closed|\"undelivered\":2|\"undelivered\":-2|undelivered must be from 0 to 2147483647, but was -2"
            })
    void namesTheReason(String word, String part, String replacement, String reason) {
        String json = Golden.file("event-" + word).replace(part, replacement == null ? "" : replacement);
        assertThatThrownBy(() -> EventMessage.decode(bytes(json)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessage(reason);
        assertThat(EVENTS.faults(bytes(json)).isEmpty())
                .as("the schema says so, too, but for a contradiction")
                .isEqualTo(reason.contains("contradicts"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"part\":1|\"part\":3|part must be from 1 to 2, but was 3",
                "\"parts\":2|\"parts\":10001|parts must be from 1 to 10000, but was 10001",
                "\"period\":\"PT5S\"|\"period\":5|period must be a string",
                "\"checks\":[|\"czechs\":[|checks is missing",
                "\"name\":\"storefront\",|| checks[0].name is missing",
                "\"up\":false|\"up\":null|checks[0].up must be true or false"
            })
    void namesTheReasonOfASnapshot(String part, String replacement, String reason) {
        String json = Golden.file("snapshot").replace(part, replacement == null ? "" : replacement);
        assertThatThrownBy(() -> SnapshotMessage.decode(bytes(json)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessage(reason.strip());
    }

    @Test
    void refusesMoreThanFitsIntoAPart() {
        List<CheckStatus> checks = IntStream.range(0, 501)
                .mapToObj(i -> new CheckStatus("c" + i, HealthState.UP, true, NOON, List.of()))
                .toList();
        SnapshotMessage message = new SnapshotMessage(ORIGIN, "shop", NOON, Duration.ofSeconds(5), 1, 1, false, checks);
        assertThatThrownBy(() -> SnapshotMessage.decode(message.encode()))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessage("checks must have at most 500 entries, but has 501");
        String longName = Golden.file("snapshot").replace("\"storefront\"", "\"" + "x".repeat(201) + "\"");
        assertThatThrownBy(() -> SnapshotMessage.decode(bytes(longName)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessage("checks[0].name is longer than 200 characters");
    }

    @Test
    void theLargestPartCanBeRead() throws Exception {
        List<Condition> conditions = Stream.of(ConditionKind.values())
                .map(kind -> new Condition(kind, "漢".repeat(300), NOON, LATER))
                .toList();
        List<CheckStatus> checks = IntStream.range(0, 500)
                .mapToObj(i -> new CheckStatus("漢".repeat(196) + i, HealthState.DOWN, false, NOON, conditions))
                .toList();
        SnapshotMessage message = new SnapshotMessage(ORIGIN, "shop", NOON, Duration.ofSeconds(5), 1, 1, false, checks);
        SnapshotMessage read = SnapshotMessage.decode(message.encode());
        assertThat(read.checks())
                .extracting(CheckStatus::name)
                .isEqualTo(checks.stream().map(CheckStatus::name).toList());
        assertThat(read.checks().get(0).conditions().get(0).reason()).hasSize(200);
    }

    @Test
    void leavesOutEvidenceThatIsTooMuch() throws Exception {
        Map<String, String> facts =
                IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(i -> "f" + i, i -> "x".repeat(400)));
        CheckResult result = CheckResult.pass().with(new Evidence(null, Map.of(), facts, null));
        EventMessage message = new EventMessage(
                ORIGIN, new RunCompleted("shop", "c", "http", NOON, Duration.ZERO, result, HealthState.UP));
        RunCompleted read = (RunCompleted)
                EventMessage.decode(message.encode()).orElseThrow().event();
        assertThat(read.result()).isEqualTo(CheckResult.pass());
    }

    @Test
    void staleIsNeverUp() {
        Condition stale = new Condition(ConditionKind.STALE, "not run", NOON, null);
        assertThat(new CheckStatus("c", HealthState.UP, true, NOON, List.of()).up())
                .isTrue();
        assertThat(new CheckStatus("c", HealthState.DEGRADED, true, NOON, List.of(MAINTENANCE)).up())
                .isTrue();
        assertThat(new CheckStatus("c", HealthState.UP, true, NOON, List.of(stale)).up())
                .isFalse();
        assertThat(new CheckStatus("c", HealthState.UNKNOWN, true, NOON, List.of()).up())
                .isFalse();
        assertThat(new CheckStatus("c", HealthState.UP, false, NOON, List.of()).up())
                .isFalse();
    }

    @Test
    void anyChangeIsReadOrRefusedWithAReason() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[][] golden = Stream.concat(words().map(word -> "event-" + word), Stream.of("snapshot"))
                .map(name -> bytes(Golden.file(name)))
                .toArray(byte[][]::new);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Golden.mutated(golden, random);
            try {
                if (round % 2 == 0) {
                    EventMessage.decode(bytes);
                } else {
                    SnapshotMessage.decode(bytes);
                }
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

    private static SnapshotMessage snapshot() {
        return new SnapshotMessage(
                ORIGIN,
                "shop",
                NOON,
                Duration.ofSeconds(5),
                1,
                2,
                false,
                List.of(
                        new CheckStatus("storefront", HealthState.DOWN, false, NOON, List.of(MAINTENANCE)),
                        new CheckStatus(
                                "störe \"2\"",
                                HealthState.UP,
                                true,
                                LATER,
                                List.of(new Condition(ConditionKind.PAUSED, "paused", LATER, null)))));
    }
}

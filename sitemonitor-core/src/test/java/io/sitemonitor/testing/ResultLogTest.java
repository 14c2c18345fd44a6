package io.sitemonitor.testing;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.Monitor;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded results, in memory and as a file. */
class ResultLogTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final String HEADER = "sitemonitor results 1\n";

    @TempDir
    private Path folder;

    @Test
    void recordsWhatTheRunsOfAMonitorFindWithoutEvidence() {
        ManualTime time = ManualTime.startingAt(START);
        ResultLog log = ResultLog.unbounded();
        Evidence secretive = new Evidence("192.0.2.7:443", Map.of(), Map.of("status", "503"), "body");
        CheckResult failed = CheckResult.fail(FailureKind.STATUS, "HTTP 503").with(secretive);
        ScriptedCheck shop = ScriptedCheck.passing().first(failed).takes(ofMillis(12));
        try (Monitor monitor = Monitor.named("test")
                .runOn(time)
                .check("shop", shop)
                .listener(log)
                .start()) {
            time.advance(ofSeconds(10));
            assertThat(monitor.isUp("shop")).isTrue();
        }
        assertThat(log.results())
                .containsExactly(
                        new RecordedResult(
                                "shop", START, ofMillis(12), CheckResult.fail(FailureKind.STATUS, "HTTP 503")),
                        new RecordedResult("shop", START.plusMillis(5_012), ofMillis(12), CheckResult.pass()));
        assertThat(log.results().get(0).end()).isEqualTo(START.plusMillis(12));
        assertThat(log.wants(RunCompleted.class)).isTrue();
        assertThat(log.wants(StateChanged.class)).isFalse();
    }

    @Test
    void keepsTheLatestWhenItIsBounded() {
        ResultLog log = ResultLog.latest(3);
        IntStream.range(0, 5).forEach(i -> log.add(passed("c" + i)));
        assertThat(log.results()).extracting(RecordedResult::check).containsExactly("c2", "c3", "c4");
        assertThat(log.dropped()).isEqualTo(2);
        assertThat(log).hasToString("ResultLog[3 results, 2 dropped]");
    }

    @Test
    void theFileIsReadableAndComesBackAsItWas() throws IOException {
        Path file = folder.resolve("march.results");
        Files.writeString(file, "what was there before");
        ResultLog log = ResultLog.unbounded();
        log.add(passed("shop"));
        log.add(new RecordedResult(
                "the shop", START.plusNanos(1), ofSeconds(5), CheckResult.fail(FailureKind.TIMEOUT, "")));
        log.add(new RecordedResult("café", START, ofMinutes(1), CheckResult.warn("ends in 3\tdays\n☂")));
        log.add(new RecordedResult(
                "w", START, ofMinutes(1), new CheckResult(Verdict.WARN, FailureKind.TLS, "x", Evidence.none())));
        log.add(new RecordedResult("paused", START, Duration.ZERO, CheckResult.inconclusive("host was paused")));
        log.writeTo(file);
        assertThat(Files.readString(file))
                .isEqualTo(HEADER
                        + "2026-03-01T12:00:00Z\tPT0.001S\tPASS\t-\tshop\t\n"
                        + "2026-03-01T12:00:00.000000001Z\tPT5S\tFAIL\tTIMEOUT\tthe shop\t\n"
                        + "2026-03-01T12:00:00Z\tPT1M\tWARN\t-\tcafé\tends in 3 days ☂\n"
                        + "2026-03-01T12:00:00Z\tPT1M\tWARN\tTLS\tw\tx\n"
                        + "2026-03-01T12:00:00Z\tPT0S\tINCONCLUSIVE\t-\tpaused\thost was paused\n");
        assertThat(ResultLog.readFrom(file).results()).isEqualTo(log.results());
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing unfinished is left").containsExactly(file);
        }
    }

    @Test
    void anEmptyLogIsAFileWithItsFirstLine() throws IOException {
        Path file = folder.resolve("empty.results");
        ResultLog.unbounded().writeTo(file);
        assertThat(file).hasContent(HEADER);
        assertThat(ResultLog.readFrom(file).results()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "2026-03-01T12:00:30Z;PT1S;PASS;-;shop | a result must have 6 fields between tabs, but has 5",
                "2026-03-01T12:00:30Z;PT1S;PASS;-;shop;x;y | a result must have 6 fields between tabs, but has 7",
                "\"\" | a result must have 6 fields between tabs, but has 1",
                "yesterday;PT1S;PASS;-;shop; | Text 'yesterday' could not be parsed at index 0",
                "2026-03-01T12:00:30Z;1s;PASS;-;shop; | Text cannot be parsed to a Duration",
                "2026-03-01T12:00:30Z;PT-1S;PASS;-;shop; | a run must not take less than no time, but took PT-1S (check 'shop')",
                "2026-03-01T12:00:30Z;PT1S;PAS;-;shop; | the verdict must be one of [PASS, WARN, FAIL, INCONCLUSIVE], but was 'PAS'",
                "2026-03-01T12:00:30Z;PT1S;FAIL;-;shop; | a result that is FAIL must name its failure kind",
                "2026-03-01T12:00:30Z;PT1S;PASS;DNS;shop; | a result that is PASS must have no failure kind, but has DNS",
                "2026-03-01T12:00:30Z;PT1S;PASS;-;; | the name of a recorded check must be one line, but was ''",
            })
    void refusesADamagedLineAndNamesIt(String line, String problem) throws IOException {
        assertRefused(
                HEADER + "2026-03-01T12:00:00Z\tPT1S\tPASS\t-\tshop\t\n" + line.replace(';', '\t') + "\n",
                "line 3: " + problem);
    }

    @Test
    void refusesAFileThatIsCutOrOfAnotherForm() throws IOException {
        assertRefused(
                HEADER + "2026-03-01T12:00:00Z\tPT1S\tPASS\t-\tshop\t\n2026-03-01T12:00:30Z\tPT1S\tPASS\t-\tshop\tfine",
                "line 3: the line is not ended by a line feed: the file was cut off");
        assertRefused("", "line 1: the line is not ended by a line feed: the file was cut off");
        assertRefused(
                "sitemonitor results 2\n",
                "line 1: the first line must be 'sitemonitor results 1', but was 'sitemonitor results 2'");
        assertRefused(
                HEADER + "2026-03-01T12:00:00Z\tPT1S\tPASS\t-\tshop\tred\u001b[31m\n",
                "line 2: the message has control characters");
        Path binary = folder.resolve("damaged.results");
        Files.write(binary, (HEADER + "\u00e9\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ResultLog.readFrom(binary))
                .isInstanceOf(IOException.class)
                .hasMessage("damaged.results, line 2: the line is not UTF-8");
        assertThatThrownBy(() -> ResultLog.readFrom(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesWhatCannotBeRecorded() {
        assertThatThrownBy(() -> ResultLog.latest(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a log must keep at least 1 result, but was told to keep 0");
        assertThatThrownBy(() -> passed("a\tb"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a recorded check must be one line, but was 'a b'");
    }

    private void assertRefused(String content, String problem) throws IOException {
        Path file = folder.resolve("damaged.results");
        Files.writeString(file, content);
        assertThatThrownBy(() -> ResultLog.readFrom(file))
                .isInstanceOf(IOException.class)
                .hasMessage("damaged.results, " + problem);
    }

    private static RecordedResult passed(String check) {
        return new RecordedResult(check, START, ofMillis(1), CheckResult.pass());
    }
}

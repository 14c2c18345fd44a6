package io.sitemonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * P15: the same recorded histories give the same alerts in every later version. Each file holds what happens, a step a
 * line, and after {@code >} the alerts that it led to. {@code -Dsitemonitor.histories.record=true} writes the alerts anew:
 * to be read before they are committed.
 */
class RecordedHistoriesTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "io", "sitemonitor", "histories");
    private static final boolean RECORD = Boolean.getBoolean("sitemonitor.histories.record");

    @TestFactory
    @DisplayName("P15: recorded histories give the alerts they always gave")
    Stream<DynamicTest> recordedHistoriesGiveTheAlertsTheyAlwaysGave() throws IOException {
        return files().stream().map(file -> dynamicTest(file.getFileName().toString(), () -> replay(file)));
    }

    @Test
    void thereAreHistoriesOfEachRule() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(30);
        StringBuilder all = new StringBuilder();
        for (Path file : files()) {
            all.append(Files.readString(file));
        }
        assertThat(all)
                .contains("§6.1", "§6.2", "§6.3", "§6.4", "§6.5", "§6.6", "§6.10", "§7.2", "P12", "P13", "P19", "P21");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    private static void replay(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        History history = History.parse(lines);
        assertThat(HistoryPlayer.difference(history)).as("what the model says").isNull();
        List<String> recorded = HistoryPlayer.record(history);
        if (RECORD) {
            Files.write(file, recorded);
        }
        assertThat(recorded).isEqualTo(RECORD ? recorded : lines);
    }
}

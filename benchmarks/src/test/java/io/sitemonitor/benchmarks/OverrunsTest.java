package io.sitemonitor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OverrunsTest {

    @Test
    void tellsHowMuchLongerEachKindTook() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Overruns.measure(List.of("--seconds", "3", "--timeout-ms", "200"), new PrintStream(out, true));

        List<String> rows = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(rows)
                .anyMatch(row -> row.matches(
                        "\\| http, silent \\| [1-9]\\d* \\| -?\\d+\\.\\d \\| -?\\d+\\.\\d \\| -?\\d+\\.\\d \\|"));
        for (String kind :
                List.of("http, dripping body", "http/2, silent", "grpc, silent", "tcp, silent", "udp, silent")) {
            assertThat(rows).anyMatch(row -> row.startsWith("| " + kind + " |"));
        }
        assertThat(rows).last().asString().matches("stolen \\d+\\.\\d %");
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true);

        assertThatThrownBy(() -> Overruns.measure(List.of("--timeout-ms", "1"), out))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--timeout-ms");
    }
}

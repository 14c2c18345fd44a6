package io.sitemonitor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoadTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private int run(String... line) throws Exception {
        return Load.run(
                List.of(line),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private JsonNode onlyLine() {
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(1);
        return new JsonMapper().readTree(lines.get(0));
    }

    private JsonNode load(List<String> serving, String... more) throws Exception {
        Path file = directory.resolve("targets.txt");
        try (PrintStream lines = new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
                TargetServer server = Targets.open(serving, lines)) {
            List<String> line = new ArrayList<>(List.of(
                    "--targets",
                    file.toString(),
                    "--server",
                    server.control(),
                    "--warmup-seconds",
                    "0",
                    "--seconds",
                    "1"));
            line.addAll(List.of(more));
            assertThat(run(line.toArray(String[]::new)))
                    .as(err.toString(StandardCharsets.UTF_8))
                    .isZero();
        }
        return onlyLine();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sitemonitor", "okhttp-each", "okhttp-batch", "okhttp-full"})
    void printsOneLineWithAllFigures(String engine) throws Exception {
        JsonNode figures = load(List.of("--count", "20"), "--engine", engine, "--interval-ms", "200");
        assertThat(figures.propertyNames())
                .containsExactlyElementsOf(Stream.of(Figures.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
        assertThat(figures.path("engine").asString()).isEqualTo(engine);
        assertThat(figures.path("checks").asInt()).isEqualTo(20);
        assertThat(figures.path("runs").asInt()).isPositive();
        assertThat(figures.path("failures").asInt()).isZero();
        assertThat(figures.path("cpuMicrosPerCheck").asDouble()).isPositive();
        assertThat(figures.path("serverCpuMicrosPerRequest").asDouble()).isPositive();
        assertThat(figures.path("lost").isNull()).isEqualTo(engine.equals("okhttp-full"));
        assertThat(figures.path("latenessP99Ms").isNull()).isEqualTo(engine.equals("okhttp-full"));
    }

    @Test
    void tellsHowLongAnAlertTook() throws Exception {
        JsonNode figures = load(
                List.of("--count", "5"),
                "--interval-ms",
                "200",
                "--down-after",
                "1",
                "--at",
                "0=/-/down",
                "--at",
                "600=/-/up");
        assertThat(figures.path("failures").asInt()).isGreaterThanOrEqualTo(5);
        assertThat(figures.path("alerts").asInt()).isGreaterThanOrEqualTo(5);
        assertThat(figures.path("alertFirstMs").asDouble()).isPositive();
        assertThat(figures.path("alertsOutOfOrder").asInt()).isZero();
    }

    @Test
    void loadsWithoutTargets() throws Exception {
        assertThat(run("--empty", "100", "--interval-ms", "100", "--warmup-seconds", "0", "--seconds", "1"))
                .isZero();
        JsonNode figures = onlyLine();
        assertThat(figures.path("checks").asInt()).isEqualTo(100);
        assertThat(figures.path("runs").asInt()).isPositive();
        assertThat(figures.path("serverCpuMicrosPerRequest").isNull()).isTrue();
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() throws Exception {
        assertThat(run("--empty", "none")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).strip())
                .isEqualTo("--empty must be a whole number, but was 'none'");
        assertThat(out.size()).isZero();
    }

    @Test
    void explainsItself() throws Exception {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(LoadOptions.USAGE);
    }
}

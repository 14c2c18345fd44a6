package io.sitemonitor.check.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What these checks find in a JVM that is as the test wants it. */
@Timeout(120)
class JvmCheckInOwnJvmTest {

    /** Much more than a start takes: the Z collector warms up with a collection at a tenth of its heap. */
    private static final String HEAP = "-Xmx512m";

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseG1GC", "-XX:+UseZGC"})
    void tellsWhatCollectionsLeave(String collector) throws Exception {
        List<String> found = run(List.of(collector, HEAP), "heap");

        assertThat(found).hasSize(3);
        assertThat(found.get(0))
                .as("before any collection")
                .matches("PASS: between 0 % and .*; no collection yet of .*");
        assertThat(found.get(1)).as("60 %% of the heap held").matches("ASSERTION: [5-9]\\d.* % .*, more than 50 %");
        assertThat(found.get(2))
                .as("all of it let go")
                .matches("PASS: [1-4]?\\d[. ].*% of the heap in use after collection");
    }

    @Test
    void cannotTellTheOpenFilesWithoutTheModuleForThem() throws Exception {
        assertThat(run(List.of("--limit-modules", "java.management"), "openFiles"))
                .containsExactly(
                        "INCONCLUSIVE: this JVM does not tell its open files: it has no module jdk.management");
    }

    private static List<String> run(List<String> options, String argument) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), JvmProbe.class.getName(), argument));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}

package io.sitemonitor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No answer of any size or shape makes a run hold more than 4 MiB. */
@Timeout(180)
@DisplayName("P16: memory that a run holds")
class HeldMemoryTest {

    private static final long LIMIT = 4L * 1024 * 1024;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void isBounded(HeavyAnswer heavy) throws Exception {
        byte[] answer = heavy.bytes();
        try (RawServer server = new RawServer(socket -> HeavyAnswer.serve(socket, answer))) {
            long held = Long.parseLong(probe(heavy, server.port()).strip());

            assertThat(held).as("%,d bytes", held).isPositive().isLessThanOrEqualTo(LIMIT);
        }
    }

    private String probe(HeavyAnswer heavy, int port) throws Exception {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HeldMemoryProbe.class.getName(),
                        heavy.name(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(150, TimeUnit.SECONDS)).isTrue();
            String text = Files.readString(out, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(text).isZero();
            return text.lines().reduce((first, last) -> last).orElse("");
        } finally {
            process.destroyForcibly();
        }
    }
}

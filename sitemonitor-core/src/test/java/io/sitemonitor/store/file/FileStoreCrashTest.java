package io.sitemonitor.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sitemonitor.store.OpenStore;
import io.sitemonitor.store.StoreTakenException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@DisplayName("P1: what is kept in files, and a process that ends")
class FileStoreCrashTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path directory;

    private Process writer(int bytes, String... before) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(before),
                        Stream.of(
                                JAVA,
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                                StoreWriter.class.getName(),
                                directory.toString(),
                                Integer.toString(bytes)))
                .toList();
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private TreeMap<Long, String> kept() throws IOException {
        try (OpenStore store = FileStore.in(directory).open("writer")) {
            TreeMap<Long, String> kept = new TreeMap<>();
            store.read((key, bytes) -> kept.merge(
                    ByteBuffer.wrap(bytes).getLong(), key.substring(0, 1), (first, second) -> first + second));
            assertThat(store.losses()).isEmpty();
            return kept;
        }
    }

    @Test
    @DisplayName("Killed at any moment: all that was acknowledged is there, and nothing by halves")
    void killed() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 10; i++) {
            Process process = writer(20_000);
            long acknowledged = 0;
            try (BufferedReader out = process.inputReader()) {
                assertThat(out.readLine()).isEqualTo("open");
                for (int lines = 100 + random.nextInt(500); lines > 0; lines--) {
                    acknowledged = Long.parseLong(out.readLine());
                }
                process.destroyForcibly().waitFor();
            }
            TreeMap<Long, String> kept = kept();
            assertThat(kept.lastKey()).as("seed %d", seed).isGreaterThanOrEqualTo(acknowledged);
            assertThat(kept).as("seed %d", seed).hasSize(10);
            assertThat(kept.values()).as("seed %d", seed).containsOnly("ab");
        }
    }

    @Test
    void belongsToOneProcess() throws Exception {
        Process process = writer(8);
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("open");
            assertThat(out.readLine()).isEqualTo("1");
            assertThatExceptionOfType(StoreTakenException.class)
                    .isThrownBy(() -> FileStore.in(directory).open("writer"))
                    .withMessageEndingWith("is in use by process " + process.pid());
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(kept()).isNotEmpty();
    }

    @Test
    @DisplayName("Where there is no room for more, a write says so, changes nothing, and can be tried again")
    void noRoom() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs a shell that limits the size of files");
        Process process = writer(20_000, "/bin/bash", "-c", "ulimit -f 1000; exec \"$@\"", "-");
        long acknowledged = 0;
        int refused = 0;
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("! ")) {
                    refused++;
                } else if (!line.equals("open")) {
                    assertThat(refused).isZero();
                    acknowledged = Long.parseLong(line);
                }
            }
        }
        assertThat(process.waitFor()).isZero();
        assertThat(refused).isEqualTo(100);
        TreeMap<Long, String> kept = kept();
        assertThat(kept).hasSize(10);
        assertThat(kept.lastKey()).isEqualTo(acknowledged);

        Process again = writer(20_000);
        try (BufferedReader out = again.inputReader()) {
            assertThat(out.readLine()).isEqualTo("open");
            assertThat(out.readLine()).isEqualTo(Long.toString(acknowledged + 1));
        } finally {
            again.destroyForcibly().waitFor();
        }
        assertThat(kept().lastKey()).isGreaterThan(acknowledged);
    }
}

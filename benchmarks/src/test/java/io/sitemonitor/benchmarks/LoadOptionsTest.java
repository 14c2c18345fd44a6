package io.sitemonitor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadOptionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                                | give either --targets FILE or --empty N
                    --targets t --empty 1                             | give either --targets FILE or --empty N
                    --empty                                           | --empty needs a value
                    --empty 0                                         | --empty must be from 1 to 5000000, but was 0
                    --empty many                                      | --empty must be a whole number, but was 'many'
                    --empty 1 --empty 2                               | --empty is given 2 times
                    --empty 1 --interval-ms 99                        | --interval-ms must be from 100 to 86400000, but was 99
                    --empty 1 --engine okhttp-each                    | --empty is for sitemonitor: a bare loop has nothing to do then
                    --empty 1 --meters maybe                          | --meters must be one of on, off, but was 'maybe'
                    --empty 1 --webhook ftp://x                       | --webhook must begin with http:// or https://, but was 'ftp://x'
                    --empty 1 --at 0=/-/down                          | --at needs --server
                    --empty 1 --server http://127.0.0.1:1 --at soon   | --at must be milliseconds, = and a path, but was 'soon'
                    --targets t --connections keep                    | --connections keep is for the bare loops: sitemonitor connects anew each time
                    """)
    void refusesWhatCannotBe(String line, String message) {
        List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" +"));
        assertThatThrownBy(() -> LoadOptions.parse(words))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @Test
    void namesTheOptionsThatThereAre() {
        assertThatThrownBy(() -> LoadOptions.parse(List.of("--target", "t")))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "unknown option '--target'; there are --at --batch-ms --compile-seconds --connections --down-after --empty"
                                + " --engine --first --in-flight --interval-ms --listener --meters --seconds --server --spread-ms"
                                + " --targets --timeout-ms --warmup-seconds --webhook");
    }

    @Test
    void spreadsOverTheIntervalUnlessToldOtherwise() throws Exception {
        assertThat(LoadOptions.parse(List.of("--empty", "1", "--interval-ms", "7000"))
                        .spread())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(LoadOptions.parse(List.of("--empty", "1", "--spread-ms", "0"))
                        .spread())
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void readsTargetsAndPassesOverCommentsAndEmptyLines(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("targets.txt"),
                "# control http://x\nok-1 http://127.0.0.1:1/\n\nhang-2 http://127.0.0.2:1/\n");
        assertThat(Target.read(file, 0))
                .containsExactly(
                        new Target("ok-1", "http://127.0.0.1:1/"), new Target("hang-2", "http://127.0.0.2:1/"));
        assertThat(Target.read(file, 1)).hasSize(1);
        assertThatThrownBy(() -> Target.read(file, 3))
                .isInstanceOf(UsageException.class)
                .hasMessage(file + " names 2 targets, and --first asks for 3");
    }

    @Test
    void saysWhichLineOfTheTargetsIsWrong(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("targets.txt"), "ok-1 http://127.0.0.1:1/\nnonsense\n");
        assertThatThrownBy(() -> Target.read(file, 0))
                .isInstanceOf(UsageException.class)
                .hasMessage(file + ", line 2: expected a name and an address, but was 'nonsense'");
        Path none = Files.writeString(directory.resolve("none.txt"), "# nothing\n");
        assertThatThrownBy(() -> Target.read(none, 0))
                .isInstanceOf(UsageException.class)
                .hasMessage(none + " names no target");
    }
}

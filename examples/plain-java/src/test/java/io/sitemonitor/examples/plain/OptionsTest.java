package io.sitemonitor.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final Pattern OPTION = Pattern.compile("--[a-z]+(-[a-z]+)*");

    @Test
    void helpNamesEveryOptionAndNoOther() {
        assertThat(options(Options.HELP)).isEqualTo(new TreeSet<>(Options.NAMES));
    }

    @Test
    void readmeNamesEveryOption() throws Exception {
        assertThat(options(Files.readString(Path.of("README.md")))).containsAll(Options.NAMES);
    }

    @Test
    void demoIsWhatNothingElseIsAskedFor() throws Exception {
        assertThat(Options.parse().isDemo()).isTrue();
        assertThat(Options.parse("http://x").isDemo()).isFalse();
        assertThat(Options.parse("--sites", "x.csv").isDemo()).isFalse();
    }

    private static TreeSet<String> options(String text) {
        return OPTION.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}

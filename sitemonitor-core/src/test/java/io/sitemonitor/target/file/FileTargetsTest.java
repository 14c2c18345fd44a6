package io.sitemonitor.target.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.DefinitionChanges;
import io.sitemonitor.target.Targets;
import io.sitemonitor.target.Targets.Rejected;
import io.sitemonitor.target.internal.UrlCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTargetsTest {

    @TempDir
    private Path folder;

    private Path file;
    private FileTargets targets;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("sites.csv");
        targets = FileTargets.csv(file, UrlCheck::of);
    }

    @Test
    void makesChecksOfLines() throws Exception {
        write("""
                # our sites
                name,url,contact,interval

                storefront,https://shop.example/,owner@shop.example,30s
                "Search, ""internal""\" , "https://search.example/?a=1,2" ,, 5m
                gateway,https://gw.example/
                  # indented comment
                """);

        Targets read = targets.settings(c -> c.downAfter(2)).read();

        assertThat(read.rejected()).isEmpty();
        assertThat(read.checks())
                .containsExactly(
                        CheckDefinition.of(
                                "storefront",
                                new UrlCheck("https://shop.example/"),
                                c -> c.downAfter(2),
                                c -> c.every(Duration.ofSeconds(30)).contact("owner@shop.example")),
                        CheckDefinition.of(
                                "Search, \"internal\"",
                                new UrlCheck("https://search.example/?a=1,2"),
                                c -> c.downAfter(2),
                                c -> c.every(Duration.ofMinutes(5))),
                        CheckDefinition.of(
                                "gateway", new UrlCheck("https://gw.example/"), c -> c.downAfter(2), c -> {}));
    }

    @Test
    void callsACheckOfAPlainUrlByItsHostPortAndPathWithoutSecrets() throws Exception {
        write("""
                https://shop.example/
                https://shop.example
                https://shop.example:8443/ping
                https://me:s3cret@api_1.example/v1/?token=s3cret#x
                http://[::1]:8080/
                """);

        Targets read = targets.read();

        assertThat(read.checks())
                .extracting(CheckDefinition::name)
                .containsExactly("shop.example", "shop.example:8443/ping", "api_1.example/v1", "[::1]:8080");
        assertThat(read.checks().get(1).check()).isEqualTo(new UrlCheck("https://shop.example:8443/ping"));
        assertThat(read.rejected())
                .extracting(Rejected::toString)
                .containsExactly(
                        "line 2 ('shop.example'): the name is taken already by line 1; give each check a name of its own");
    }

    @Test
    void namesEachBadLineAndUsesTheOthers() throws Exception {
        write("""
                a,https://a.example/
                b,nonsense
                c,https://c.example/,c@c.example,0
                just text
                d;https://d.example/;d@d.example
                e,https://e.example/,e@e.example,30,more
                "f,https://f.example/
                "g"x,https://g.example/
                ,https://h.example/
                a,https://again.example/
                name,url
                i,https://i.example/,,,,
                """);

        Targets read = targets.read();

        assertThat(read.checks()).extracting(CheckDefinition::name).containsExactly("a", "i");
        assertThat(read.rejected())
                .extracting(Rejected::toString)
                .containsExactly(
                        "line 2 ('b'): url must begin with http:// or https://, but was 'nonsense'",
                        "line 3 ('c'): every must be at least PT0.1S, but was PT0S (check 'c')",
                        "line 4: expected name,url,contact,interval separated by commas, or only a URL",
                        "line 5: expected name,url,contact,interval separated by commas, or only a URL",
                        "line 6: it has 5 fields, but at most 4 are expected: name,url,contact,interval; put a field"
                                + " that holds a comma in double quotes",
                        "line 7: the quote at column 1 is not closed; a field must end on the line on which it begins",
                        "line 8: after the closing quote a comma must follow, but column 4 has 'x'; write a quote"
                                + " within quotes twice",
                        "line 9: the name is missing",
                        "line 10 ('a'): the name is taken already by line 1; give each check a name of its own",
                        "line 11 ('name'): url must begin with http:// or https://, but was 'url'");
    }

    @Test
    void usesNothingOfAFileWithABadLineIfItIsStrict() throws Exception {
        write("a,https://a.example/\nb,nonsense\nc,https://c.example/,,soon\n");

        assertThatThrownBy(targets.strict()::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sites file '" + file + "' has 2 bad lines, so none of its lines is used:"
                        + "\n  line 2 ('b'): url must begin with http:// or https://, but was 'nonsense'"
                        + "\n  line 3 ('c'): interval must be a number of seconds or like 500ms, 30s, 5m, 1h or PT30S,"
                        + " but was 'soon'");
        assertThat(targets.read().checks()).hasSize(1);
    }

    @Test
    void usesAGoodFileIfItIsStrict() throws Exception {
        write("a,https://a.example/\n");

        assertThat(targets.strict().settings(c -> c.upAfter(9)).read().checks())
                .extracting(check -> check.settings().thresholds().upAfter())
                .containsExactly(9);
    }

    @Test
    void staysStrictWhenItsSettingsAreChanged() throws Exception {
        write("nonsense\n");

        assertThatThrownBy(targets.strict().settings(c -> c.upAfter(9))::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sites file '" + file + "' has 1 bad line, so none of its lines is used:"
                        + "\n  line 1: expected name,url,contact,interval separated by commas, or only a URL");
    }

    @Test
    void toleratesAByteOrderMarkForeignLineEndsAndAMissingLastOne() throws Exception {
        write("\uFEFFname,url\r\na,https://a.example/\r\n\r\nb,https://b.example/");

        assertThat(targets.read().checks()).extracting(CheckDefinition::name).containsExactly("a", "b");
        assertThat(targets.read().rejected()).isEmpty();
    }

    @Test
    void namesALineWhoseBytesAreNotUtf8() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("Käse,https://a.example/\n".getBytes(StandardCharsets.UTF_8));
        bytes.write("Käse 2,https://b.example/\n".getBytes(StandardCharsets.ISO_8859_1));
        bytes.write("c,https://c.example/\n".getBytes(StandardCharsets.UTF_8));
        Files.write(file, bytes.toByteArray());

        Targets read = targets.read();

        assertThat(read.checks()).extracting(CheckDefinition::name).containsExactly("Käse", "c");
        assertThat(read.rejected())
                .containsExactly(new Rejected("line 2", null, "its bytes are not UTF-8; save the file as UTF-8"));
    }

    @Test
    void refusesUtf16() throws Exception {
        Files.write(file, "a,https://a.example/\n".getBytes(StandardCharsets.UTF_16));

        assertThatThrownBy(targets::read)
                .isInstanceOf(IOException.class)
                .hasMessage("sites file '" + file + "' is UTF-16; save it as UTF-8");
    }

    @Test
    void givesNothingForAnEmptyFile() throws Exception {
        write("");
        assertThat(targets.read()).isEqualTo(new Targets(List.of(), List.of()));
    }

    @Test
    void readsEqualChecksFromEqualLines() throws Exception {
        write("a,https://a.example/,a@a.example,30\nhttps://b.example/\n");

        assertThat(DefinitionChanges.between(
                                targets.read().checks(), targets.read().checks())
                        .isEmpty())
                .isTrue();
    }

    @Test
    void namesAFileThatCannotBeRead() throws Exception {
        assertThatThrownBy(targets::read)
                .isInstanceOf(IOException.class)
                .hasMessage("sites file '" + file + "' cannot be read: there is no such file");

        Files.createDirectory(file);
        assertThatThrownBy(targets::read)
                .isInstanceOf(IOException.class)
                .hasMessage("sites file '" + file + "' cannot be read: it is a directory");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws Exception {
        Files.write(file, new byte[TextFile.MAX_BYTES + 1]);
        assertThatThrownBy(targets::read)
                .isInstanceOf(IOException.class)
                .hasMessage("sites file '" + file + "' is larger than 16 MiB");

        write("#\n".repeat(100_000));
        assertThat(targets.read().checks()).isEmpty();
        write("#\n".repeat(100_001));
        assertThatThrownBy(targets::read)
                .isInstanceOf(IOException.class)
                .hasMessage("sites file '" + file + "' has more than 100000 lines");
    }

    @Test
    void listsAThousandBadLinesAndCountsTheRest() throws Exception {
        write("x\n".repeat(1_002));

        assertThatThrownBy(targets.strict()::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\n  line 1000: ")
                .hasMessageEndingWith("\n  and 2 more");
    }

    @Test
    void isNamedAfterItsFile() {
        assertThat(targets.name()).isEqualTo("sites.csv");
        assertThat(targets.strict()).hasToString("FileTargets[" + file + ", strict]");
    }

    @Test
    void refusesWrongValues() {
        assertThatThrownBy(() -> targets.settings(c -> c.upAfter(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("upAfter must be at least 1, but was 0");
        assertThatThrownBy(() -> FileTargets.csv(null, UrlCheck::of))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("path");
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
    }
}

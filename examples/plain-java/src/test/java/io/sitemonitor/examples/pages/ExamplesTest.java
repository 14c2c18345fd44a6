package io.sitemonitor.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the comments of checks, which {@code docs/checks.md} shows, compile. */
class ExamplesTest {

    /** What the examples take for granted. */
    private static final String AROUND = """
            import static io.sitemonitor.amqp.check.QueueExpectation.*;
            import static io.sitemonitor.check.TextExpectation.*;
            import static io.sitemonitor.check.TlsExpectation.*;
            import static java.time.Duration.*;
            import io.sitemonitor.MonitorBuilder;
            import io.sitemonitor.check.*;
            import io.sitemonitor.check.dns.*;
            import io.sitemonitor.check.http.*;
            import io.sitemonitor.check.jdbc.*;
            import io.sitemonitor.check.tcp.*;
            import io.sitemonitor.schedule.*;
            import java.io.IOException;
            import java.nio.file.Path;
            import java.time.ZoneId;
            import java.util.concurrent.ThreadPoolExecutor;
            import javax.sql.DataSource;
            %s
            abstract class Example {
                String password, token, credentials;
                Check a, b, c, main, one, two;
                MonitorBuilder monitor;
                DataSource dataSource;
                ThreadPoolExecutor executor;
                Pool pool;
                interface Pool { int getThreadsAwaitingConnection(); }
                abstract void sendInvoices() throws IOException;
                %s
            }
            """;

    @TempDir
    private Path folder;

    static Stream<Map.Entry<String, String>> examples() throws IOException {
        Sources sources = Sources.below(ChecksPageTest.FOLDERS);
        Map<String, String> examples = new TreeMap<>();
        sources.kinds()
                .forEach(kind -> kind.prose()
                        .example()
                        .ifPresent(example -> examples.put(kind.home() + "." + kind.name(), example)));
        sources.values()
                .forEach(value -> value.prose()
                        .example()
                        .ifPresent(example -> examples.put(value.home() + "." + value.name(), example)));
        assertThat(examples).hasSizeGreaterThan(20);
        return examples.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void compiles(Map.Entry<String, String> example) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        String code = AROUND.formatted("import " + example.getKey() + ";", member(example.getValue()));
        compiler.getTask(
                        null,
                        null,
                        said,
                        List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(new Code(code)))
                .call();
        assertThat(said.getDiagnostics())
                .as(example.getValue())
                .filteredOn(it -> it.getKind() == Diagnostic.Kind.ERROR)
                .isEmpty();
    }

    /** A class is a member as it stands, statements stand in a method, and expressions lack only their ends. */
    private static String member(String example) {
        if (example.startsWith("public ")) {
            return example.replaceFirst("public final", "static final");
        }
        String statements = example.contains(";\n")
                ? example.replace("…", "")
                : example.replaceAll(" +//[^\n]*", "").replaceAll("(?m)$(?=\n\\S|\\z)", ";");
        return "void example() { " + statements + " }";
    }

    private static final class Code extends SimpleJavaFileObject {

        private final String text;

        Code(String text) {
            super(URI.create("string:///Example.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}

package io.sitemonitor.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.AlertPolicyBuilder;
import io.sitemonitor.amqp.AmqpAlertConsumerBuilder;
import io.sitemonitor.amqp.AmqpAlertPublisher;
import io.sitemonitor.amqp.AmqpBroker;
import io.sitemonitor.amqp.AmqpEventPublisher;
import io.sitemonitor.amqp.AmqpTopology;
import io.sitemonitor.amqp.RemoteMonitor;
import io.sitemonitor.check.SocketCheck;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.tcp.TcpCheck;
import io.sitemonitor.check.tls.TlsCheck;
import io.sitemonitor.definition.CheckSettingsBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What README and guides show is what is compiled and run here. */
class SnippetsTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path SOURCES = Path.of("src/test/java/io/sitemonitor/examples/snippets");
    private static final Pattern TAG = Pattern.compile("// tag::([a-z-]+)\n(.*?)\\s*// end::\\1\n", Pattern.DOTALL);
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- snippet: ([a-z-]+) -->\n)?```java\n(.*?)\n```", Pattern.DOTALL);

    static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(path -> path.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void javaInDocumentsIsTheCodeThatIsCompiled(Path document) throws IOException {
        Map<String, String> snippets = snippets();
        Matcher block = BLOCK.matcher(Files.readString(document));
        while (block.find()) {
            assertThat(block.group(1)).as("the snippet of%n%s", block.group(2)).isIn(snippets.keySet());
            assertThat(block.group(2)).as(block.group(1)).isEqualTo(snippets.get(block.group(1)));
        }
    }

    @Test
    void everySnippetIsShown() throws IOException {
        StringBuilder shown = new StringBuilder();
        for (Path document : documents()) {
            shown.append(Files.readString(document));
        }
        assertThat(snippets().keySet())
                .allSatisfy(name -> assertThat(shown).contains("<!-- snippet: " + name + " -->"));
    }

    /** An option that is added must be told in the README. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                MonitorBuilder.class,
                CheckSettingsBuilder.class,
                AlertPolicyBuilder.class,
                HttpCheck.class,
                TcpCheck.class,
                TlsCheck.class,
                SocketCheck.class,
                AmqpAlertPublisher.Builder.class,
                AmqpAlertConsumerBuilder.class,
                AmqpBroker.class,
                AmqpTopology.class,
                AmqpEventPublisher.Builder.class,
                RemoteMonitor.Builder.class
            })
    void readmeNamesEveryOption(Class<?> type) throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(type.getDeclaredMethods())
                .filteredOn(method -> Modifier.isPublic(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers())
                        && method.getReturnType() == type)
                .isNotEmpty()
                .allSatisfy(option -> assertThat(readme)
                        .containsPattern("\n\\| (`\\w+`, )*`" + option.getName() + "`(, `\\w+`)* \\|"));
    }

    @Test
    void quickstartTellsThatTheSiteIsUp() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        CountDownLatch told = new CountDownLatch(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        InputStream in = System.in;
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8) {
                @Override
                public void println(String line) {
                    super.println(line);
                    told.countDown();
                }
            });
            System.setIn(new InputStream() {
                @Override
                public int read() throws IOException {
                    try {
                        return told.await(60, TimeUnit.SECONDS) ? '\n' : -1;
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
            });
            Quickstart.main(
                    new String[] {"http://127.0.0.1:" + server.getAddress().getPort() + "/"});
        } finally {
            System.setOut(out);
            System.setIn(in);
            server.stop(0);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("site is UP\n");
    }

    @Test
    void virtualTimeShowsOneOutage() {
        assertThat(Snippets.virtualTime()).extracting(Alert::kind).containsExactly(AlertKind.DOWN);
    }

    private static Map<String, String> snippets() throws IOException {
        Map<String, String> snippets = new HashMap<>();
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.toList()) {
                Matcher tag = TAG.matcher(Files.readString(source));
                while (tag.find()) {
                    String earlier = snippets.put(
                            tag.group(1), tag.group(2).stripIndent().strip());
                    assertThat(earlier).as("a second %s", tag.group(1)).isNull();
                }
            }
        }
        return snippets;
    }
}

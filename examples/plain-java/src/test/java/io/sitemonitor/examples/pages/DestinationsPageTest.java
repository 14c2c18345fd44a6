package io.sitemonitor.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.alert.AlertListener;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of destinations names every listener, how it is made and each of its options. */
class DestinationsPageTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path ROOM = ROOT.resolve("sitemonitor-core/src/main/java/io/sitemonitor/alert");

    static List<Class<?>> listeners() throws IOException {
        try (Stream<Path> sources = Files.walk(ROOM, 2)) {
            return sources.filter(source -> source.getFileName().toString().endsWith("Listener.java"))
                    .filter(source ->
                            source.getParent() != null && !source.getParent().equals(ROOM))
                    .<Class<?>>map(DestinationsPageTest::load)
                    .filter(AlertListener.class::isAssignableFrom)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("listeners")
    void namesFactoriesAndOptions(Class<?> listener) throws IOException {
        String page = Files.readString(ROOT.resolve("docs/destinations.md"));

        assertThat(page).contains("`" + listener.getSimpleName() + ".");
        for (Method method : listener.getDeclaredMethods()) {
            if (!Modifier.isPublic(method.getModifiers()) || method.isSynthetic()) {
                continue;
            }
            if (Modifier.isStatic(method.getModifiers())) {
                assertThat(page).containsPattern("[`.]" + method.getName() + "\\(");
            } else if (method.getReturnType() == listener) {
                assertThat(page).containsPattern("\n\\| [^|]*`" + method.getName() + "`[^|]* \\|");
            }
        }
    }

    private static Class<?> load(Path source) {
        String leaf = String.valueOf(source.getParent().getFileName());
        String name = source.getFileName().toString().replace(".java", "");
        try {
            return Class.forName("io.sitemonitor.alert." + leaf + "." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}

package io.sitemonitor.examples.pages;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import io.sitemonitor.examples.pages.KindOfCheck.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Reads kinds of checks from their sources. */
final class Sources {

    private static final Set<String> VALUES = Set.of(
            "Secret.java", "TlsSettings.java", "HttpProxy.java", "OAuth2.java", "Taken.java", "ExpectedTimes.java");

    private final DocTrees trees;
    private final List<KindOfCheck> kinds = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();

    private Sources(DocTrees trees) {
        this.trees = trees;
    }

    /** Reads every public class below these folders that says of which kind of check it is, or that an option takes. */
    static Sources below(List<Path> folders) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(java(folders)));
            Sources sources = new Sources(DocTrees.instance(task));
            task.parse().forEach(sources::read);
            return sources;
        }
    }

    List<KindOfCheck> kinds() {
        return kinds;
    }

    List<Value> values() {
        return values;
    }

    private static List<Path> java(List<Path> folders) {
        return folders.stream()
                .flatMap(Sources::below)
                .filter(path -> isKind(path) || isValue(path))
                .sorted()
                .toList();
    }

    private static boolean isKind(Path path) {
        return path.toString().endsWith("Check.java") || path.endsWith("HttpSteps.java");
    }

    private static boolean isValue(Path path) {
        return path.toString().endsWith("Expectation.java")
                || VALUES.contains(path.getFileName().toString());
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(CompilationUnitTree file) {
        for (Tree declared : file.getTypeDecls()) {
            if (declared instanceof ClassTree type
                    && isPublic(type.getModifiers().getFlags())) {
                TreePath path = new TreePath(new TreePath(file), type);
                if (isValue(Path.of(file.getSourceFile().getName()))) {
                    value(path, type, String.valueOf(file.getPackageName()));
                } else if (type.getExtendsClause() != null
                        || !type.getImplementsClause().isEmpty()) {
                    kinds.add(read(path, type, String.valueOf(file.getPackageName())));
                }
            }
        }
    }

    /** A class of which there are only static ways to make something, or that is made by them and changed by options. */
    private void value(TreePath path, ClassTree type, String home) {
        Map<String, String> constants = constants(type);
        List<Factory> ways = new ArrayList<>();
        boolean isInterface = type.getKind() == Tree.Kind.INTERFACE;
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method) {
                Set<Modifier> flags = method.getModifiers().getFlags();
                boolean made = flags.contains(Modifier.STATIC);
                boolean copy = type.getSimpleName().contentEquals(String.valueOf(method.getReturnType()));
                Prose prose = prose(new TreePath(path, method), constants);
                if ((isInterface || isPublic(flags)) && (made || copy) && prose != null) {
                    ways.add(new Factory((made ? "" : "… .") + signature(method), prose));
                }
            }
        }
        Prose prose = prose(path, constants);
        if (prose != null && !ways.isEmpty()) {
            values.add(new Value(type.getSimpleName().toString(), home, prose, ways));
        }
    }

    private KindOfCheck read(TreePath path, ClassTree type, String home) {
        Map<String, String> constants = constants(type);
        List<Factory> factories = new ArrayList<>();
        List<Option> options = new ArrayList<>();
        String name = type.getSimpleName().toString();
        Set<String> own = type.getTypeParameters().stream()
                .map(parameter -> parameter.getName().toString())
                .collect(Collectors.toSet());
        own.add(name);
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method
                    && isPublic(method.getModifiers().getFlags())) {
                boolean made = method.getModifiers().getFlags().contains(Modifier.STATIC);
                boolean copy = own.contains(String.valueOf(method.getReturnType()));
                Prose prose = prose(new TreePath(path, method), constants);
                if (made && prose != null) {
                    factories.add(new Factory(signature(method), prose));
                } else if (copy && prose != null) {
                    options.add(new Option(method.getName().toString(), signature(method), prose));
                }
            } else if (member instanceof ClassTree step
                    && isPublic(step.getModifiers().getFlags())) {
                factories.addAll(lastSteps(new TreePath(path, step), step, name, constants));
            }
        }
        Prose prose = prose(path, constants);
        if (prose == null) {
            throw new IllegalStateException(name + " has no comment");
        }
        return new KindOfCheck(name, home, parent(type), kind(type, constants), prose, factories, options);
    }

    /** What makes the check of a class that is none yet, such as a question without what is expected of its answer. */
    private List<Factory> lastSteps(TreePath path, ClassTree step, String kind, Map<String, String> constants) {
        List<Factory> factories = new ArrayList<>();
        for (Tree member : step.getMembers()) {
            if (member instanceof MethodTree method && kind.equals(String.valueOf(method.getReturnType()))) {
                Prose prose = prose(new TreePath(path, method), constants);
                if (prose != null) {
                    factories.add(new Factory("… ." + signature(method), prose));
                }
            }
        }
        return factories;
    }

    private @Nullable Prose prose(TreePath path, Map<String, String> constants) {
        DocCommentTree comment = trees.getDocCommentTree(path);
        return comment == null || comment.getFullBody().isEmpty()
                ? null
                : Prose.of(comment, name -> constants.getOrDefault(name, name));
    }

    private static boolean isPublic(Set<Modifier> flags) {
        return flags.contains(Modifier.PUBLIC);
    }

    private static Map<String, String> constants(ClassTree type) {
        Map<String, String> constants = new HashMap<>();
        for (Tree member : type.getMembers()) {
            if (member instanceof VariableTree constant && constant.getInitializer() != null) {
                constants.put(
                        constant.getName().toString(),
                        constant.getInitializer().toString().replaceAll("\"|(?<=\\d)_(?=\\d)", ""));
            }
        }
        return constants;
    }

    private static String parent(ClassTree type) {
        String text = String.valueOf(type.getExtendsClause());
        return text.startsWith("SocketCheck") ? "SocketCheck" : "";
    }

    /** What the method {@code kind} returns. */
    private static String kind(ClassTree type, Map<String, String> constants) {
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method
                    && method.getName().contentEquals("kind")
                    && method.getBody() != null) {
                for (StatementTree statement : method.getBody().getStatements()) {
                    if (statement instanceof ReturnTree end) {
                        String said = String.valueOf(end.getExpression());
                        return "`" + constants.getOrDefault(said, said).replace("\"", "") + "`";
                    }
                }
            }
        }
        return "";
    }

    private static String signature(MethodTree method) {
        return method.getParameters().stream()
                .map(parameter -> String.valueOf(parameter).replaceFirst("^(?:@\\w+(?:\\(.*?\\))?\\s*|final )+", ""))
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }
}

package io.sitemonitor.alert;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.sitemonitor.check.SafeText;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A template of jmustache, which may be absent. It sees a map of strings and nothing else: left to itself the library
 * would read private fields of what it is given.
 */
final class MustacheForm implements TemplateForm {

    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .escapeHTML(false) // whoever writes HTML gives values that are escaped already, so no tag can leave it out
            .emptyStringIsFalse(true)
            .withCollector(new OnlyMaps());

    private final Template template;
    private final Set<String> names;

    private MustacheForm(Template template, Set<String> names) {
        this.template = template;
        this.names = names;
    }

    static MustacheForm of(String text) {
        Names names = new Names(text);
        Template template;
        try {
            template = COMPILER.compile(text);
        } catch (RuntimeException e) { // for some mistakes it throws exceptions that are not its own
            throw names.refusal(String.valueOf(e.getMessage()), e);
        }
        template.visit(names);
        return new MustacheForm(template, names.found);
    }

    @Override
    public String render(Values values) {
        Map<String, String> context = new HashMap<>();
        for (String name : names) {
            String value = values.of(name);
            context.put(name, value == null ? "" : value);
        }
        return template.execute(context);
    }

    /** Collects the variables of a template, and refuses what it may not hold. */
    private static final class Names implements Mustache.Visitor {

        private final String text;
        private final Set<String> found = new TreeSet<>();

        Names(String text) {
            this.text = text;
        }

        @Override
        public void visitText(String literal) {
            if (literal.contains("{{") || literal.contains("}}")) {
                throw refusal("a tag lacks one of its braces", null);
            }
        }

        @Override
        public void visitVariable(String name) {
            if (!Variables.isKnown(name)) {
                throw new IllegalArgumentException(
                        "unknown placeholder {{" + SafeText.line(name, 60) + "}} in template '"
                                + SafeText.line(text, 200) + "'; known are " + Variables.known("{{", "}}"));
            }
            found.add(name);
        }

        @Override
        public boolean visitSection(String name) {
            visitVariable(name);
            return true;
        }

        @Override
        public boolean visitInvertedSection(String name) {
            visitVariable(name);
            return true;
        }

        @Override
        public boolean visitInclude(String name) {
            throw refusal("the template '" + SafeText.line(name, 60) + "' is included", null);
        }

        @Override
        public boolean visitParent(String name) {
            return visitInclude(name);
        }

        @Override
        public boolean visitBlock(String name) {
            throw refusal("'" + SafeText.line(name, 60) + "' is a block", null);
        }

        IllegalArgumentException refusal(String reason, @Nullable Exception cause) {
            return new IllegalArgumentException(
                    "a template must be mustache, without partials and blocks, but in '" + SafeText.line(text, 200)
                            + "' " + SafeText.line(reason, 200),
                    cause);
        }
    }

    /** Finds values in maps alone, and repeats nothing. */
    private static final class OnlyMaps implements Mustache.Collector {

        @Override
        public @Nullable Iterator<?> toIterator(Object value) {
            return null;
        }

        @Override
        public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
            return context instanceof Map ? (map, key) -> ((Map<?, ?>) map).get(key) : null;
        }

        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new ConcurrentHashMap<>();
        }
    }
}

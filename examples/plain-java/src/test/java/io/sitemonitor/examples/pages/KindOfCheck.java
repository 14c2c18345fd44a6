package io.sitemonitor.examples.pages;

import io.sitemonitor.check.FailureKind;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A class of checks as its source describes it. */
record KindOfCheck(
        String name,
        String home,
        String parent,
        String kind,
        Prose prose,
        List<Factory> factories,
        List<Option> options) {

    private static final Set<String> FAILURES =
            Arrays.stream(FailureKind.values()).map(Enum::name).collect(Collectors.toSet());
    private static final String FAILURE = "**Failure:**";
    private static final String EVIDENCE = "**Evidence:**";
    private static final Pattern FAILURE_KIND = Pattern.compile("`([A-Z_]+)`(?= \\(|,|\\.|;| too|$)");

    /** An option, that is a method that returns a copy. */
    record Option(String name, String signature, Prose prose) {

        /** Whether the source says what holds without it. */
        boolean isComplete() {
            return expects() || prose.about("Default").isPresent();
        }

        private boolean expects() {
            return prose.summary().startsWith("Expects");
        }

        private String row() {
            return Page.row("`" + signature + "`", given(), prose.summary(), String.join("; ", prose.parameters()));
        }

        private String given() {
            return prose.about("Default:", "Default").orElse("nothing is expected");
        }
    }

    /** Whether this class has the options and the failures of another one. */
    boolean isOver(KindOfCheck base) {
        return parent.equals(base.name);
    }

    /** In which ways it fails, as far as it says so itself. */
    Set<String> failures() {
        Set<String> failures = new LinkedHashSet<>();
        Matcher found = FAILURE_KIND.matcher(prose.about(FAILURE).orElse(""));
        while (found.find()) {
            if (FAILURES.contains(found.group(1))) {
                failures.add(found.group(1));
            }
        }
        return failures;
    }

    /** A line of the table of all kinds. */
    String row(Set<String> common, boolean inherits) {
        Set<String> failures = failures();
        if (inherits) {
            failures.addAll(common);
        }
        return Page.row(Page.link(name), kind, prose.summary(), String.join(", ", failures));
    }

    /** All about it, without the options that its parent has. */
    String section(Set<String> inherited) {
        StringBuilder text = new StringBuilder("## " + name + "\n\n");
        text.append(prose.paragraphs().get(0)).append("\n\n");
        text.append(Page.use(home, name, prose)).append(Factory.table("made by", factories));
        for (String part : List.of(FAILURE, EVIDENCE)) {
            prose.about(part)
                    .ifPresent(it -> text.append(part).append(' ').append(it).append("\n\n"));
        }
        List<Option> own = options.stream()
                .filter(option -> !inherited.contains(option.name()))
                .toList();
        if (!own.isEmpty()) {
            text.append("| option | default | meaning | values |\n|---|---|---|---|\n");
            own.forEach(option -> text.append(option.row()));
            text.append('\n');
        }
        if (!parent.isEmpty()) {
            text.append("And the options of ").append(Page.link(parent)).append(".\n\n");
        }
        return text.toString();
    }
}

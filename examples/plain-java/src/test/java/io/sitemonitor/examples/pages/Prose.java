package io.sitemonitor.examples.pages;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ValueTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a comment of the code says, as Markdown. */
record Prose(List<String> paragraphs, List<String> parameters, Optional<String> example) {

    /** Reads a comment; {@code constants} gives the value of a constant by its name. */
    static Prose of(DocCommentTree comment, UnaryOperator<String> constants) {
        List<String> paragraphs = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean example = false;
        StringBuilder shown = new StringBuilder();
        for (DocTree part : comment.getFullBody()) {
            String name = elementName(part);
            if (name.equals("pre")) {
                example = part instanceof StartElementTree;
            } else if (name.equals("p") || name.equals("ul") || name.equals("li")) {
                end(text, paragraphs);
            } else if (example && part instanceof LiteralTree literal) {
                shown.append(literal.getBody().getBody().stripIndent().strip());
            } else if (!example) {
                text.append(markdown(part, constants));
            }
        }
        end(text, paragraphs);
        List<String> parameters = new ArrayList<>();
        for (DocTree tag : comment.getBlockTags()) {
            if (tag instanceof ParamTree parameter && !parameter.isTypeParameter()) {
                StringBuilder what = new StringBuilder();
                parameter.getDescription().forEach(part -> what.append(markdown(part, constants)));
                parameters.add(oneLine(what.toString()));
            }
        }
        return new Prose(
                List.copyOf(paragraphs),
                List.copyOf(parameters),
                shown.isEmpty() ? Optional.empty() : Optional.of(shown.toString()));
    }

    /** The first sentence. */
    String summary() {
        String first = paragraphs.get(0);
        int end = first.indexOf(". ");
        return end < 0 ? first : first.substring(0, end + 1);
    }

    /** The paragraph that begins with one of these words, without them. */
    Optional<String> about(String... beginnings) {
        for (String paragraph : paragraphs) {
            for (String beginning : beginnings) {
                if (paragraph.startsWith(beginning)) {
                    return Optional.of(paragraph.substring(beginning.length()).strip());
                }
            }
        }
        return Optional.empty();
    }

    private static String elementName(DocTree part) {
        if (part instanceof StartElementTree start) {
            return start.getName().toString();
        }
        return part instanceof EndElementTree end ? end.getName().toString() : "";
    }

    private static String markdown(DocTree part, UnaryOperator<String> constants) {
        if (part instanceof TextTree text) {
            return text.getBody();
        }
        if (part instanceof LiteralTree literal) {
            String body = literal.getBody().getBody();
            return literal.getKind() == DocTree.Kind.CODE ? "`" + oneLine(body) + "`" : body;
        }
        if (part instanceof LinkTree link) {
            return link.getLabel().isEmpty() ? "`" + linked(link) + "`" : labelled(link, constants);
        }
        if (part instanceof ValueTree value) {
            return constants.apply(String.valueOf(value.getReference()).replace("#", ""));
        }
        if (part instanceof EntityTree entity) {
            return "&" + entity.getName() + ";";
        }
        return elementName(part).equals("b") ? "**" : "";
    }

    private static String labelled(LinkTree link, UnaryOperator<String> constants) {
        StringBuilder label = new StringBuilder();
        link.getLabel().forEach(part -> label.append(markdown(part, constants)));
        return label.toString();
    }

    /** A class without its package, or a member of it. */
    private static String linked(LinkTree link) {
        String signature = link.getReference().getSignature();
        int arguments = signature.indexOf('(');
        String name = arguments < 0 ? signature : signature.substring(0, arguments);
        int member = name.indexOf('#');
        String type = member < 0 ? name : name.substring(0, member);
        String simple = type.substring(type.lastIndexOf('.') + 1);
        if (member < 0) {
            return simple;
        }
        return (simple.isEmpty() ? "" : simple + ".") + name.substring(member + 1);
    }

    private static void end(StringBuilder text, List<String> paragraphs) {
        String paragraph = oneLine(text.toString());
        if (!paragraph.isEmpty()) {
            paragraphs.add(paragraph);
        }
        text.setLength(0);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}

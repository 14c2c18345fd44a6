package io.sitemonitor.alert;

import io.sitemonitor.check.SafeText;
import java.util.ArrayList;
import java.util.List;

/** A template that names its variables in single braces: {@code {check}}. */
record BraceForm(List<Part> parts) implements TemplateForm {

    BraceForm {
        parts = List.copyOf(parts);
    }

    /** Text as it is, or the name of a variable. */
    record Part(boolean isVariable, String text) {}

    static BraceForm of(String template) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int i = 0;
        while (i < template.length()) {
            char c = template.charAt(i);
            boolean doubled = i + 1 < template.length() && template.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                literal.append(c);
                i += 2;
            } else if (c == '{') {
                int end = template.indexOf('}', i);
                if (end < 0) {
                    throw new IllegalArgumentException("'{' at position " + i + " is never closed in template '"
                            + SafeText.line(template, 200) + "'; write '{{' for a brace");
                }
                addLiteral(parts, literal);
                parts.add(variable(template, template.substring(i + 1, end)));
                i = end + 1;
            } else if (c == '}') {
                throw new IllegalArgumentException("'}' at position " + i + " closes nothing in template '"
                        + SafeText.line(template, 200) + "'; write '}}' for a brace");
            } else {
                literal.append(c);
                i++;
            }
        }
        addLiteral(parts, literal);
        return new BraceForm(parts);
    }

    @Override
    public String render(Values values) {
        StringBuilder text = new StringBuilder(200);
        for (Part part : parts) {
            String value = part.isVariable() ? values.of(part.text()) : part.text();
            if (value != null) {
                text.append(value);
            }
        }
        return text.toString();
    }

    private static void addLiteral(List<Part> parts, StringBuilder literal) {
        if (!literal.isEmpty()) {
            parts.add(new Part(false, literal.toString()));
            literal.setLength(0);
        }
    }

    private static Part variable(String template, String name) {
        if (!Variables.isKnown(name)) {
            throw new IllegalArgumentException("unknown placeholder {" + SafeText.line(name, 60) + "} in template '"
                    + SafeText.line(template, 200) + "'; known are " + Variables.known("{", "}")
                    + "; write '{{' for a brace");
        }
        return new Part(true, name);
    }
}

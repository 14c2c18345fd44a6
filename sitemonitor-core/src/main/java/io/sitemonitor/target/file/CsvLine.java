package io.sitemonitor.target.file;

import java.util.ArrayList;
import java.util.List;

/** Takes a line apart at its commas; a field may be quoted as RFC 4180 says, but not hold a line break. */
final class CsvLine {

    private final String line;
    private int at;

    private CsvLine(String line) {
        this.line = line;
    }

    /** Returns the fields without the spaces around them; empty ones at the end do not count. */
    static List<String> fields(String line) {
        List<String> fields = new CsvLine(line).read();
        while (fields.size() > 1 && fields.get(fields.size() - 1).isEmpty()) {
            fields.remove(fields.size() - 1);
        }
        return fields;
    }

    private List<String> read() {
        List<String> fields = new ArrayList<>();
        do {
            skipSpaces();
            fields.add(at < line.length() && line.charAt(at) == '"' ? quoted() : plain());
        } while (at++ < line.length());
        return fields;
    }

    private String plain() {
        int comma = line.indexOf(',', at);
        int end = comma < 0 ? line.length() : comma;
        String field = line.substring(at, end).strip();
        at = end;
        return field;
    }

    private String quoted() {
        int begin = at + 1;
        StringBuilder field = new StringBuilder();
        for (at++; at < line.length(); at++) {
            if (line.charAt(at) != '"') {
                field.append(line.charAt(at));
            } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
                field.append('"');
                at++;
            } else {
                at++;
                skipSpaces();
                if (at < line.length() && line.charAt(at) != ',') {
                    throw new IllegalArgumentException("after the closing quote a comma must follow, but column "
                            + (at + 1) + " has '" + line.charAt(at) + "'; write a quote within quotes twice");
                }
                return field.toString();
            }
        }
        throw new IllegalArgumentException(
                "the quote at column " + begin + " is not closed; a field must end on the line on which it begins");
    }

    private void skipSpaces() {
        while (at < line.length() && line.charAt(at) != ',' && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
    }
}

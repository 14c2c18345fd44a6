package io.sitemonitor.alert;

import java.util.List;

/** A name, or several by {@code *} in place of any number of characters. Immutable. */
record NamePattern(String pattern, List<String> pieces) {

    static NamePattern of(String pattern) {
        return new NamePattern(pattern, List.of(pattern.split("\\*", -1)));
    }

    /** Compares piece by piece from the left, which needs no way back: each star takes as little as it can. */
    boolean fits(String name) {
        if (pieces.size() == 1) {
            return name.equals(pattern);
        }
        String last = pieces.get(pieces.size() - 1);
        int at = pieces.get(0).length();
        int end = name.length() - last.length();
        if (!name.startsWith(pieces.get(0)) || !name.endsWith(last) || at > end) {
            return false;
        }
        for (String piece : pieces.subList(1, pieces.size() - 1)) {
            int found = name.indexOf(piece, at);
            if (found < 0 || found + piece.length() > end) {
                return false;
            }
            at = found + piece.length();
        }
        return true;
    }

    @Override
    public String toString() {
        return pattern;
    }
}

package io.sitemonitor.check.composite;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.LineText;
import java.util.List;
import java.util.Objects;

/**
 * A part of a check.
 *
 * @param name its name, unique within the check
 * @param check what is probed
 * @param weight how much it counts
 */
record Part(String name, Check check, int weight) {

    private static final int MAX_WEIGHT = 1_000_000;
    private static final int MAX_NAME = 90;

    Part {
        LineText.requireName("part", name);
        Objects.requireNonNull(check, "check");
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight must be from 1 to " + MAX_WEIGHT + ", but was " + weight);
        }
    }

    /** Names a part after what it probes, and numbers it if there is one of that name. */
    static Part named(Check check, List<Part> others) {
        String target = Objects.requireNonNull(check, "check").target();
        String kind = check.kind();
        String plain = SafeText.line(target == null || target.isBlank() ? kind : kind + " " + target, MAX_NAME);
        String name = plain;
        for (int number = 2; isTaken(name, others); number++) {
            name = plain + " " + number;
        }
        return new Part(name, check, 1);
    }

    static boolean isTaken(String name, List<Part> parts) {
        for (Part part : parts) {
            if (part.name.equals(name)) {
                return true;
            }
        }
        return false;
    }
}

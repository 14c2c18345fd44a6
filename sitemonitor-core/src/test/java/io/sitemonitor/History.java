package io.sitemonitor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What happens to a monitor, step by step, with a text form of a line a step. Lines that begin with {@code >} are what is
 * told and no part of the history itself; {@link HistoryPlayer#record} writes them.
 */
record History(List<Step> steps) {

    History {
        steps = List.copyOf(steps);
    }

    static History parse(List<String> lines) {
        return new History(lines.stream()
                .filter(line -> !line.startsWith(">"))
                .map(Step::parse)
                .toList());
    }

    History without(int from, int count) {
        List<Step> fewer = new ArrayList<>(steps.subList(0, from));
        fewer.addAll(steps.subList(from + count, steps.size()));
        return new History(fewer);
    }

    History with(int place, Step step) {
        List<Step> changed = new ArrayList<>(steps);
        changed.set(place, step);
        return new History(changed);
    }

    @Override
    public String toString() {
        return steps.stream().map(Step::toString).collect(Collectors.joining("\n", "", "\n"));
    }
}

package io.sitemonitor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of the checks of one name, one after the other: by the model, or by the engine. */
final class ModelLog {

    final List<ModelFact.Change> changes = new ArrayList<>();
    final List<ModelFact.Alerted> alerts = new ArrayList<>();
    final List<ModelFact.Held> held = new ArrayList<>();
    final List<ModelFact.Holds> conditions = new ArrayList<>();

    /** What those were answered who asked for a run, in their order; null while they wait. */
    final List<@Nullable String> answers = new ArrayList<>();

    private int numbers;
    private long runs;
    private long places;

    int number() {
        return ++numbers;
    }

    void started(long at) {
        runs++;
        places = places * 31 + at;
    }

    boolean isAwaited() {
        return !answers.isEmpty() && answers.get(answers.size() - 1) == null;
    }

    void answer(String text) {
        for (int i = answers.size() - 1; i >= 0 && answers.get(i) == null; i--) {
            answers.set(i, text);
        }
    }

    /** How many runs have started, and a sum over when. */
    String runs() {
        return runs + " runs (" + Long.toHexString(places) + ")";
    }

    boolean ranLike(ModelLog other) {
        return runs == other.runs && places == other.places;
    }
}

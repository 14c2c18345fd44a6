package io.sitemonitor.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * A name and an address. Names that begin with {@code hang-} or {@code flip-} belong to targets that misbehave on purpose:
 * they are left out of lateness and of lost runs.
 */
record Target(String name, String url) {

    boolean isHealthy() {
        return !name.startsWith("hang-") && !name.startsWith("flip-");
    }

    /** Reads lines of a name and an address with a blank between them; only the first so many if that is not zero. */
    static List<Target> read(Path file, int first) throws IOException, UsageException {
        List<Target> targets = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            int blank = text.indexOf(' ');
            String url = text.substring(blank + 1).strip();
            if (blank < 0 || HttpUrl.parse(url) == null) {
                throw new UsageException(
                        file + ", line " + number + ": expected a name and an address, but was '" + text + "'");
            }
            targets.add(new Target(text.substring(0, blank), url));
        }
        if (targets.isEmpty()) {
            throw new UsageException(file + " names no target");
        }
        if (first > targets.size()) {
            throw new UsageException(file + " names " + targets.size() + " targets, and --first asks for " + first);
        }
        return first == 0 ? targets : targets.subList(0, first);
    }

    /** Makes up targets for checks that ask nobody. */
    static List<Target> none(int count) {
        List<Target> targets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            targets.add(new Target("empty-" + i, ""));
        }
        return targets;
    }
}

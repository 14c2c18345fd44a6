package io.sitemonitor.amqp.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How far the handling of one alert has come. For one thread. */
final class Progress {

    final Set<Integer> succeeded = new TreeSet<>();
    final Map<Integer, String> givenUp = new TreeMap<>();
    int attempts;
    /** How long a handler asked to be left alone at the last attempt; 0 if none did. */
    long asked;

    long notBefore;
    boolean finished;

    /** Remembers the progress of the latest ids; forgets the one not used for longest when there are too many. */
    static final class Memory {
        private final int most;
        private final LinkedHashMap<String, Progress> byId = new LinkedHashMap<>(16, 0.75f, true);

        Memory(int most) {
            this.most = most;
        }

        Progress of(String id) {
            Progress known = byId.get(id);
            if (known != null) {
                return known;
            }
            Progress fresh = new Progress();
            byId.put(id, fresh);
            if (byId.size() > most) {
                byId.remove(byId.keySet().iterator().next());
            }
            return fresh;
        }

        int size() {
            return byId.size();
        }
    }
}

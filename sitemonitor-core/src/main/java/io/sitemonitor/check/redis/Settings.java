package io.sitemonitor.check.redis;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.LineText;
import io.sitemonitor.check.internal.Login;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is asked of a Redis server. */
record Settings(
        Login login, int database, @Nullable String role, boolean masterLink, List<String> keys, List<Limit> lists) {

    static final Settings DEFAULT = new Settings(Login.NONE, 0, null, false, List.of(), List.of());

    private static final int LAST_DATABASE = 16_383;
    private static final int MAX_KEY = 500;
    private static final int MAX_SHOWN = 60;
    private static final Set<String> ROLES = Set.of("master", "replica", "sentinel");

    /** How many entries of a list are too many. */
    record Limit(String key, long entries) {}

    Settings login(Login other) {
        return new Settings(other, database, role, masterLink, keys, lists);
    }

    Settings database(int number) {
        if (number < 0 || number > LAST_DATABASE) {
            throw new IllegalArgumentException("database must be from 0 to " + LAST_DATABASE + ", but was " + number);
        }
        return new Settings(login, number, role, masterLink, keys, lists);
    }

    Settings role(String name) {
        String known = current(Objects.requireNonNull(name, "role"));
        if (!ROLES.contains(known)) {
            throw new IllegalArgumentException(
                    "role must be master, replica or sentinel, but was '" + SafeText.line(name, MAX_SHOWN) + "'");
        }
        return new Settings(login, database, known, masterLink, keys, lists);
    }

    Settings withMasterLink() {
        return new Settings(login, database, role, true, keys, lists);
    }

    Settings key(String name) {
        LineText.require("key", name, MAX_KEY);
        return new Settings(login, database, role, masterLink, Expectations.append(keys, name), lists);
    }

    Settings list(String name, long entries) {
        LineText.require("key", name, MAX_KEY);
        if (entries < 1) {
            throw new IllegalArgumentException("entries must be at least 1, but was " + entries);
        }
        return new Settings(
                login, database, role, masterLink, keys, Expectations.append(lists, new Limit(name, entries)));
    }

    /** Servers still use the older word. */
    static String current(String role) {
        return role.equals("slave") ? "replica" : role;
    }
}

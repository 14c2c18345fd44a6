package io.sitemonitor.target.internal;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.definition.Names;
import io.sitemonitor.target.Targets;
import io.sitemonitor.target.Targets.Rejected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a check of each row of a source: a name, a URL, somebody to tell (or nobody), an interval (or the usual one). A
 * row that cannot be used is rejected with a reason; the others are not affected.
 *
 * <p><b>Threads:</b> for one thread, and one reading.
 */
public final class RowReader {

    private static final int MAX_REASON = 500;

    private final Function<String, Check> checkOf;
    private final Consumer<CheckSettingsBuilder> settings;
    private final Map<String, CheckDefinition> checks = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();
    private final List<Rejected> rejected = new ArrayList<>();

    /**
     * Begins a reading.
     *
     * @param checkOf makes a check of a URL; refuses what is not one with an exception
     * @param settings what all checks have in common
     */
    public RowReader(Function<String, Check> checkOf, Consumer<CheckSettingsBuilder> settings) {
        this.checkOf = checkOf;
        this.settings = settings;
    }

    /**
     * Refuses settings that no check could have, so that they are refused when they are given and not with each row.
     *
     * @param settings what all checks have in common
     * @return the settings
     * @throws IllegalArgumentException if an option refuses its value
     */
    public static Consumer<CheckSettingsBuilder> requireValid(Consumer<CheckSettingsBuilder> settings) {
        Objects.requireNonNull(settings, "settings");
        CheckSettingsBuilder builder = new CheckSettingsBuilder();
        settings.accept(builder);
        builder.build();
        return settings;
    }

    /**
     * Takes a row. Spaces at the ends of its fields do not count, and an empty field counts as missing.
     *
     * @param where where it stands, such as {@code row 3}
     * @param name the name of the check
     * @param url what to probe
     * @param contact an e-mail address, or a telephone number that begins with {@code +}; null for nobody
     * @param interval the time from one run to the next; null for the usual one
     */
    public void row(
            String where,
            @Nullable String name,
            @Nullable String url,
            @Nullable String contact,
            @Nullable String interval) {
        String known = null;
        try {
            String check = Names.require("check", required("name", name));
            known = check;
            String before = places.get(check);
            if (before != null) {
                throw new IllegalArgumentException(
                        "the name is taken already by " + before + "; give each check a name of its own");
            }
            CheckDefinition definition = definition(check, required("url", url), present(contact), present(interval));
            checks.put(check, definition);
            places.put(check, where);
        } catch (RuntimeException e) {
            reject(where, known, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    /**
     * Rejects a row that is none.
     *
     * @param where where it stands, such as {@code line 7}
     * @param name the name of its check; null if it has none
     * @param reason what is wrong and what would be right
     */
    public void reject(String where, @Nullable String name, String reason) {
        rejected.add(new Rejected(where, name, SafeText.line(reason, MAX_REASON)));
    }

    /**
     * Ends the reading.
     *
     * @return the checks in the order of their rows, and what was rejected
     */
    public Targets targets() {
        return new Targets(List.copyOf(checks.values()), rejected);
    }

    private CheckDefinition definition(String name, String url, @Nullable String contact, @Nullable String interval) {
        Duration every = interval == null ? null : Intervals.parse(interval);
        if (contact != null && contact.indexOf('@') < 1 && !contact.startsWith("+")) {
            throw new IllegalArgumentException(
                    "contact must be an e-mail address or a telephone number that begins with +, but was '"
                            + SafeText.line(contact, 60) + "'");
        }
        Check check = checkOf.apply(url);
        if (check == null) {
            throw new IllegalArgumentException("no check could be made of its url");
        }
        return CheckDefinition.of(name, check, settings, options -> {
            if (every != null) {
                options.every(every);
            }
            if (contact != null) {
                options.contact(contact);
            }
        });
    }

    private static String required(String field, @Nullable String value) {
        String text = present(value);
        if (text == null) {
            throw new IllegalArgumentException("the " + field + " is missing");
        }
        return text;
    }

    private static @Nullable String present(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}

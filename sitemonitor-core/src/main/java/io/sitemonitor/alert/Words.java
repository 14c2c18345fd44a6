package io.sitemonitor.alert;

import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.state.HealthState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The single words of a language in which alerts are told: those of a bundle, and English ones for what it lacks. */
record Words(Locale locale, Map<String, String> own) {

    static final Words ENGLISH = new Words(Locale.ENGLISH, Map.of());

    private static final Map<String, String> DEFAULTS = defaults();
    private static final int MAX_WORD = 100;

    Words {
        own = Map.copyOf(own);
    }

    static Words from(ResourceBundle bundle) {
        Map<String, String> own = new HashMap<>();
        for (String key : DEFAULTS.keySet()) {
            String word = read(bundle, key);
            if (word != null) {
                if (word.isBlank() || word.length() > MAX_WORD || !SafeText.isLine(word)) {
                    throw new IllegalArgumentException(key + " of " + shown(bundle) + " must have from 1 to " + MAX_WORD
                            + " characters, none of them a control character, but was '" + SafeText.line(word, MAX_WORD)
                            + "'");
                }
                own.put(key, word);
            }
        }
        return new Words(bundle.getLocale() == null ? Locale.ROOT : bundle.getLocale(), own);
    }

    /** What a bundle says for a key; null if it has none. */
    static @Nullable String read(ResourceBundle bundle, String key) {
        if (!bundle.containsKey(key)) {
            return null;
        }
        try {
            return bundle.getString(key);
        } catch (ClassCastException | MissingResourceException e) {
            throw new IllegalArgumentException(key + " of " + shown(bundle) + " must be a text", e);
        }
    }

    /** Names a bundle in a message. */
    static String shown(ResourceBundle bundle) {
        String name = bundle.getBaseBundleName();
        Locale locale = bundle.getLocale();
        return "bundle '" + (name == null ? bundle.getClass().getName() : name) + "'"
                + (locale == null || locale.equals(Locale.ROOT) ? "" : " (" + locale.toLanguageTag() + ")");
    }

    String of(String key) {
        String word = own.get(key);
        if (word == null) {
            word = DEFAULTS.get(key);
        }
        if (word == null) {
            throw new IllegalArgumentException("unknown word '" + SafeText.line(key, MAX_WORD) + "'; known are "
                    + String.join(", ", DEFAULTS.keySet()));
        }
        return word;
    }

    String of(String group, Enum<?> value) {
        return of(group + '.' + value.name());
    }

    private static Map<String, String> defaults() {
        Map<String, String> words = new LinkedHashMap<>();
        addNames(words, "state", HealthState.values());
        addNames(words, "kind", AlertKind.values());
        addNames(words, "severity", Severity.values());
        addNames(words, "failure", FailureKind.values());
        for (String unit : new String[] {"d", "h", "min", "s", "ms"}) {
            words.put("unit." + unit, unit);
        }
        words.put("word.since", "Since");
        words.put("word.duration", "Duration");
        words.put("word.failure", "Failure");
        words.put("word.summary", "Summary");
        words.put("word.target", "Target");
        words.put("word.incident", "Incident");
        words.put("word.address", "Address");
        words.put("word.facts", "Details");
        words.put("word.phases", "Phases");
        words.put("word.answer", "Answer");
        words.put("word.labels", "Labels");
        words.put("word.checks", "Checks");
        words.put("word.monitor", "Monitor");
        return words;
    }

    private static void addNames(Map<String, String> words, String group, Enum<?>[] values) {
        for (Enum<?> value : values) {
            words.put(group + '.' + value.name(), value.name());
        }
    }
}

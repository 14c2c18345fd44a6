package io.sitemonitor.spring.autoconfigure;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** Knows which properties there are, from the records themselves, so that wrong names can be answered with right ones. */
final class KnownProperties {

    private static final int FAR = 2;

    private KnownProperties() {}

    /** What can be said of a name that does not exist. */
    record Advice(
            String parent,
            Set<String> known,
            @Nullable String meant,
            @Nullable String hint) {}

    static Advice adviceFor(ConfigurationPropertyName unknown) {
        Class<?> type = SiteMonitorProperties.class;
        StringBuilder parent = new StringBuilder(SiteMonitorProperties.PREFIX);
        for (int i = 1; i < unknown.getNumberOfElements(); i++) {
            String element = unknown.getElement(i, Form.DASHED);
            Type next = components(type).get(element);
            if (next == null) {
                return advice(parent.toString(), type, element, unknown, i);
            }
            parent.append('.').append(element);
            Class<?> contained = contentOf(next);
            if (contained != null && i + 1 < unknown.getNumberOfElements()) {
                i++;
                String key = unknown.getElement(i, Form.ORIGINAL);
                parent.append(unknown.isNumericIndex(i) ? '[' + key + ']' : '.' + key);
                next = contained;
            }
            if (!(next instanceof Class<?> nested) || !nested.isRecord()) {
                return new Advice(parent.toString(), Set.of(), parent.toString(), null);
            }
            type = nested;
        }
        return new Advice(parent.toString(), components(type).keySet(), null, null);
    }

    private static Advice advice(String parent, Class<?> type, String element, ConfigurationPropertyName name, int at) {
        Set<String> known = new TreeSet<>(components(type).keySet());
        String meant = nearest(element, known).map(near -> parent + '.' + near).orElse(null);
        String hint = null;
        String last = name.getLastElement(Form.DASHED);
        if (type == SiteMonitorProperties.ConfiguredCheck.class
                && at + 1 < name.getNumberOfElements()
                && known.contains(last)) {
            StringBuilder check = new StringBuilder(name.getElement(2, Form.ORIGINAL));
            for (int i = 3; i < name.getNumberOfElements() - 1; i++) {
                check.append('.').append(name.getElement(i, Form.ORIGINAL));
            }
            hint = "If the check is called '" + check + "', write its name as \"[" + check + "]\".";
        }
        return new Advice(parent, known, meant, hint);
    }

    /** Returns the type of what is in a map or a list of records, or null if the type is neither. */
    private static @Nullable Class<?> contentOf(Type type) {
        if (!(type instanceof ParameterizedType generic)) {
            return null;
        }
        Type[] arguments = generic.getActualTypeArguments();
        return arguments[arguments.length - 1] instanceof Class<?> content && content.isRecord() ? content : null;
    }

    private static TreeMap<String, Type> components(Class<?> type) {
        TreeMap<String, Type> components = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(DataObjectPropertyName.toDashedForm(component.getName()), component.getGenericType());
        }
        return components;
    }

    /** Returns the one most alike, if any is alike enough to have been meant. */
    static Optional<String> nearest(String word, Set<String> candidates) {
        String plain = word.replace("-", "");
        String best = null;
        int least = Math.min(FAR, plain.length() / 2) + 1;
        for (String candidate : candidates) {
            int distance = distance(plain, candidate.replace("-", ""));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Counts the letters to insert, drop or change to get from one word to the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

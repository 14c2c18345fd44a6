package io.sitemonitor.spring.autoconfigure;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds alert listeners by what they are called in properties. An environment variable has no capital letters, and what is made
 * of {@code sitemonitor.alerts.email} is called {@code siteMonitorEmail}, which {@code email} finds as well.
 */
final class ListenerNames {

    private ListenerNames() {}

    /** Returns the name of the listener that is meant, or null if there is none: the very name goes first. */
    static @Nullable String find(String given, Collection<String> listeners) {
        if (listeners.contains(given)) {
            return given;
        }
        String plain = plain(given);
        String found = first(listeners, name -> plain(name).equals(plain));
        return found != null
                ? found
                : first(listeners, name -> plain(name).equals(SiteMonitorProperties.PREFIX + plain));
    }

    private static @Nullable String first(Collection<String> listeners, Predicate<String> wanted) {
        return listeners.stream().filter(wanted).findFirst().orElse(null);
    }

    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}

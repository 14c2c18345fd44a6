package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.alert.Recipients;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a list of recipients, in which the word {@code contacts} stands for the contacts of each check. */
final class Addressees {

    private static final String CONTACTS = "contacts";

    private Addressees() {}

    /** Returns the recipients; null if nothing is listed, which leaves it to the listener. */
    static @Nullable Recipients of(List<String> listed) {
        if (listed.isEmpty()) {
            return null;
        }
        String[] named = listed.stream().filter(one -> !one.equals(CONTACTS)).toArray(String[]::new);
        return named.length == listed.size()
                ? Recipients.of(named[0], named)
                : Recipients.fromContact().and(named);
    }
}

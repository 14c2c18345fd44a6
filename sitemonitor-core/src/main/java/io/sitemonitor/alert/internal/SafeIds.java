package io.sitemonitor.alert.internal;

import io.sitemonitor.incident.StableId;
import java.util.regex.Pattern;

/** Ids as other systems take them. An alert that came by a message may have any. Stateless. */
public final class SafeIds {

    private static final Pattern HARMLESS = Pattern.compile("[-_A-Za-z0-9]{1,64}");

    private SafeIds() {}

    /**
     * Makes an id fit for headers, paths and keys.
     *
     * @param id any id
     * @return the id itself if it consists of 1 to 64 letters, digits, hyphens and underscores, as ours do; otherwise one that
     *     follows from it
     */
    public static String of(String id) {
        return HARMLESS.matcher(id).matches() ? id : StableId.of("id", id);
    }
}

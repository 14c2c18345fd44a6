package io.sitemonitor.check.internal;

import org.jspecify.annotations.Nullable;

/** What checks call themselves to servers of HTTP. */
public final class UserAgent {

    /** This library and its version. */
    public static final String NAME = named(UserAgent.class.getPackage().getImplementationVersion());

    private UserAgent() {}

    private static String named(@Nullable String version) {
        return version == null ? "sitemonitor" : "sitemonitor/" + version;
    }
}

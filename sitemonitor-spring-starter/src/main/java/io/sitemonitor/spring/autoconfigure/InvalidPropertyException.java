package io.sitemonitor.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

/** A property of ours that cannot be used; {@link SiteMonitorFailureAnalyzer} explains it. Its text holds no value. */
@SuppressWarnings("serial")
final class InvalidPropertyException extends RuntimeException {

    private final String property;
    private final String reason;

    InvalidPropertyException(String property, String reason, @Nullable Throwable cause) {
        super("property " + property + " cannot be used: " + reason, cause);
        this.property = property;
        this.reason = reason;
    }

    String property() {
        return property;
    }

    String reason() {
        return reason;
    }
}

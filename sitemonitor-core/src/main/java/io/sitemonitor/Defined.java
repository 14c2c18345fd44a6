package io.sitemonitor;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A definition together with what its check says of itself, asked once, so that foreign code is not called later when
 * locks are held.
 */
record Defined(
        CheckDefinition definition,
        String kind,
        @Nullable String target,
        @Nullable String host,
        boolean insecure) {

    private static final Logger LOG = LoggerFactory.getLogger(Defined.class);
    private static final int MAX_TARGET = 2_000;

    static Defined of(CheckDefinition definition) {
        String kind = "custom";
        String target = null;
        String host = null;
        boolean insecure = false;
        try {
            kind = SafeText.line(definition.check().kind(), 40);
            String said = definition.check().target();
            target = said == null ? null : SafeText.line(said, MAX_TARGET);
            String burdened = definition.check().host();
            host = burdened == null || burdened.isBlank() ? null : SafeText.line(burdened, MAX_TARGET);
            insecure = definition.check().isInsecure();
        } catch (Throwable e) { // foreign code: a check that cannot describe itself can still be run
            LOG.warn("check '{}' failed to describe itself", definition.name(), e);
        }
        if (insecure) {
            LOG.warn(
                    "check '{}' does without a protection: a method was called whose name begins with 'insecure'",
                    definition.name());
        }
        return new Defined(definition, kind, target, host, insecure);
    }

    Check check() {
        return definition.check();
    }

    CheckSettings settings() {
        return definition.settings();
    }
}

package io.sitemonitor.target;

import io.sitemonitor.definition.CheckDefinition;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a reading of a source gave.
 *
 * @param checks the checks as they should be, each name once
 * @param rejected what could not be used
 */
public record Targets(List<CheckDefinition> checks, List<Rejected> rejected) {

    /** Creates a reading; the lists are copied. */
    public Targets {
        checks = List.copyOf(checks);
        rejected = List.copyOf(rejected);
    }

    /**
     * A row that could not be used. If it has the name of a check that runs already, that check goes on as it is.
     *
     * @param where where it stands, such as {@code line 7}
     * @param name the name it gives to its check; null if it has none
     * @param reason what is wrong and what would be right
     */
    public record Rejected(String where, @Nullable String name, String reason) {

        /** Creates a rejection. */
        public Rejected {
            Objects.requireNonNull(where, "where");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public String toString() {
            return where + (name == null ? "" : " ('" + name + "')") + ": " + reason;
        }
    }
}

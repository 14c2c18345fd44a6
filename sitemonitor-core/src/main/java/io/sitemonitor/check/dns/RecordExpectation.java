package io.sitemonitor.check.dns;

import io.sitemonitor.check.Expectation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The expectations of records that this kind of check knows itself; each equal to any other of the same. */
interface RecordExpectation extends Expectation<List<String>> {

    /** These records and no others. */
    record Exactly(List<String> expected) implements RecordExpectation {
        @Override
        public @Nullable String objection(List<String> records) {
            List<String> missing =
                    expected.stream().filter(each -> !records.contains(each)).toList();
            List<String> strange =
                    records.stream().filter(each -> !expected.contains(each)).toList();
            if (missing.isEmpty() && strange.isEmpty()) {
                return null;
            }
            return (missing.isEmpty() ? "" : "no record " + String.join(", ", missing))
                    + (missing.isEmpty() || strange.isEmpty() ? "" : ", but ")
                    + (strange.isEmpty() ? "" : "unexpected record " + String.join(", ", strange));
        }
    }

    /** At least one of these records, whatever others there are. */
    record AnyOf(List<String> expected) implements RecordExpectation {
        @Override
        public @Nullable String objection(List<String> records) {
            return expected.stream().anyMatch(records::contains)
                    ? null
                    : "none of the records " + String.join(", ", expected) + ", but " + String.join(", ", records);
        }
    }
}

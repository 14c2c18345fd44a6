package io.sitemonitor.check.udp;

import io.sitemonitor.check.Expectation;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The expectations of an answer that this kind of check knows itself; each equal to any other of the same. */
interface AnswerExpectation extends Expectation<byte[]> {

    /** Any answer will do. */
    record Any() implements AnswerExpectation {
        @Override
        public @Nullable String objection(byte[] answer) {
            return null;
        }
    }

    /** The answer, read as UTF-8, must be as expected. */
    record Text(Expectation<? super String> expectation) implements AnswerExpectation {
        @Override
        public @Nullable String objection(byte[] answer) throws Exception {
            return expectation.objection(new String(answer, StandardCharsets.UTF_8));
        }

        @Override
        public boolean onlyWarns() {
            return expectation.onlyWarns();
        }
    }

    /** These bytes, held as the characters of the same numbers, must be somewhere in the answer. */
    record Bytes(String part) implements AnswerExpectation {

        private static final int SHOWN = 16;

        @Override
        public @Nullable String objection(byte[] answer) {
            return new String(answer, StandardCharsets.ISO_8859_1).contains(part)
                    ? null
                    : "answer does not contain the bytes" + hex();
        }

        private String hex() {
            StringBuilder hex = new StringBuilder();
            for (int i = 0; i < Math.min(SHOWN, part.length()); i++) {
                hex.append(String.format(Locale.ROOT, " %02x", (int) part.charAt(i)));
            }
            return part.length() > SHOWN ? hex.append(" …").toString() : hex.toString();
        }
    }
}

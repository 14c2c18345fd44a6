package io.sitemonitor.check.tcp;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.Expectations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of what is said over a connection. */
interface Step {

    /** The longest text that is waited for, in bytes. */
    int MAX_TEXT = 1_000;

    /** The phase that the steps make up. */
    String PHASE = "dialogue";

    /**
     * Takes the step.
     *
     * @return a failure, a warning, or null if all is as expected
     */
    @Nullable
    CheckResult take(Conversation server) throws IOException;

    /** Sends bytes, held as the characters of the same numbers. */
    record Send(String bytes) implements Step {
        @Override
        public @Nullable CheckResult take(Conversation server) throws IOException {
            server.phase(PHASE);
            server.doing("sending");
            server.send(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return null;
        }
    }

    /** Reads a line and judges it. */
    record Line(Expectation<? super String> expectation) implements Step {
        @Override
        public @Nullable CheckResult take(Conversation server) throws IOException {
            server.phase(PHASE);
            server.doing("waiting for a line");
            String line = server.line();
            server.excerpt(line);
            return Expectations.judge(List.of(expectation), line, "line");
        }
    }

    /** Reads until a text comes. */
    record Text(String text) implements Step {

        private static final int MOST = 65_536;

        @Override
        public @Nullable CheckResult take(Conversation server) throws IOException {
            server.phase(PHASE);
            server.doing("waiting for '" + text + "'");
            ByteArrayOutputStream seen = new ByteArrayOutputStream();
            try {
                return comes(server, seen)
                        ? null
                        : CheckResult.fail("answer does not contain '" + SafeText.line(text, 100) + "' in its first "
                                + MOST + " bytes");
            } finally {
                server.excerpt(seen.toString(StandardCharsets.UTF_8));
            }
        }

        private boolean comes(Conversation server, ByteArrayOutputStream seen) throws IOException {
            byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
            byte[] last = new byte[wanted.length];
            for (int count = 1; count <= MOST; count++) {
                System.arraycopy(last, 1, last, 0, last.length - 1);
                last[last.length - 1] = (byte) server.octet();
                if (seen.size() < MAX_TEXT) {
                    seen.write(last[last.length - 1]);
                }
                if (count >= last.length && Arrays.equals(last, wanted)) {
                    return true;
                }
            }
            return false;
        }
    }
}

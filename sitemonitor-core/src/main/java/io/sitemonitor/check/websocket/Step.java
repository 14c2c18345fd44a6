package io.sitemonitor.check.websocket;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.internal.Expectations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of what is said after the upgrade. */
sealed interface Step {

    /**
     * Takes the step.
     *
     * @return a failure, a warning, or null if all is as expected
     */
    @Nullable
    CheckResult take(Conversation server, Messages messages) throws IOException;

    /** How many bytes it sends, as far as that is known. */
    default int size() {
        return 0;
    }

    /** Sends a text. */
    record SendText(String text) implements Step {
        @Override
        public @Nullable CheckResult take(Conversation server, Messages messages) throws IOException {
            messages.send(Frame.TEXT, utf8(text));
            return null;
        }

        @Override
        public int size() {
            return utf8(text).length;
        }
    }

    /** Sends a text that nobody may read. */
    record SendSecret(Secret text) implements Step {
        @Override
        public @Nullable CheckResult take(Conversation server, Messages messages) throws IOException {
            messages.send(Frame.TEXT, utf8(text.reveal()));
            return null;
        }
    }

    /** Sends bytes, held as the characters of the same numbers. */
    record SendBytes(String bytes) implements Step {
        @Override
        public @Nullable CheckResult take(Conversation server, Messages messages) throws IOException {
            messages.send(Frame.BINARY, bytes.getBytes(StandardCharsets.ISO_8859_1));
            return null;
        }

        @Override
        public int size() {
            return bytes.length();
        }
    }

    /** Waits for a text and judges it. */
    record Text(Expectation<? super String> expectation) implements Step {
        @Override
        public @Nullable CheckResult take(Conversation server, Messages messages) throws IOException {
            Frame message = messages.next();
            if (message.opcode() != Frame.TEXT) {
                return CheckResult.fail("message is no text, but " + message.payload().length + " bytes");
            }
            String text = new String(message.payload(), StandardCharsets.UTF_8);
            server.excerpt(text);
            return Expectations.judge(List.of(expectation), text, "message");
        }
    }

    /** Waits for bytes and judges them. */
    record Bytes(Expectation<? super byte[]> expectation) implements Step {

        private static final int MOST_SHOWN = 100;

        @Override
        public @Nullable CheckResult take(Conversation server, Messages messages) throws IOException {
            Frame message = messages.next();
            byte[] bytes = message.payload();
            if (message.opcode() != Frame.BINARY) {
                server.excerpt(new String(bytes, StandardCharsets.UTF_8));
                return CheckResult.fail("message is a text, and no bytes");
            }
            server.excerpt(HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(MOST_SHOWN, bytes.length)));
            return Expectations.judge(List.of(expectation), bytes, "message");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

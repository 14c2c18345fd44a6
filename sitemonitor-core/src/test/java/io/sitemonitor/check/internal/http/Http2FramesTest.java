package io.sitemonitor.check.internal.http;

import static io.sitemonitor.check.Http2.DATA;
import static io.sitemonitor.check.Http2.PING;
import static io.sitemonitor.check.Http2.SETTINGS;
import static io.sitemonitor.check.Http2.frame;
import static io.sitemonitor.check.Http2.joined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sitemonitor.check.internal.TooLargeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http2FramesTest {

    private static final int HEAD = 9;
    private static final byte[] LAST = frame(PING, 0, 0, new byte[Http2Frames.MOST % 1_000 - HEAD]);
    private static final byte[] BODY = frame(DATA, 0, 3, new byte[16_384]);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9, 10, 1_000, 100_000})
    void asMuchAsIsAllowedComesThroughUnchanged(int piece) throws Exception {
        byte[] sent = joined(BODY, frame(DATA, 1, 3), beside(65), BODY, LAST);

        assertThat(read(sent, () -> piece)).isEqualTo(sent.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9, 10, 1_000, 100_000})
    void oneByteMoreDoesNot(int piece) {
        byte[] sent = joined(beside(65), BODY, LAST, frame(SETTINGS, 0, 0));

        assertThatExceptionOfType(TooLargeException.class)
                .isThrownBy(() -> read(sent, () -> piece))
                .withMessage("answer has more than 65536 bytes beside its body");
    }

    @Test
    void framesThatComeInPiecesOfAnySizeAreTold() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] sent = joined(BODY, frame(PING, 0, 0, new byte[8]), frame(DATA, 0, 3), BODY, beside(30), BODY);
        for (int i = 0; i < 200; i++) {
            assertThat(read(sent, () -> 1 + random.nextInt(40)))
                    .as("seed %d", seed)
                    .isEqualTo(sent.length);
        }
    }

    @Test
    void aFrameThatIsNotThereYetDoesNotCount() throws Exception {
        byte[] promise = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, PING, 0, 0, 0, 0, 0};

        assertThat(read(promise, () -> 100)).isEqualTo(HEAD);
    }

    /** Frames of 1,000 bytes. */
    private static byte[] beside(int count) {
        byte[] all = {};
        for (int i = 0; i < count; i++) {
            all = joined(all, frame(1 + i % 9, 0, 3, new byte[1_000 - HEAD]));
        }
        return all;
    }

    /** Reads to the end, so many bytes at most at a time, and single ones now and then. */
    private static int read(byte[] sent, IntSupplier piece) throws IOException {
        InputStream in = new Http2Frames(new ByteArrayInputStream(sent));
        byte[] bytes = new byte[100_001];
        int all = 0;
        while (true) {
            int most = piece.getAsInt();
            int read = most == 1 ? Math.min(1, in.read() + 1) : in.read(bytes, 1, most);
            if (read <= 0) {
                return all;
            }
            all += read;
        }
    }
}

package io.sitemonitor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No answer of any size or shape makes a run hold more than 4 MiB. */
@Timeout(180)
@DisplayName("P16: memory that a run holds")
class HeldMemoryTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void isBounded(HeavyAnswer heavy) throws Exception {
        byte[] answer = heavy.bytes();
        try (RawServer server = new RawServer(socket -> HeavyAnswer.serve(socket, answer))) {
            long held = HeldMemoryProbe.held(heavy, server.port(), directory);

            assertThat(held).as("%,d bytes", held).isLessThanOrEqualTo(HeldMemoryProbe.LIMIT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isBoundedInFrames(HeavyFrames heavy) throws Exception {
        byte[] answer = heavy.bytes();
        try (RawServer server = new RawServer(socket -> heavy.serve(socket, answer));
                DatagramServer datagrams = new DatagramServer(
                        "127.0.0.1",
                        server.port(),
                        (question, reply) -> reply.send(Arrays.copyOf(answer, Math.min(answer.length, 65_507))))) {
            long held = HeldMemoryProbe.held(heavy, server.port(), directory);

            assertThat(held).as("%,d bytes", held).isLessThanOrEqualTo(HeldMemoryProbe.LIMIT);
        }
    }
}

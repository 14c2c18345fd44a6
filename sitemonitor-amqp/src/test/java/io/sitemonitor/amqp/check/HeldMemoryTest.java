package io.sitemonitor.amqp.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.HeldMemoryProbe;
import io.sitemonitor.check.RawServer;
import java.nio.file.Path;
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
    void isBounded(HeavyBroker heavy) throws Exception {
        String said = heavy.said();
        try (RawServer server = new RawServer(socket -> heavy.serve(socket, said))) {
            long held = HeldMemoryProbe.held(heavy, server.port(), directory);

            assertThat(held).as("%,d bytes", held).isLessThanOrEqualTo(HeldMemoryProbe.LIMIT);
        }
    }
}

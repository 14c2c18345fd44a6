package io.sitemonitor.check.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.DatagramServer;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Mutations;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Verdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Answers of a time server changed at random. Each is followed by one that refuses, so that a run which takes the first one
 * for no answer need not wait for its timeout.
 */
@Timeout(300)
@DisplayName("P16: mutations of what time servers say")
class NtpMutationTest {

    private static final long SEED = Long.getLong("mutations.seed", 20_261_123);
    private static final int COUNT = Integer.getInteger("mutations.count", 8_400);
    private static final long FROM_1900_TO_1970 = 2_208_988_800L;
    private static final double SLACK = 0.5;

    private volatile long seed;
    private volatile byte[] question = {};
    private volatile byte[] answer = {};

    @Test
    void noChangePassesThatMustNot() throws Exception {
        int passed = 0;
        try (NtpServer honest = new NtpServer();
                NtpServer refusing = new NtpServer().kiss("DENY", 6);
                DatagramServer server = new DatagramServer((asked, reply) -> {
                    question = asked;
                    answer = Mutations.of(honest.answer(asked), seed);
                    reply.send(answer);
                    reply.send(refusing.answer(asked));
                })) {
            Check check = NtpCheck.server("127.0.0.1").port(server.port());
            for (int i = 0; i < COUNT; i++) {
                seed = SEED + i;
                CheckResult result = check.run(FixedContext.of(Duration.ofSeconds(60)));
                assertThat(isRight(result))
                        .as(
                                "seed %d gives %s for %s",
                                seed, result, HexFormat.of().formatHex(answer))
                        .isTrue();
                passed += result.verdict() == Verdict.PASS ? 1 : 0;
            }
        }
        assertThat(passed).as("harmless changes").isPositive().isLessThan(COUNT * 9 / 10);
    }

    private boolean isRight(CheckResult result) {
        return SafeText.isLine(result.toString())
                && (result.verdict() == Verdict.PASS
                        ? mayPass()
                        : result.failure() != FailureKind.TIMEOUT && result.failure() != FailureKind.CHECK_ERROR);
    }

    /** Reads the answer in its own way (RFC 5905, section 7.3). */
    private boolean mayPass() {
        if (answer.length < 48) {
            return false;
        }
        int first = answer[0] & 0xFF;
        int version = first / 8 % 8;
        boolean knowsTheTime = first / 64 < 3 && answer[1] >= 1 && answer[1] <= 15;
        boolean isToUs = Arrays.equals(answer, 24, 32, question, 40, 48);
        return first % 8 == 4 && version >= 1 && version <= 4 && knowsTheTime && isToUs && offset() <= 1 + SLACK;
    }

    private double offset() {
        double now = System.currentTimeMillis() / 1e3 + FROM_1900_TO_1970;
        return Math.abs((ahead(32, now) + ahead(40, now)) / 2);
    }

    private double ahead(int at, double now) {
        ByteBuffer time = ByteBuffer.wrap(answer, at, 8);
        double seconds = Integer.toUnsignedLong(time.getInt()) + Integer.toUnsignedLong(time.getInt()) / 0x1p32;
        double round = 0x1p32;
        double ahead = (seconds - now % round) % round;
        return ahead > round / 2 ? ahead - round : ahead < -round / 2 ? ahead + round : ahead;
    }
}

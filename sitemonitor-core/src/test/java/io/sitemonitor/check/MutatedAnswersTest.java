package io.sitemonitor.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(900)
@DisplayName("P16: over 100,000 mutations of what servers say")
class MutatedAnswersTest {

    @Test
    void thereAreAHundredThousand() {
        assertThat(MutatedAnswers.COUNT * EnumSet.allOf(Transcript.class).size())
                .isGreaterThanOrEqualTo(100_000);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsNotChangedPasses(Transcript transcript) throws Exception {
        MutatedAnswers.passUnchanged(transcript);
    }

    @ParameterizedTest
    @EnumSource
    void noChangePassesThatMustNotNorHangsNorThrows(Transcript transcript) throws Exception {
        MutatedAnswers.passOnlyIfTheyMay(transcript);
    }
}

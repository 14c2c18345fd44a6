package io.sitemonitor.amqp.check;

import io.sitemonitor.check.MutatedAnswers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(900)
@DisplayName("P16: mutations of what brokers say")
class MutatedBrokersTest {

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsNotChangedPasses(BrokerTranscript transcript) throws Exception {
        MutatedAnswers.passUnchanged(transcript);
    }

    @ParameterizedTest
    @EnumSource
    void noChangePassesThatMustNotNorHangsNorThrows(BrokerTranscript transcript) throws Exception {
        MutatedAnswers.passOnlyIfTheyMay(transcript);
    }
}

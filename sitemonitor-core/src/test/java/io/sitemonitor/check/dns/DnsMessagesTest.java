package io.sitemonitor.check.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is an answer to a question, bit by bit. */
class DnsMessagesTest {

    private static final int ID = 0;
    private static final int FLAGS = 2;
    private static final int CODE = 3;
    private static final int QUESTIONS = 5;
    private static final int NAME = 13;

    private final byte[] question = question();

    private static byte[] question() {
        try {
            return DnsMessages.write(0x1234, DnsQuestion.of("shop.example", RecordType.A), false, false);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anAnswerRepeatsTheQuestionInAnyCase() {
        byte[] answer = with(FLAGS, 0x81);
        assertThat(DnsMessages.isAnswer(question, answer)).isTrue();
        answer[NAME] = 'S';
        assertThat(DnsMessages.isAnswer(question, answer)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 0x13", "1, 0x35", "2, 0x01", "2, 0x91", "4, 1", "5, 2", "13, 0x74", "25, 1", "26, 28", "28, 3"})
    void aMessageThatDiffersAnywhereElseIsNone(String at, String value) {
        byte[] answer = with(FLAGS, 0x81);
        answer[Integer.decode(at)] = Integer.decode(value).byteValue();

        assertThat(DnsMessages.isAnswer(question, answer)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "2, true", "3, false", "4, true", "5, true"})
    void onlyAFailureThatIsAboutNoNameMayLeaveTheQuestionOut(int code, boolean isAnswer) {
        byte[] answer = with(FLAGS, 0x81);
        answer[CODE] = (byte) code;
        answer[QUESTIONS] = 0;

        assertThat(DnsMessages.isAnswer(question, answer)).isEqualTo(isAnswer);
        answer[ID] ^= 1;
        assertThat(DnsMessages.isAnswer(question, answer)).isFalse();
    }

    private byte[] with(int at, int value) {
        byte[] message = question.clone();
        message[at] = (byte) value;
        return message;
    }
}

package io.sitemonitor.check.internal;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.Verdict;
import java.io.IOException;
import java.util.List;

/**
 * How a conversation goes with a server that speaks first: its greeting, what is asked of it, and the farewell.
 *
 * @param server the other side
 * @param login who is calling
 * @param expectations what is expected of the greeting
 */
public record GreetedTalk(Conversation server, Login login, List<Expectation<? super String>> expectations) {

    /** Reads the greeting. */
    @FunctionalInterface
    public interface Greeting {

        /**
         * Reads it.
         *
         * @return the greeting in one line
         * @throws IOException if it is none, or refuses the connection
         */
        String read() throws IOException;
    }

    /** Asks for all that the check is about. */
    @FunctionalInterface
    public interface Questions {

        /**
         * Asks.
         *
         * @param greeting what the server said first
         * @return what was achieved, in a word or two
         * @throws IOException if it was not
         */
        String ask(String greeting) throws IOException;
    }

    /**
     * Holds it.
     *
     * @param greeting reads the greeting
     * @param questions asks for the rest
     * @param farewell what is said at the end, however it comes
     * @return what was found
     * @throws IOException if something is not as it should be
     */
    public CheckResult hold(Greeting greeting, Questions questions, String farewell) throws IOException {
        login.requireProtection(server);
        try {
            server.doing("waiting for the greeting");
            String words = greeting.read();
            CheckResult objection = Expectations.judgePart(expectations, words, "greeting");
            if (objection != null && objection.verdict() != Verdict.WARN) {
                return objection;
            }
            String done = questions.ask(words);
            return objection == null ? CheckResult.pass(done) : objection;
        } finally {
            Farewell.say(server, farewell);
        }
    }
}

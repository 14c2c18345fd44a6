package io.sitemonitor.check.smtp;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.LineText;
import io.sitemonitor.check.internal.Login;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of a mail server. */
record Settings(
        String helloName,
        Login login,
        @Nullable Envelope envelope,
        List<String> extensions,
        List<Expectation<? super String>> greeting) {

    static final Settings DEFAULT = new Settings("sitemonitor", Login.NONE, null, List.of(), List.of());

    private static final int MAX_NAME = 255;
    private static final int MAX_ADDRESS = 254;
    private static final int MAX_KEYWORD = 64;

    /** The sender, possibly empty, and the recipient of a mail that is not sent. */
    record Envelope(String from, String to) {
        Envelope {
            if (!from.isEmpty()) {
                requireAddress("from", from);
            }
            requireAddress("to", to);
        }

        private static void requireAddress(String option, String address) {
            LineText.requireWord(option, address, MAX_ADDRESS, "<>");
        }
    }

    Settings helloName(String name) {
        LineText.requireWord("helloName", name, MAX_NAME, "");
        return new Settings(name, login, envelope, extensions, greeting);
    }

    Settings login(Login other) {
        return new Settings(helloName, other, envelope, extensions, greeting);
    }

    Settings envelope(String from, String to) {
        return new Settings(helloName, login, new Envelope(from, to), extensions, greeting);
    }

    Settings extension(String keyword) {
        LineText.requireWord("extension", keyword, MAX_KEYWORD, "");
        return new Settings(helloName, login, envelope, Expectations.append(extensions, keyword), greeting);
    }

    Settings greeting(Expectation<? super String> expectation) {
        return new Settings(helloName, login, envelope, extensions, Expectations.append(greeting, expectation));
    }
}

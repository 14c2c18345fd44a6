package io.sitemonitor.check.pop;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.LineText;
import io.sitemonitor.check.internal.Login;
import java.util.List;
import java.util.Locale;

/** What is asked of a POP3 server. */
record Settings(Login login, List<String> capabilities, List<Expectation<? super String>> greeting) {

    static final Settings DEFAULT = new Settings(Login.NONE, List.of(), List.of());

    private static final int MAX_CAPABILITY = 64;

    Settings login(Login other) {
        return new Settings(other, capabilities, greeting);
    }

    Settings capability(String name) {
        LineText.requireWord("capability", name, MAX_CAPABILITY, "");
        return new Settings(login, Expectations.append(capabilities, name.toUpperCase(Locale.ROOT)), greeting);
    }

    Settings greeting(Expectation<? super String> expectation) {
        return new Settings(login, capabilities, Expectations.append(greeting, expectation));
    }
}

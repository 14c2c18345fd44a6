package io.sitemonitor.check.imap;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Secret;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.LineText;
import io.sitemonitor.check.internal.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is asked of an IMAP server. */
record Settings(
        Login login, @Nullable String mailbox, List<String> capabilities, List<Expectation<? super String>> greeting) {

    static final Settings DEFAULT = new Settings(Login.NONE, null, List.of(), List.of());

    private static final int MAX_MAILBOX = 255;
    private static final int MAX_CAPABILITY = 64;
    private static final int MAX_SHOWN = 60;

    Settings login(Login other) {
        return new Settings(other, mailbox, capabilities, greeting);
    }

    Settings mailbox(String name) {
        LineText.require("mailbox", name, MAX_MAILBOX);
        if (!LineText.isPrintableAscii(name)) {
            throw new IllegalArgumentException("mailbox must be written in ASCII, as the server knows it, but was '"
                    + SafeText.line(name, MAX_SHOWN) + "'");
        }
        return new Settings(login, name, capabilities, greeting);
    }

    Settings capability(String name) {
        LineText.requireWord("capability", name, MAX_CAPABILITY, "");
        String upper = name.toUpperCase(Locale.ROOT);
        return new Settings(login, mailbox, Expectations.append(capabilities, upper), greeting);
    }

    Settings greeting(Expectation<? super String> expectation) {
        return new Settings(login, mailbox, capabilities, Expectations.append(greeting, expectation));
    }

    /** The password, also as it stands between quotes. */
    List<Secret> secrets() {
        List<Secret> secrets = new ArrayList<>(login.secrets());
        Secret password = login.password();
        if (password != null) {
            secrets.add(Secret.of(escaped(password.reveal())));
        }
        return secrets;
    }

    /** Writes a text as it stands between quotes. */
    static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}

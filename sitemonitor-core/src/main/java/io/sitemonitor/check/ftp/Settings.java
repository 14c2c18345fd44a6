package io.sitemonitor.check.ftp;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.LineText;
import io.sitemonitor.check.internal.Login;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of an FTP server. */
record Settings(
        Login login, @Nullable String file, @Nullable String directory, List<Expectation<? super String>> greeting) {

    static final Settings DEFAULT = new Settings(Login.NONE, null, null, List.of());

    private static final int MAX_PATH = 1_000;

    Settings login(Login other) {
        return new Settings(other, file, directory, greeting);
    }

    Settings file(String path) {
        return new Settings(login, LineText.require("file", path, MAX_PATH), directory, greeting);
    }

    Settings directory(String path) {
        return new Settings(login, file, LineText.require("directory", path, MAX_PATH), greeting);
    }

    Settings greeting(Expectation<? super String> expectation) {
        return new Settings(login, file, directory, Expectations.append(greeting, expectation));
    }
}

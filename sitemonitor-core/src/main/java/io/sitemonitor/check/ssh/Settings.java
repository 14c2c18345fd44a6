package io.sitemonitor.check.ssh;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.LineText;
import java.util.List;

/** What is asked of an SSH server. */
record Settings(
        List<Expectation<? super String>> version,
        boolean algorithms,
        List<String> keyExchanges,
        List<String> hostKeys) {

    static final Settings DEFAULT = new Settings(List.of(), false, List.of(), List.of());

    private static final int MAX_NAME = 64;

    Settings version(Expectation<? super String> expectation) {
        return new Settings(Expectations.append(version, expectation), algorithms, keyExchanges, hostKeys);
    }

    Settings withAlgorithms() {
        return new Settings(version, true, keyExchanges, hostKeys);
    }

    Settings keyExchange(String algorithm) {
        return new Settings(version, true, Expectations.append(keyExchanges, require(algorithm)), hostKeys);
    }

    Settings hostKey(String algorithm) {
        return new Settings(version, true, keyExchanges, Expectations.append(hostKeys, require(algorithm)));
    }

    private static String require(String algorithm) {
        return LineText.requireWord("algorithm", algorithm, MAX_NAME, ",");
    }
}

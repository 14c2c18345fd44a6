package io.sitemonitor.check.ssh;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Conversation;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.Expectations;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said to an SSH server in one run (RFC 4253). */
record Dialogue(Settings settings, Conversation server) {

    CheckResult speak() throws IOException {
        server.phase("greeting");
        server.doing("waiting for the identification");
        server.send("SSH-2.0-sitemonitor\r\n");
        Identification identification = Identification.read(server);
        server.fact("version", identification.software());
        CheckResult objection = Expectations.judgePart(settings.version(), identification.software(), "version");
        if (objection != null && objection.verdict() != Verdict.WARN) {
            return objection;
        }
        if (settings.algorithms()) {
            server.phase("algorithms");
            server.doing("waiting for the algorithms");
            Algorithms algorithms = Algorithms.read(server);
            server.fact("keyExchange", String.join(",", algorithms.keyExchanges()));
            server.fact("hostKeys", String.join(",", algorithms.hostKeys()));
            String missing = missing(algorithms);
            if (missing != null) {
                return CheckResult.fail(missing);
            }
        }
        return objection == null ? CheckResult.pass("ready") : objection;
    }

    private @Nullable String missing(Algorithms algorithms) {
        String keyExchange = first(settings.keyExchanges(), algorithms.keyExchanges());
        String hostKey = first(settings.hostKeys(), algorithms.hostKeys());
        return keyExchange != null
                ? "server does not offer the key exchange " + keyExchange
                : hostKey == null ? null : "server has no host key for " + hostKey;
    }

    private static @Nullable String first(List<String> wanted, List<String> offered) {
        return wanted.stream()
                .filter(name -> !offered.contains(name))
                .findFirst()
                .orElse(null);
    }
}

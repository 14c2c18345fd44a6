package io.sitemonitor.check.rdap;

import io.sitemonitor.check.Expectation;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.Expectations;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** What is asked about a domain, and whom. */
record Settings(
        String domain,
        HttpUrl bootstrap,
        @Nullable HttpUrl server,
        Duration warnBefore,
        Duration failBefore,
        List<Expectation<? super String>> registrar,
        Set<String> nameServers,
        List<String> statuses) {

    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final int MAX_URL = 2_000;
    private static final int MAX_STATUS = 100;
    private static final int MAX_SHOWN = 100;

    static Settings of(String domain) {
        return new Settings(
                DomainName.require("domain", domain),
                url("bootstrap", DomainExpiryCheck.BOOTSTRAP),
                null,
                DomainExpiryCheck.DEFAULT_WARN_BEFORE,
                DomainExpiryCheck.DEFAULT_FAIL_BEFORE,
                List.of(),
                Set.of(),
                List.of());
    }

    Settings bootstrap(String url) {
        HttpUrl other = url("bootstrap", url);
        return new Settings(domain, other, server, warnBefore, failBefore, registrar, nameServers, statuses);
    }

    Settings server(String url) {
        HttpUrl base = folder(url("server", url));
        return new Settings(domain, bootstrap, base, warnBefore, failBefore, registrar, nameServers, statuses);
    }

    Settings limits(Duration warn, Duration fail) {
        requireTime("warnBefore", warn);
        requireTime("failBefore", fail);
        if (!warn.isZero() && fail.compareTo(warn) >= 0) {
            throw new IllegalStateException(
                    "failBefore must be less than warnBefore, but they were " + fail + " and " + warn);
        }
        return new Settings(domain, bootstrap, server, warn, fail, registrar, nameServers, statuses);
    }

    Settings registrar(Expectation<? super String> expectation) {
        List<Expectation<? super String>> more = Expectations.append(registrar, expectation);
        return new Settings(domain, bootstrap, server, warnBefore, failBefore, more, nameServers, statuses);
    }

    Settings nameServers(String name, String... more) {
        Set<String> names = Stream.concat(Stream.of(name), Arrays.stream(more))
                .map(each -> DomainName.require("nameServer", each))
                .collect(Collectors.toUnmodifiableSet());
        return new Settings(domain, bootstrap, server, warnBefore, failBefore, registrar, names, statuses);
    }

    Settings status(String status) {
        Objects.requireNonNull(status, "status");
        if (status.isBlank() || status.length() > MAX_STATUS || !SafeText.isLine(status)) {
            throw new IllegalArgumentException(
                    "status must be one of RDAP such as 'client transfer prohibited', but was '"
                            + SafeText.line(status, MAX_SHOWN) + "'");
        }
        List<String> more = Expectations.append(statuses, status.toLowerCase(Locale.ROOT));
        return new Settings(domain, bootstrap, server, warnBefore, failBefore, registrar, nameServers, more);
    }

    /** An address to which names are appended. */
    static HttpUrl folder(HttpUrl url) {
        return url.encodedPath().endsWith("/")
                ? url
                : url.newBuilder().addPathSegment("").build();
    }

    private static HttpUrl url(String option, String text) {
        HttpUrl url = Objects.requireNonNull(text, option).length() > MAX_URL ? null : HttpUrl.parse(text);
        boolean plain = url != null
                && url.username().isEmpty()
                && url.password().isEmpty()
                && url.query() == null
                && url.fragment() == null;
        if (url == null || !plain) {
            throw new IllegalArgumentException(
                    option + " must be an address that begins with https:// or http://, of at " + "most " + MAX_URL
                            + " characters and without user, query and fragment");
        }
        return url;
    }

    private static void requireTime(String option, Duration time) {
        Objects.requireNonNull(time, option);
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(option + " must be from PT0S to " + LONGEST + ", but was " + time);
        }
    }
}

package io.sitemonitor.check.http;

import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.TlsSettings;
import io.sitemonitor.check.internal.AddressUse;
import io.sitemonitor.check.internal.http.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** Which way a request goes. */
record Reach(
        AddressUse use,
        IpFamily family,
        @Nullable Resolver resolver,
        @Nullable Duration connectTimeout,
        TlsSettings tls,
        HttpVersion version,
        @Nullable HttpProxy proxy,
        @Nullable RunCookies cookies) {

    static final Reach USUAL = new Reach(
            AddressUse.FIRST, IpFamily.EITHER, null, null, TlsSettings.system(), HttpVersion.HTTP_1_1, null, null);

    Reach {
        if (proxy != null && version == HttpVersion.HTTP_2_PRIOR_KNOWLEDGE) {
            throw new IllegalStateException("HTTP/2 without asking cannot be spoken through a proxy");
        }
    }

    Reach use(AddressUse other) {
        return new Reach(other, family, resolver, connectTimeout, tls, version, proxy, cookies);
    }

    Reach family(IpFamily other) {
        return new Reach(
                use, Objects.requireNonNull(other, "family"), resolver, connectTimeout, tls, version, proxy, cookies);
    }

    Reach resolver(Resolver other) {
        return new Reach(
                use, family, Objects.requireNonNull(other, "resolver"), connectTimeout, tls, version, proxy, cookies);
    }

    Reach connectTimeout(Duration limit) {
        return new Reach(use, family, resolver, limit, tls, version, proxy, cookies);
    }

    Reach tls(TlsSettings other) {
        return new Reach(
                use,
                family,
                resolver,
                connectTimeout,
                Objects.requireNonNull(other, "settings"),
                version,
                proxy,
                cookies);
    }

    Reach version(HttpVersion other) {
        return new Reach(
                use, family, resolver, connectTimeout, tls, Objects.requireNonNull(other, "version"), proxy, cookies);
    }

    Reach proxy(HttpProxy other) {
        return new Reach(
                use, family, resolver, connectTimeout, tls, version, Objects.requireNonNull(other, "proxy"), cookies);
    }

    Reach keeping(RunCookies jar) {
        return new Reach(use, family, resolver, connectTimeout, tls, version, proxy, jar);
    }

    /** The client for requests that go this way: the one that all share, or one for them alone. */
    Wire wire() {
        return isUsual() ? Wire.shared() : Wire.of(protocols(), tls, proxy == null ? null : proxy.authenticator());
    }

    private List<Protocol> protocols() {
        return switch (version) {
            case HTTP_1_1 -> List.of(Protocol.HTTP_1_1);
            case HTTP_2 -> List.of(Protocol.HTTP_2, Protocol.HTTP_1_1);
            case HTTP_2_PRIOR_KNOWLEDGE -> List.of(Protocol.H2_PRIOR_KNOWLEDGE);
        };
    }

    private boolean isUsual() {
        return tls.equals(TlsSettings.system()) && version == HttpVersion.HTTP_1_1 && proxy == null;
    }
}

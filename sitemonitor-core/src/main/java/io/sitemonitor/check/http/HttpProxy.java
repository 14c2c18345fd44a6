package io.sitemonitor.check.http;

import io.sitemonitor.check.Secret;
import io.sitemonitor.check.internal.HostNames;
import io.sitemonitor.check.internal.Wording;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * A proxy through which a check asks. The proxy looks up the name of the target and connects to it, so the phase {@code
 * connect} is that to the proxy, and the address policy judges the address of the proxy.
 *
 * <p>Immutable, and equal to any other with the same options.
 */
public final class HttpProxy {

    private final Proxy.Type type;
    private final String host;
    private final int port;
    private final @Nullable String user;
    private final @Nullable Secret password;

    private HttpProxy(Proxy.Type type, String host, int port, @Nullable String user, @Nullable Secret password) {
        this.type = type;
        this.host = HostNames.require(host);
        this.port = HostNames.requirePort(port);
        this.user = user;
        this.password = password;
    }

    /**
     * A proxy that speaks HTTP, with {@code CONNECT} for targets over TLS.
     *
     * @param host its name or address
     * @param port its port, from 1 to 65535
     * @return the proxy
     * @throws IllegalArgumentException if that is no host or no port
     */
    public static HttpProxy http(String host, int port) {
        return new HttpProxy(Proxy.Type.HTTP, host, port, null, null);
    }

    /**
     * A proxy that speaks SOCKS, version 5. It asks for no password.
     *
     * @param host its name or address
     * @param port its port, from 1 to 65535
     * @return the proxy
     * @throws IllegalArgumentException if that is no host or no port
     */
    public static HttpProxy socks(String host, int port) {
        return new HttpProxy(Proxy.Type.SOCKS, host, port, null, null);
    }

    /**
     * Signs in to the proxy, by basic authentication.
     *
     * <p>Default: not.
     *
     * @param name the user
     * @param secret the password
     * @return a copy that does
     * @throws IllegalStateException if it is a proxy that speaks SOCKS
     */
    public HttpProxy login(String name, Secret secret) {
        if (type != Proxy.Type.HTTP) {
            throw new IllegalStateException("a proxy that speaks SOCKS takes no login");
        }
        return new HttpProxy(
                type, host, port, Objects.requireNonNull(name, "user"), Objects.requireNonNull(secret, "password"));
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    @Nullable
    Secret password() {
        return password;
    }

    /** The proxy at the address found for it. */
    Proxy at(InetAddress address) {
        return new Proxy(type, new InetSocketAddress(address, port));
    }

    Authenticator authenticator() {
        return new Login(this);
    }

    /** Signs in once. Equal to any other for an equal proxy, since the client keeps it with addresses that failed. */
    private record Login(HttpProxy proxy) implements Authenticator {
        @Override
        public @Nullable Request authenticate(@Nullable Route route, Response response) {
            String name = proxy.user;
            Secret secret = proxy.password;
            if (name == null || secret == null || response.request().header("Proxy-Authorization") != null) {
                return null;
            }
            return response.request()
                    .newBuilder()
                    .header("Proxy-Authorization", Credentials.basic(name, secret.reveal(), StandardCharsets.UTF_8))
                    .build();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpProxy that
                && type == that.type
                && host.equals(that.host)
                && port == that.port
                && Objects.equals(user, that.user)
                && Objects.equals(password, that.password);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, host, port, user, password);
    }

    @Override
    public String toString() {
        return type + " proxy " + Wording.address(host, port);
    }
}

package io.sitemonitor.amqp.internal;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect and as whom.
 *
 * @param shown the address without the password
 * @param tls whether to encrypt
 * @param host the host
 * @param port the port
 * @param user the user
 * @param password the password
 * @param virtualHost the virtual host
 * @param sslContext what to trust; null for what the JVM trusts
 * @param connectTimeout the longest time for a connection, and again for its handshake
 */
public record Endpoint(
        String shown,
        boolean tls,
        String host,
        int port,
        String user,
        String password,
        String virtualHost,
        @Nullable SSLContext sslContext,
        Duration connectTimeout) {

    /** Returns the address without the password. */
    @Override
    public String toString() {
        return shown;
    }
}

package io.sitemonitor.check.internal.http;

import java.net.InetAddress;
import java.util.List;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * The addresses found before the connection is made. All are equal, since the client keeps the addresses that failed it
 * and would otherwise keep one more with each failed run.
 */
record PinnedDns(List<InetAddress> addresses) implements Dns {

    @Override
    public List<InetAddress> lookup(String hostname) {
        return addresses;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PinnedDns;
    }

    @Override
    public int hashCode() {
        return PinnedDns.class.hashCode();
    }
}

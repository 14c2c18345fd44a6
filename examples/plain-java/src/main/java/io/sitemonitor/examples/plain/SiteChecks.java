package io.sitemonitor.examples.plain;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.check.tcp.TcpCheck;
import java.net.URI;
import java.net.URISyntaxException;

/** Makes the check of a URL. */
final class SiteChecks {

    private static final String TCP = "tcp://";

    private SiteChecks() {}

    static Check of(String url) {
        return url.startsWith(TCP) ? tcp(url) : HttpCheck.get(url);
    }

    private static Check tcp(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null && uri.getPort() > 0) {
                return TcpCheck.connect(uri.getHost(), uri.getPort());
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + url + "' is not a URL: " + e.getReason(), e);
        }
        throw new IllegalArgumentException(
                "a TCP site needs a host and a port, as in tcp://gw.internal:443, but was '" + url + "'");
    }
}

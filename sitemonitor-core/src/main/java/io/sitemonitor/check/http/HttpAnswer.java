package io.sitemonitor.check.http;

import io.sitemonitor.check.TlsConnection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a server without its body, for {@link HttpCheck#expect}.
 *
 * @param status the status
 * @param protocol {@code HTTP/1.1} or {@code HTTP/2}
 * @param headers the headers by their names in lower case, each with its values in their order
 * @param phases how long the phases of the run took, {@code body} included
 * @param bodySize how many bytes of the body were read, after decompression
 * @param tls how the connection was encrypted, or null if it was not
 */
public record HttpAnswer(
        int status,
        String protocol,
        Map<String, List<String>> headers,
        Map<String, Duration> phases,
        long bodySize,
        @Nullable TlsConnection tls) {

    /** Creates an answer; the maps are taken as they are. */
    public HttpAnswer {}

    /**
     * Returns a header.
     *
     * @param name its name, in any case
     * @return its first value, or null if it is not there
     */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? null : values.get(0);
    }
}

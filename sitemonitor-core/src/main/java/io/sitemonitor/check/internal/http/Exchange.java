package io.sitemonitor.check.internal.http;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.Resolver;
import io.sitemonitor.check.internal.Addresses;
import io.sitemonitor.check.internal.CertificateNames;
import io.sitemonitor.check.internal.SmallMap;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one run, each over a connection of its own. For the thread of the run.
 *
 * @param wire the client
 * @param facts where the certificate is kept if a request fails
 */
public record Exchange(Wire wire, SmallMap.Builder<String> facts) {

    /** Reads an answer. */
    @FunctionalInterface
    public interface Reader {

        /**
         * Reads as much of it as is of interest.
         *
         * @param response the answer, whose head has come
         * @return the result of the run, or null if it goes on
         * @throws IOException if the answer breaks off
         */
        @Nullable
        CheckResult read(Response response) throws IOException;
    }

    /**
     * Finds the addresses of a host, which is a phase of the run unless nobody need be asked.
     *
     * @param host a name or an address without brackets
     * @param port the port to connect to
     * @param family which addresses to take
     * @param resolver whom to ask; null for the system
     * @param failures the run, its deadline and its phases
     * @return the addresses, or the result of the run
     */
    public Addresses addresses(String host, int port, IpFamily family, @Nullable Resolver resolver, Failures failures) {
        boolean asks = Addresses.areAskedFor(host, resolver);
        if (asks) {
            failures.phases().enter(Phases.Stage.DNS);
        }
        try {
            return Addresses.find(
                    host,
                    port,
                    family,
                    wire.names(),
                    resolver,
                    failures.context(),
                    failures.deadline(),
                    failures::timeout);
        } finally {
            if (asks) {
                failures.phases().pause();
            }
        }
    }

    /**
     * Makes one request over the addresses and sockets that have been named to the phases and to the failures.
     *
     * @param request the request
     * @param failures the run, its deadline and its phases
     * @param reader reads the answer
     * @return the result of the run, or null if it goes on
     */
    public @Nullable CheckResult ask(Request request, Failures failures, Reader reader) {
        wire.begin();
        try {
            return call(request, failures, reader);
        } finally {
            wire.end();
            ConnectionPool own = failures.phases().pool();
            if (own != null) {
                own.evictAll(); // otherwise its chore would wait for the end of a lifetime
                failures.phases().sockets().close();
            }
        }
    }

    private @Nullable CheckResult call(Request request, Failures failures, Reader reader) {
        CheckContext context = failures.context();
        Phases phases = failures.phases();
        Call call = wire.call(request, failures.deadline().millisLeft(), phases);
        context.onCancel(call::cancel);
        try (Response response = call.execute()) {
            try {
                return reader.read(response);
            } finally {
                // otherwise closing would read on, to make the connection fit for another request
                call.cancel();
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            // not only IOException: a negative length, for one, is an illegal argument to the client's own methods
            List<X509Certificate> shown = phases.sockets().shown();
            if (!shown.isEmpty()) {
                facts.put("certificate", CertificateNames.described(shown.get(0)));
            }
            return failures.describe(e, phases.dns().addresses().size());
        }
    }
}

package io.sitemonitor.check.internal.http;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.Addresses;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.Mask;
import io.sitemonitor.check.internal.SmallMap;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** One run of a check that makes plain requests, each to the first address that accepts a connection. For its thread. */
public final class Visit {

    private final CheckContext context;
    private final Wire wire;
    private final Way way;
    private final long most;
    private final Deadline deadline;
    private final Phases phases;
    private final SmallMap.Builder<String> facts = new SmallMap.Builder<>();
    private final Exchange exchange;
    private final long startedAt;

    /**
     * Begins a run.
     *
     * @param context the run
     * @param wire the client
     * @param way which way the requests go
     * @param most how many bytes may come over one connection
     */
    public Visit(CheckContext context, Wire wire, Way way, long most) {
        this.context = context;
        this.wire = wire;
        this.way = way;
        this.most = most;
        deadline = Deadline.of(context);
        phases = new Phases(context.time());
        exchange = new Exchange(wire, facts);
        startedAt = context.time().nanos();
    }

    /**
     * Makes a request.
     *
     * @param request the request
     * @param reader reads the answer
     * @return the result of the run, or null if it goes on
     */
    public @Nullable CheckResult ask(Request request, Exchange.Reader reader) {
        Failures failures = new Failures(context, deadline, phases);
        CheckResult ended = failures.ended();
        if (ended != null) {
            return ended;
        }
        HttpUrl url = request.url();
        Addresses addresses = exchange.addresses(url.host(), url.port(), way.family(), way.resolver(), failures);
        if (addresses.refusal() != null) {
            return addresses.refusal();
        }
        List<InetAddress> permitted = addresses.permitted();
        MeteredSockets sockets =
                new MeteredSockets(deadline, way.connectTimeout(), permitted.size(), most, wire.presumesHttp2());
        failures.over(sockets);
        phases.over(permitted, sockets, null, null, wire.speaksHttp2());
        return exchange.ask(request, failures, reader);
    }

    /**
     * Returns what the run is doing and has seen of connections.
     *
     * @return its phases
     */
    public Phases phases() {
        return phases;
    }

    /**
     * Keeps a fact as evidence.
     *
     * @param name its name
     * @param value its value
     */
    public void fact(String name, String value) {
        facts.put(name, value);
    }

    /**
     * Ends the run: what works may have taken too long, and what is secret is hidden.
     *
     * @param found what was found
     * @param mask what hides secrets
     * @return the result, with what the run has seen
     */
    public CheckResult conclude(CheckResult found, Mask mask) {
        CheckResult judged = judged(found);
        SmallMap.Builder<String> shown = new SmallMap.Builder<>();
        facts.build().forEach((name, value) -> shown.put(name, mask.hide(value)));
        Evidence evidence = new Evidence(phases.address(), phases.durations(), shown.build(), null);
        return new CheckResult(judged.verdict(), judged.failure(), mask.hide(judged.message()), evidence);
    }

    private CheckResult judged(CheckResult found) {
        if (found.verdict() == Verdict.FAIL || found.verdict() == Verdict.INCONCLUSIVE) {
            return found;
        }
        phases.pause();
        Duration took = Duration.ofNanos(Math.max(0, context.time().nanos() - startedAt));
        CheckResult slow = way.latency().judge(found.message(), took);
        return slow == null || (slow.failure() == null && found.verdict() == Verdict.WARN) ? found : slow;
    }
}

package io.sitemonitor.check.http;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.Addresses;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.Mask;
import io.sitemonitor.check.internal.SecondOpinion;
import io.sitemonitor.check.internal.SmallMap;
import io.sitemonitor.check.internal.Wording;
import io.sitemonitor.check.internal.http.Exchange;
import io.sitemonitor.check.internal.http.Failures;
import io.sitemonitor.check.internal.http.MeteredSockets;
import io.sitemonitor.check.internal.http.Phases;
import io.sitemonitor.check.internal.http.RetryAfter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One run of an {@link HttpCheck}: hop after hop, then a verdict. For one thread, except for what ends it. */
final class HttpRun {

    private final HttpCheck check;
    private final Reach reach;
    private final CheckContext context;
    private final Deadline deadline;
    private final SecondOpinion opinion;
    private final @Nullable Signing signing;
    private final Mask mask;
    private final long startedAt;
    private final SmallMap.Builder<String> facts = new SmallMap.Builder<>();
    private final Exchange exchange;
    private Phases phases;
    private Failures failures;
    private Request request;
    private int redirects;
    private Duration pause = Duration.ZERO;
    private @Nullable String excerpt;

    HttpRun(HttpCheck check, CheckContext context) {
        this.check = check;
        this.context = context;
        reach = check.reach();
        request = check.ask().signed(check.request());
        signing = check.ask().extras() == Extras.NONE ? null : new Signing(check, context);
        mask = check.mask();
        deadline = Deadline.of(context);
        phases = new Phases(context.time());
        failures = new Failures(context, deadline, phases);
        opinion = new SecondOpinion(context, HttpRun::isDoubtful);
        startedAt = context.time().nanos();
        exchange = new Exchange(check.wire(), facts);
    }

    CheckResult run() {
        CheckResult unsigned = signing == null ? null : signing.begin();
        request = signed(request);
        CheckResult found = unsigned == null ? follow() : unsigned;
        boolean bare = found.evidence().equals(Evidence.none());
        return opinion.conclude(masked(bare ? found.with(evidence()) : found));
    }

    private CheckResult masked(CheckResult found) {
        String masked = hide(found.message());
        return masked.equals(found.message())
                ? found
                : new CheckResult(found.verdict(), found.failure(), masked, found.evidence());
    }

    private String hide(String text) {
        String hidden = mask.hide(text);
        return signing == null ? hidden : signing.hide(hidden);
    }

    private Request signed(Request plain) {
        return signing == null ? plain : signing.sign(plain);
    }

    private Evidence evidence() {
        return new Evidence(phases.address(), phases.durations(), facts.build(), excerpt);
    }

    private CheckResult follow() {
        while (true) {
            CheckResult stopped = failures.ended();
            CheckResult end = stopped == null ? hop() : stopped;
            if (end != null) {
                return end;
            }
            failures = new Failures(context, deadline, phases);
        }
    }

    /** Returns the result, or null if there is another request to be made. */
    private @Nullable CheckResult hop() {
        HttpUrl url = request.url();
        String refused = context.addressPolicy().objection(url.scheme());
        if (refused != null) {
            return CheckResult.fail(FailureKind.REFUSED_BY_POLICY, "the address policy does not allow it: " + refused);
        }
        Addresses addresses = addresses(url);
        if (addresses.refusal() != null) {
            return addresses.refusal();
        }
        int port = reach.proxy() == null ? url.port() : reach.proxy().port();
        return switch (reach.use()) {
            case FIRST -> ask(addresses.permitted(), deadline);
            case CONFIRM -> opinion.ask(addresses.permitted(), port, deadline, attempt(phases));
            case EVERY -> every(addresses.permitted(), port);
        };
    }

    private SecondOpinion.Attempt attempt(Phases before) {
        return (peer, share) -> {
            phases = new Phases(before);
            failures = new Failures(context, share, phases);
            CheckResult stopped = failures.ended();
            CheckResult found = stopped == null ? ask(List.of(peer.getAddress()), share) : stopped;
            return found == null || found.verdict() != Verdict.FAIL
                    ? found
                    : masked(found).with(evidence());
        };
    }

    /** Where all addresses lead elsewhere, the run goes on as the last of them said. */
    private @Nullable CheckResult every(List<InetAddress> addresses, int port) {
        Request asked = request;
        SecondOpinion.Attempt attempt = attempt(phases);
        boolean[] onwards = {false};
        CheckResult all = opinion.askEvery(addresses, port, deadline, (peer, share) -> {
            request = asked;
            CheckResult found = attempt.through(peer, share);
            onwards[0] = found == null;
            return found == null ? CheckResult.pass("leads to " + Urls.shown(request.url())) : found;
        });
        return onwards[0] && all.verdict() == Verdict.PASS ? null : all;
    }

    /** A 429 is not the fault of an address: it is about who asks, and asking again would make it worse. */
    private static boolean isDoubtful(CheckResult failed) {
        return SecondOpinion.mayBelongToAddress(failed)
                && !(failed.failure() == FailureKind.STATUS
                        && "429".equals(failed.evidence().facts().get("status")));
    }

    private @Nullable CheckResult ask(List<InetAddress> addresses, Deadline until) {
        MeteredSockets sockets = new MeteredSockets(
                until,
                reach.connectTimeout(),
                addresses.size(),
                check.limits().maxWire(),
                check.wire().presumesHttp2());
        failures.over(sockets);
        HttpProxy proxy = reach.proxy();
        failures.through(proxy);
        Proxy through = proxy == null ? null : proxy.at(addresses.get(0));
        phases.over(addresses, sockets, through, reach.cookies(), reach.version() != HttpVersion.HTTP_1_1);
        return exchange.ask(request, failures, response -> answered(response, sockets));
    }

    private Addresses addresses(HttpUrl url) {
        HttpProxy proxy = reach.proxy();
        String host = proxy == null ? url.host() : proxy.host();
        int port = proxy == null ? url.port() : proxy.port();
        return exchange.addresses(host, port, reach.family(), reach.resolver(), failures);
    }

    private @Nullable CheckResult answered(Response response, MeteredSockets sockets) throws IOException {
        int status = response.code();
        facts.put("status", Texts.status(status));
        facts.put("protocol", Texts.protocol(response.protocol()));
        String tls = phases.tls();
        if (tls != null) {
            facts.put("tls", tls);
        }
        if (redirects > 0) {
            facts.put("url", hide(Urls.shown(request.url())));
            facts.put("redirects", String.valueOf(redirects));
        }
        for (String name : check.shownHeaders()) {
            String value = phases.head().get(name);
            if (value != null) {
                facts.put(name.toLowerCase(Locale.ROOT), hide(value));
            }
        }
        heed(RetryAfter.asked(status, phases.head(), context.time()));
        if (status == 401 && signing != null) {
            Signing.Next next = signing.challenged(request, phases.head().values("WWW-Authenticate"));
            if (next != null) {
                phases.pause();
                request = next.request() == null ? request : next.request();
                return next.failed();
            }
        }
        if (redirects(status)
                && check.limits().redirects() > 0
                && !check.judgement().names(status)) {
            phases.pause();
            return redirected(response);
        }
        Verdicts verdicts = new Verdicts(check, context, failures, phases, this::hide);
        try {
            return verdicts.judge(response, sockets, startedAt + opinion.nanosLost());
        } finally {
            excerpt = verdicts.excerpt();
        }
    }

    private void heed(@Nullable Duration asked) {
        if (asked != null && asked.compareTo(pause) > 0) {
            pause = asked;
            facts.put("retry-after", Wording.duration(asked));
            context.retryAfter(asked);
        }
    }

    private @Nullable CheckResult redirected(Response response) {
        int status = response.code();
        String location = response.header("Location");
        if (location == null) {
            return CheckResult.fail(FailureKind.PROTOCOL, "HTTP " + status + " does not say where to go");
        }
        HttpUrl to = request.url().resolve(location);
        if (to == null) {
            return CheckResult.fail(
                    FailureKind.PROTOCOL, "HTTP " + status + " leads to something that is neither http nor https");
        }
        String there = "HTTP " + status + " leads to " + Urls.shown(to);
        Ask ask = check.ask();
        boolean sameOrigin = Urls.sameOrigin(ask.url(), to);
        if (redirects >= check.limits().redirects()) {
            return CheckResult.fail(
                    FailureKind.PROTOCOL,
                    "more than " + check.limits().redirects() + " redirects, the last to " + Urls.shown(to));
        }
        if (request.isHttps() && !to.isHttps()) {
            return CheckResult.fail(FailureKind.PROTOCOL, there + ", which is not encrypted");
        }
        if (check.limits().sameOrigin() && !sameOrigin) {
            return CheckResult.fail(FailureKind.PROTOCOL, there + ", which is another origin");
        }
        Request next = ask.redirected(to, request, status);
        if (next.body() != null && ask.hasContent() && !sameOrigin) {
            return CheckResult.fail(FailureKind.PROTOCOL, there + ", where the body of the request may not be sent");
        }
        request = sameOrigin ? signed(next) : next;
        redirects++;
        return null;
    }

    private static boolean redirects(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }
}

package io.sitemonitor.check.http;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.Deadline;
import io.sitemonitor.check.internal.NameLookup;
import io.sitemonitor.check.internal.SecondOpinion;
import io.sitemonitor.check.internal.SmallMap;
import io.sitemonitor.check.internal.Wording;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One run of an {@link HttpCheck}: hop after hop, then a verdict. For one thread, except for what ends it. */
final class HttpRun {

    private final HttpCheck check;
    private final CheckContext context;
    private final Deadline deadline;
    private final SecondOpinion opinion;
    private final long startedAt;
    private final SmallMap.Builder<String> facts = new SmallMap.Builder<>();
    private Phases phases;
    private Failures failures;
    private Request request;
    private Duration pause = Duration.ZERO;
    private @Nullable String excerpt;

    HttpRun(HttpCheck check, CheckContext context) {
        this.check = check;
        this.context = context;
        request = check.request();
        deadline = Deadline.of(context);
        phases = new Phases(context.time());
        failures = new Failures(context, deadline, phases);
        opinion = new SecondOpinion(context, HttpRun::isDoubtful);
        startedAt = context.time().nanos();
    }

    CheckResult run() {
        CheckResult found = follow();
        boolean bare = found.evidence().equals(Evidence.none());
        return opinion.conclude(masked(bare ? found.with(evidence()) : found));
    }

    private CheckResult masked(CheckResult found) {
        String masked = check.secrets().mask(found.message());
        return masked.equals(found.message())
                ? found
                : new CheckResult(found.verdict(), found.failure(), masked, found.evidence());
    }

    private Evidence evidence() {
        return new Evidence(phases.address(), phases.durations(), facts.build(), excerpt);
    }

    private CheckResult follow() {
        for (int hop = 0; ; hop++) {
            failures = hop == 0 ? failures : new Failures(context, deadline, phases);
            CheckResult stopped = failures.ended();
            if (stopped != null) {
                return stopped;
            }
            try {
                CheckResult end = hop(hop);
                if (end != null) {
                    return end;
                }
            } catch (UnknownHostException e) {
                return CheckResult.fail(
                        FailureKind.DNS, NameLookup.describe(request.url().host(), e));
            } catch (TimeoutException | CancellationException e) {
                return failures.timeout();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return failures.timeout();
            } catch (RejectedExecutionException e) {
                return CheckResult.inconclusive("too many name lookups are under way in this process");
            }
        }
    }

    /** Returns the result, or null if there is another request to be made. */
    private @Nullable CheckResult hop(int hop) throws UnknownHostException, TimeoutException, InterruptedException {
        HttpUrl url = request.url();
        List<InetAddress> addresses = addresses(url.host());
        if (!check.limits().otherAddress()) {
            return ask(addresses, deadline, hop);
        }
        Phases before = phases;
        return opinion.ask(addresses, url.port(), deadline, (peer, share) -> {
            phases = new Phases(before);
            failures = new Failures(context, share, phases);
            return through(peer.getAddress(), share, hop);
        });
    }

    private @Nullable CheckResult through(InetAddress address, Deadline share, int hop) {
        CheckResult stopped = failures.ended();
        CheckResult found = stopped == null ? ask(List.of(address), share, hop) : stopped;
        return found == null || found.verdict() != Verdict.FAIL
                ? found
                : masked(found).with(evidence());
    }

    /** A 429 is not the fault of an address: it is about who asks, and asking again would make it worse. */
    private static boolean isDoubtful(CheckResult failed) {
        return SecondOpinion.mayBelongToAddress(failed)
                && !(failed.failure() == FailureKind.STATUS
                        && "429".equals(failed.evidence().facts().get("status")));
    }

    private @Nullable CheckResult ask(List<InetAddress> addresses, Deadline until, int hop) {
        MeteredSockets sockets = new MeteredSockets(until, check.limits().connectTimeout(), addresses.size());
        failures.over(sockets);
        check.wire().begin();
        try {
            return exchange(addresses, until, sockets, hop);
        } finally {
            check.wire().end();
        }
    }

    private @Nullable CheckResult exchange(
            List<InetAddress> addresses, Deadline until, MeteredSockets sockets, int hop) {
        Call call = check.wire().call(request, until.millisLeft(), new PinnedDns(addresses), sockets, phases);
        context.onCancel(call::cancel);
        try (Response response = call.execute()) {
            try {
                return answered(response, hop);
            } finally {
                // otherwise closing would read on, to make the connection fit for another request
                call.cancel();
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            // not only IOException: a negative length, for one, is an illegal argument to the client's own methods
            return failures.describe(e, addresses.size());
        }
    }

    private List<InetAddress> addresses(String host)
            throws UnknownHostException, TimeoutException, InterruptedException {
        InetAddress literal = NameLookup.literal(host);
        if (literal != null) {
            return List.of(literal);
        }
        phases.enter(Phases.Stage.DNS);
        CompletableFuture<List<InetAddress>> lookup = check.wire().names().start(host);
        context.onCancel(() -> lookup.cancel(false));
        try {
            return NameLookup.await(lookup, deadline.nanosLeft());
        } finally {
            phases.pause();
        }
    }

    private @Nullable CheckResult answered(Response response, int hop) throws IOException {
        int status = response.code();
        facts.put("status", Texts.status(status));
        facts.put("protocol", name(response.protocol()));
        String tls = phases.tls();
        if (tls != null) {
            facts.put("tls", tls);
        }
        if (hop > 0) {
            facts.put("url", check.secrets().mask(Urls.shown(request.url())));
            facts.put("redirects", String.valueOf(hop));
        }
        heed(RetryAfter.asked(status, phases.head(), context.time()));
        if (redirects(status)
                && check.limits().redirects() > 0
                && !check.judgement().names(status)) {
            phases.pause();
            return redirected(response, hop);
        }
        return judge(response);
    }

    private static String name(Protocol protocol) {
        return protocol == Protocol.HTTP_1_1 ? "HTTP/1.1" : protocol.toString().toUpperCase(Locale.ROOT);
    }

    private void heed(@Nullable Duration asked) {
        if (asked != null && asked.compareTo(pause) > 0) {
            pause = asked;
            facts.put("retry-after", Wording.duration(asked));
            context.retryAfter(asked);
        }
    }

    private @Nullable CheckResult redirected(Response response, int hop) {
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
        if (hop >= check.limits().redirects()) {
            return CheckResult.fail(
                    FailureKind.PROTOCOL,
                    "more than " + check.limits().redirects() + " redirects, the last to " + Urls.shown(to));
        }
        if (request.isHttps() && !to.isHttps()) {
            return CheckResult.fail(FailureKind.PROTOCOL, there + ", which is not encrypted");
        }
        Ask ask = check.ask();
        Request next = ask.redirected(to, request, status);
        if (next.body() != null && ask.hasContent() && !Urls.sameOrigin(ask.url(), to)) {
            return CheckResult.fail(FailureKind.PROTOCOL, there + ", where the body of the request may not be sent");
        }
        request = next;
        return null;
    }

    private CheckResult judge(Response response) throws IOException {
        int status = response.code();
        Judgement judgement = check.judgement();
        if (!judgement.accepts(status, check.limits().redirects() > 0)) {
            excerpt = beginning(response);
            return CheckResult.fail(FailureKind.STATUS, "HTTP " + status);
        }
        boolean judged = !judgement.bodies().isEmpty();
        int most = judged ? check.limits().maxBody() : Limits.UNJUDGED;
        Answer answer = failures.reading(judged ? Answer.kept(response) : Answer.passing(response));
        boolean whole = answer.read(most);
        phases.pause();
        if (judged && !whole) {
            excerpt = shown(answer);
            return CheckResult.fail(FailureKind.TOO_LARGE, "body has more than " + most + " bytes");
        }
        CheckResult objection = judged ? object(answer) : null;
        return objection == null ? timed(status) : objection;
    }

    private @Nullable CheckResult object(Answer answer) {
        String body = answer.text();
        for (BodyExpectation expectation : check.judgement().bodies()) {
            CheckResult result = null;
            try {
                String objection = expectation.objection(body);
                result = objection == null ? null : CheckResult.fail(objection);
            } catch (Throwable e) {
                result = CheckResult.fail(FailureKind.CHECK_ERROR, "a body expectation threw " + e);
            }
            if (result != null) {
                excerpt = shown(answer);
                return result;
            }
        }
        return null;
    }

    private CheckResult timed(int status) {
        Duration took = Duration.ofNanos(Math.max(0, context.time().nanos() - startedAt - opinion.nanosLost()));
        Duration failAbove = check.judgement().failAbove();
        Duration warnAbove = check.judgement().warnAbove();
        String start = Texts.http(status);
        if (failAbove != null && took.compareTo(failAbove) > 0) {
            return CheckResult.fail(slow(start, took, failAbove));
        }
        return warnAbove != null && took.compareTo(warnAbove) > 0
                ? CheckResult.warn(slow(start, took, warnAbove))
                : CheckResult.pass(start);
    }

    private static String slow(String start, Duration took, Duration limit) {
        return start + " in " + Wording.duration(took) + ", more than " + Wording.duration(limit);
    }

    private @Nullable String beginning(Response response) {
        Answer answer = failures.reading(Answer.kept(response));
        try {
            answer.read(Limits.SHOWN);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            // The status has already told what is wrong; what has been read of the body is shown all the same.
            return shown(answer);
        }
        return shown(answer);
    }

    private @Nullable String shown(Answer answer) {
        String text = answer.text();
        return text.isEmpty() ? null : check.secrets().mask(text.substring(0, Math.min(text.length(), Limits.SHOWN)));
    }

    private static boolean redirects(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }
}

package io.sitemonitor.check.rdap;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.Mask;
import io.sitemonitor.check.internal.http.Visit;
import io.sitemonitor.check.internal.http.Way;
import io.sitemonitor.check.internal.http.Wire;
import java.net.ProtocolException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One run of a {@link DomainExpiryCheck}. For one thread, except for what ends it. */
final class ExpiryRun {

    private static final int MAX_ANSWER = 256 * 1024;
    private static final int MAX_BOOTSTRAP = 512 * 1024;
    private static final long MAX_WIRE = 1024 * 1024;

    /** States in which a domain is not in the DNS, or about to leave it. */
    private static final List<String> GONE =
            List.of("redemption period", "pending restore", "pending delete", "client hold", "server hold", "inactive");

    private final Settings settings;
    private final Bootstrap bootstrap;
    private final CheckContext context;
    private final Visit visit;

    ExpiryRun(Settings settings, Way way, Wire wire, Bootstrap bootstrap, CheckContext context) {
        this.settings = settings;
        this.bootstrap = bootstrap;
        this.context = context;
        visit = new Visit(context, wire, way, MAX_WIRE);
    }

    CheckResult run() {
        return visit.conclude(find(), Mask.NONE);
    }

    private CheckResult find() {
        HttpUrl server = settings.server();
        server = server == null ? bootstrap.fresh(context.time().nanos()) : server;
        if (server == null) {
            CheckResult failed = bootstrap();
            server = bootstrap.stale();
            if (server == null || isFinal(failed)) {
                return failed == null ? noServer() : failed;
            }
        }
        visit.fact("server", server.host());
        HttpUrl url = server.newBuilder()
                .addPathSegment("domain")
                .addPathSegment(settings.domain())
                .build();
        Fetch.Got got = new Fetch(visit, context, url, MAX_ANSWER).get();
        JsonNode document = got.document();
        if (got.failed() != null) {
            return got.failed();
        }
        return document == null ? unanswered(got.status()) : judged(document);
    }

    private CheckResult noServer() {
        return CheckResult.inconclusive("no registry of " + settings.domain() + " is known that speaks RDAP");
    }

    /** Asks for the list of registries. What is wrong with it says nothing about the domain. */
    private @Nullable CheckResult bootstrap() {
        Fetch.Got got = new Fetch(visit, context, settings.bootstrap(), MAX_BOOTSTRAP).get();
        CheckResult failed = got.failed();
        JsonNode document = got.document();
        if (failed != null) {
            return isFinal(failed) ? failed : unknown(failed.summary());
        }
        if (document == null || !Bootstrap.isOne(document)) {
            return unknown(document == null ? "HTTP " + got.status() : "it is none");
        }
        HttpUrl server = Bootstrap.server(document, settings.domain());
        if (server != null) {
            bootstrap.keep(server, context.time().nanos());
        }
        return server == null ? noServer() : null;
    }

    private static boolean isFinal(@Nullable CheckResult failed) {
        return failed != null
                && (failed.failure() == FailureKind.REFUSED_BY_POLICY || failed.failure() == FailureKind.TIMEOUT);
    }

    private static CheckResult unknown(String reason) {
        return CheckResult.inconclusive("the list of registries cannot be had: " + reason);
    }

    private CheckResult unanswered(int status) {
        return switch (status) {
            case 404 -> CheckResult.fail(FailureKind.STATUS, settings.domain() + " is not registered");
            case 429 -> CheckResult.inconclusive("HTTP 429: the registry has been asked too often");
            default -> CheckResult.fail(FailureKind.STATUS, "HTTP " + status);
        };
    }

    private CheckResult judged(JsonNode document) {
        Registration found;
        try {
            found = Registration.of(document, settings.domain());
        } catch (ProtocolException e) {
            return CheckResult.fail(FailureKind.PROTOCOL, String.valueOf(e.getMessage()));
        }
        Instant expires = found.expires();
        if (expires != null) {
            visit.fact("expires", expires.toString());
        }
        if (found.registrar() != null) {
            visit.fact("registrar", found.registrar());
        }
        visit.fact("status", String.join(", ", found.statuses()));
        visit.fact("nameServers", String.join(", ", found.nameServers()));
        CheckResult objection = objection(found);
        if (objection != null && objection.failure() != null) {
            return objection;
        }
        if (expires == null) {
            return CheckResult.inconclusive("the registry does not say when the registration expires");
        }
        CheckResult expiry = expiry(expires);
        boolean graver = objection != null && expiry.failure() == null && objection.verdict() == Verdict.WARN;
        return objection == null || (!graver && expiry.verdict() != Verdict.PASS) ? expiry : objection;
    }

    /** Returns the first failure, otherwise the first warning, otherwise null. */
    private @Nullable CheckResult objection(Registration found) {
        for (String status : GONE) {
            if (found.statuses().contains(status) && !settings.statuses().contains(status)) {
                return CheckResult.fail(FailureKind.STATUS, "domain is in the state '" + status + "'");
            }
        }
        for (String status : settings.statuses()) {
            if (!found.statuses().contains(status)) {
                return CheckResult.fail("domain is not in the state '" + status + "'");
            }
        }
        if (!settings.nameServers().isEmpty() && !settings.nameServers().equals(found.nameServers())) {
            return CheckResult.fail("name servers are " + found.nameServers() + ", not " + settings.nameServers());
        }
        if (settings.registrar().isEmpty()) {
            return null;
        }
        return found.registrar() == null
                ? CheckResult.inconclusive("the registry does not name the registrar")
                : Expectations.judgePart(settings.registrar(), found.registrar(), "registrar");
    }

    private CheckResult expiry(Instant expires) {
        Duration left = Duration.between(context.time().now(), expires);
        if (left.isNegative()) {
            return CheckResult.fail("registration has expired on " + expires);
        }
        String when = "registration expires in " + days(left) + ", on " + expires;
        if (left.compareTo(settings.failBefore()) < 0) {
            return CheckResult.fail(when);
        }
        return left.compareTo(settings.warnBefore()) < 0
                ? CheckResult.warn(when)
                : CheckResult.pass("registered until " + expires);
    }

    private static String days(Duration left) {
        return left.toHours() >= 48 ? left.toDays() + " days" : left.toHours() + " h";
    }
}

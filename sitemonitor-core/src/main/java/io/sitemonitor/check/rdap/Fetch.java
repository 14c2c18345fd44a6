package io.sitemonitor.check.rdap;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.internal.Wording;
import io.sitemonitor.check.internal.http.Answer;
import io.sitemonitor.check.internal.http.Json;
import io.sitemonitor.check.internal.http.RetryAfter;
import io.sitemonitor.check.internal.http.Visit;
import io.sitemonitor.check.internal.http.Wire;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Gets one document of JSON, wherever redirects lead. For the thread of the run. */
final class Fetch {

    /** What came of it: a document, another status than 200, or the result of the run. */
    record Got(
            int status,
            @Nullable JsonNode document,
            @Nullable CheckResult failed) {}

    private static final int MOST_REDIRECTS = 5;
    private static final int OK = 200;

    private final Visit visit;
    private final CheckContext context;
    private final int most;
    private HttpUrl url;
    private int redirects;
    private boolean goesOn = true;
    private int status;
    private @Nullable JsonNode document;

    Fetch(Visit visit, CheckContext context, HttpUrl url, int most) {
        this.visit = visit;
        this.context = context;
        this.url = url;
        this.most = most;
    }

    Got get() {
        CheckResult failed = null;
        while (goesOn && failed == null) {
            goesOn = false;
            String refused = context.addressPolicy().objection(url.scheme());
            failed = refused == null
                    ? visit.ask(request(), this::answered)
                    : CheckResult.fail(
                            FailureKind.REFUSED_BY_POLICY, "the address policy does not allow it: " + refused);
            visit.phases().pause();
        }
        return new Got(status, document, failed);
    }

    private Request request() {
        return new Request.Builder()
                .url(url)
                .header("User-Agent", Wire.USER_AGENT)
                .header("Accept", "application/rdap+json, application/json")
                .header("Connection", "close")
                .build();
    }

    private @Nullable CheckResult answered(Response response) throws IOException {
        status = response.code();
        visit.fact("http", Integer.toString(status));
        Duration pause = RetryAfter.asked(status, visit.phases().head(), context.time());
        if (pause != null) {
            visit.fact("retry-after", Wording.duration(pause));
            context.retryAfter(pause);
        }
        return switch (status) {
            case OK -> read(response);
            case 301, 302, 303, 307, 308 -> redirected(response);
            default -> null;
        };
    }

    private @Nullable CheckResult read(Response response) throws IOException {
        Answer answer = Answer.kept(response, visit.phases().sockets());
        if (!answer.read(most)) {
            return CheckResult.fail(FailureKind.TOO_LARGE, "body has more than " + most + " bytes");
        }
        JsonNode found;
        try {
            found = Json.read(answer.text());
        } catch (Json.UnreadableException e) {
            return CheckResult.fail(FailureKind.PROTOCOL, e.objection() + ", from " + url.host());
        }
        document = found;
        return !found.isObject()
                ? CheckResult.fail(FailureKind.PROTOCOL, "answer of " + url.host() + " is no object of JSON")
                : null;
    }

    private @Nullable CheckResult redirected(Response response) {
        String location = response.header("Location");
        HttpUrl to = location == null ? null : url.resolve(location);
        if (to == null) {
            return CheckResult.fail(FailureKind.PROTOCOL, "HTTP " + status + " of " + url.host() + " leads nowhere");
        }
        redirects++;
        if (redirects > MOST_REDIRECTS) {
            return CheckResult.fail(
                    FailureKind.PROTOCOL, "more than " + MOST_REDIRECTS + " redirects, the last to " + to.host());
        }
        if (url.isHttps() && !to.isHttps()) {
            return CheckResult.fail(
                    FailureKind.PROTOCOL, "HTTP " + status + " leads to " + to.host() + ", which is not encrypted");
        }
        url = to.newBuilder().username("").password("").build();
        goesOn = true;
        return null;
    }
}

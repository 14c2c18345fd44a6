package io.sitemonitor.check.http;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.internal.Mask;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** How one run signs in, as far as that takes more than a header known before. For the thread of the run. */
final class Signing {

    private final HttpCheck check;
    private final CheckContext context;
    private final @Nullable HttpAuth auth;
    private Mask mask;
    private @Nullable String token;
    private boolean answered;

    Signing(HttpCheck check, CheckContext context) {
        this.check = check;
        this.context = context;
        auth = check.ask().extras().auth();
        mask = Mask.of(check.ask().extras().secrets());
    }

    /** What comes after a challenge: a request, or the result if there is none. */
    record Next(@Nullable Request request, @Nullable CheckResult failed) {}

    /** Hides what this run has sent and nobody may read. */
    String hide(String text) {
        return mask.hide(text);
    }

    /** Gets what is needed for the first request; returns the result of the run if that cannot be had. */
    @Nullable
    CheckResult begin() {
        if (!(auth instanceof HttpAuth.OAuth oauth)) {
            return null;
        }
        OAuth2.Answer answer = oauth.source().token(context, check.wire(), check.reach());
        token = answer.token();
        if (token == null) {
            return answer.result();
        }
        List<String> texts = new ArrayList<>(mask.texts());
        texts.add(token);
        mask = Mask.of(texts);
        return null;
    }

    /** Adds the token, if there is one, to a request within the origin of the check. */
    Request sign(Request request) {
        return token == null
                ? request
                : request.newBuilder()
                        .header("Authorization", "Bearer " + token)
                        .build();
    }

    /** Answers a challenge, once a run and only within the origin of the check; returns null if it stays unanswered. */
    @Nullable
    Next challenged(Request request, List<String> challenges) {
        if (answered || auth == null || !Urls.sameOrigin(check.ask().url(), request.url())) {
            return null;
        }
        answered = true;
        if (auth instanceof HttpAuth.Digest digest) {
            HttpUrl url = request.url();
            String uri = url.encodedQuery() == null ? url.encodedPath() : url.encodedPath() + "?" + url.encodedQuery();
            String answer = Digest.answer(
                    challenges,
                    request.method(),
                    uri,
                    digest.user(),
                    digest.secret().reveal());
            return answer == null
                    ? null
                    : new Next(
                            request.newBuilder().header("Authorization", answer).build(), null);
        }
        if (auth instanceof HttpAuth.OAuth oauth && token != null) {
            oauth.source().forget(token);
            CheckResult failed = begin();
            return failed == null ? new Next(sign(request), null) : new Next(null, failed);
        }
        return null;
    }
}

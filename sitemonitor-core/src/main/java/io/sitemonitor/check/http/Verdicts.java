package io.sitemonitor.check.http;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.TlsConnection;
import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.http.Answer;
import io.sitemonitor.check.internal.http.Failures;
import io.sitemonitor.check.internal.http.MeteredSockets;
import io.sitemonitor.check.internal.http.Phases;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSession;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Judges the answer at the end of the way. For the thread of the run. */
final class Verdicts {

    private final HttpCheck check;
    private final CheckContext context;
    private final Failures failures;
    private final Phases phases;
    private final UnaryOperator<String> hide;
    private @Nullable String excerpt;

    Verdicts(HttpCheck check, CheckContext context, Failures failures, Phases phases, UnaryOperator<String> hide) {
        this.check = check;
        this.context = context;
        this.failures = failures;
        this.phases = phases;
        this.hide = hide;
    }

    /** The beginning of a body that is not as expected. */
    @Nullable
    String excerpt() {
        return excerpt;
    }

    /**
     * Judges status, body, what else is expected, and how long it took.
     *
     * @param since from when on the time counts, in nanoseconds
     */
    CheckResult judge(Response response, MeteredSockets sockets, long since) throws IOException {
        int status = response.code();
        Judgement judgement = check.judgement();
        if (!judgement.accepts(status, check.limits().redirects() > 0)) {
            excerpt = beginning(response, sockets);
            return CheckResult.fail(FailureKind.STATUS, "HTTP " + status);
        }
        boolean judged = !judgement.bodies().isEmpty();
        boolean measured = judged || !judgement.answers().isEmpty();
        int most = measured ? check.limits().maxBody() : Limits.UNJUDGED;
        Answer answer = failures.reading(judged ? Answer.kept(response, sockets) : Answer.passing(response, sockets));
        boolean whole = answer.read(most);
        phases.pause();
        if (judged && !whole) {
            excerpt = shown(answer);
            return CheckResult.fail(FailureKind.TOO_LARGE, "body has more than " + most + " bytes");
        }
        CheckResult objection = objections(response, answer, sockets, judged, whole);
        if (objection != null && objection.failure() != null) {
            return objection;
        }
        Duration took = Duration.ofNanos(Math.max(0, context.time().nanos() - since));
        CheckResult slow = judgement.latency().judge(Texts.http(status), took);
        if (slow != null && slow.failure() != null) {
            return slow;
        }
        return objection != null ? objection : slow != null ? slow : CheckResult.pass(Texts.http(status));
    }

    /** Returns the first failure, otherwise the first warning, otherwise null. */
    private @Nullable CheckResult objections(
            Response response, Answer answer, MeteredSockets sockets, boolean judged, boolean whole) {
        CheckResult body = null;
        if (judged) {
            body = Expectations.judge(check.judgement().bodies(), answer.text(), "body");
            if (body != null) {
                excerpt = shown(answer);
            }
        }
        if ((body != null && body.failure() != null)
                || check.judgement().answers().isEmpty()) {
            return body;
        }
        long size = whole ? answer.size() : answer.size() + 1L; // what is left is of no interest, but it is more
        HttpAnswer seen = new HttpAnswer(
                response.code(),
                Texts.protocol(response.protocol()),
                phases.head().toMultimap(),
                phases.durations(),
                size,
                tls(sockets));
        CheckResult rest = Expectations.judge(check.judgement().answers(), seen, "answer");
        return rest != null && (rest.failure() != null || body == null) ? rest : body;
    }

    private @Nullable TlsConnection tls(MeteredSockets sockets) {
        SSLSession session = phases.session();
        List<X509Certificate> chain = sockets.shown();
        return session == null || chain.isEmpty()
                ? null
                : new TlsConnection(
                        session.getProtocol(),
                        session.getCipherSuite(),
                        chain,
                        context.time().now());
    }

    private @Nullable String beginning(Response response, MeteredSockets sockets) {
        Answer answer = failures.reading(Answer.kept(response, sockets));
        try {
            answer.read(Limits.SHOWN);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            // The status has already told what is wrong; what has been read of the body is shown all the same.
            return shown(answer);
        }
        return shown(answer);
    }

    private @Nullable String shown(Answer answer) {
        String text = answer.beginning(Limits.SHOWN);
        return text.isEmpty() ? null : hide.apply(text);
    }
}

package io.sitemonitor.guard;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.function.IntPredicate;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Takes the calls of an OkHttp client through the breaker of a guard. One call is one permission and one outcome,
 * whatever redirects and retries the client makes of it.
 *
 * <pre>{@code
 * OkHttpClient http = new OkHttpClient.Builder().addInterceptor(GuardInterceptor.of(guard)).build();
 * }</pre>
 *
 * <p>A failure is an {@link IOException}, a call that takes longer than its call timeout, and a status of 500 or more.
 * The outcome is decided when the head of the answer is there; what happens while the caller reads the body does not
 * count. A call that is cancelled or interrupted, and one that is answered by the client's cache, say nothing about the
 * target and count as neither. While the breaker permits no call, {@link CallRefusedException} is thrown.
 *
 * <p>Every call of the client counts, whichever host it goes to, so have a client a target, by
 * {@link okhttp3.OkHttpClient#newBuilder()}. Add it with {@code addInterceptor}, before other interceptors that may take
 * their time, and not with {@code addNetworkInterceptor}, where each redirect and retry would be a call.
 *
 * <p><b>Threads:</b> immutable, for any number of clients and threads.
 */
public final class GuardInterceptor implements Interceptor {

    /** In tenths of the call timeout, which begins a little before this interceptor is reached. */
    private static final int NEARLY_ALL = 9;

    private final Guard guard;
    private final IntPredicate failures;

    private GuardInterceptor(Guard guard, IntPredicate failures) {
        this.guard = guard;
        this.failures = failures;
    }

    /**
     * Takes calls through the breaker of a guard.
     *
     * @param guard the guard
     * @return an interceptor for which a status of 500 or more is a failure
     */
    public static GuardInterceptor of(Guard guard) {
        return new GuardInterceptor(Objects.requireNonNull(guard, "guard"), status -> status >= 500);
    }

    /**
     * Sets which statuses are failures. The caller gets the response all the same.
     *
     * <p>Default {@code status -> status >= 500}: a status of 4xx says that the request is wrong, and the target well.
     *
     * @param statuses tells whether a status is a failure; called by each call, so it should return at once
     * @return a copy with this setting
     */
    public GuardInterceptor failOn(IntPredicate statuses) {
        return new GuardInterceptor(guard, Objects.requireNonNull(statuses, "statuses"));
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Attempt attempt = begin();
        long start = guard.time().nanos();
        Response response;
        try {
            response = chain.proceed(chain.request());
        } catch (IOException e) {
            failed(attempt, chain.call(), guard.time().nanos() - start, e);
            throw e;
        } catch (Throwable e) {
            attempt.abandoned(); // another interceptor broke
            throw e;
        }
        answered(attempt, response);
        return response;
    }

    private Attempt begin() throws CallRefusedException {
        try {
            return Attempt.begin(guard.breaker());
        } catch (CallNotPermittedException e) {
            throw new CallRefusedException(guard, e);
        }
    }

    /** At the call timeout, OkHttp cancels the call; only the time tells that from a caller who cancels it. */
    private static void failed(Attempt attempt, Call call, long took, IOException e) {
        if (!call.isCanceled()) {
            attempt.threw(e);
            return;
        }
        long limit = call.timeout().timeoutNanos();
        if (limit > 0 && took >= limit / 10 * NEARLY_ALL) {
            InterruptedIOException timeout = new InterruptedIOException("timeout");
            timeout.initCause(e);
            attempt.threw(timeout);
        } else {
            attempt.abandoned();
        }
    }

    private void answered(Attempt attempt, Response response) {
        boolean failure;
        try {
            failure = failures.test(response.code());
        } catch (Throwable e) {
            attempt.abandoned();
            response.close(); // the caller does not get it
            throw e;
        }
        if (response.networkResponse() == null) {
            attempt.abandoned();
        } else if (failure) {
            attempt.failed(new FailedStatusException(response.code()));
        } else {
            attempt.succeeded();
        }
    }
}

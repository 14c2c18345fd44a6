package io.sitemonitor.check.http;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Passes if several requests one after the other are answered as expected, each of which may use what the ones before it
 * were told: log in, ask for something, log out.
 *
 * <pre>{@code
 * HttpSteps.first("log in", HttpCheck.post("https://shop.example/login").json(credentials))
 *         .takeSecret("token", Taken.json("/token"))
 *         .then("orders", values -> HttpCheck.get("https://shop.example/orders").bearer(values.secret("token")))
 *         .lastly("log out", values -> HttpCheck.post("https://shop.example/logout").bearer(values.secret("token")))
 * }</pre>
 *
 * <p>Cookies that are set within a run are sent with its later requests, as a browser does, and forgotten at its end. All steps
 * share the timeout of the run; the first that fails ends it.
 *
 * <p><b>Failure:</b> that of the step, whose name begins the message, as {@link HttpCheck} has it: {@code DNS}, {@code CONNECT},
 * {@code TLS}, {@code TIMEOUT}, {@code PROTOCOL}, {@code STATUS}, {@code TOO_LARGE}, {@code REFUSED_BY_POLICY}, {@code
 * ASSERTION} (also if a value that is to be taken is not there), {@code CHECK_ERROR} (what makes a request throws).
 * <b>Evidence:</b> how long each step took, by its name; the rest is that of the step that failed, otherwise of the last one.
 *
 * <p>Immutable: each option returns a copy. Two checks are equal if their steps are the same objects or equal, which those made
 * of a lambda are only with themselves.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class HttpSteps implements Check {

    private static final int MAX_STEPS = 32;

    private final List<HttpStep> steps;

    private HttpSteps(List<HttpStep> steps) {
        this.steps = steps;
    }

    /**
     * Begins with a request.
     *
     * @param name what the step does, in a few words
     * @param request the request, and what is expected of its answer
     * @return the check
     * @throws IllegalArgumentException if the name is empty or holds control characters
     */
    public static HttpSteps first(String name, HttpCheck request) {
        return new HttpSteps(List.of()).then(name, request);
    }

    /**
     * Goes on with a request.
     *
     * <p>Default: no further step.
     *
     * @param name what the step does, in a few words
     * @param request the request, and what is expected of its answer
     * @return a copy with that step
     * @throws IllegalArgumentException if the name is empty, holds control characters or is taken, or there are more than 32
     *     steps
     */
    public HttpSteps then(String name, HttpCheck request) {
        return with(HttpStep.of(name, new HttpStep.Fixed(Objects.requireNonNull(request, "request")), false));
    }

    /**
     * Goes on with a request that is made of what was taken before.
     *
     * <p>Default: no further step.
     *
     * @param name what the step does, in a few words
     * @param request makes the request; called by the thread of the run. If it throws, the run fails with {@code
     *     CHECK_ERROR}
     * @return a copy with that step
     * @throws IllegalArgumentException if the name is empty, holds control characters or is taken, or there are more than 32
     *     steps
     */
    public HttpSteps then(String name, Function<StepValues, HttpCheck> request) {
        return with(HttpStep.of(name, Objects.requireNonNull(request, "request"), false));
    }

    /**
     * Ends with a request that is made even if a step before it failed, to tidy up; not if the run is at its end, nor if
     * what it needs was not taken.
     *
     * <p>Default: no such step.
     *
     * @param name what the step does, in a few words
     * @param request makes the request; called by the thread of the run
     * @return a copy with that step
     * @throws IllegalArgumentException if the name is empty, holds control characters or is taken, or there are more than 32
     *     steps
     */
    public HttpSteps lastly(String name, Function<StepValues, HttpCheck> request) {
        return with(HttpStep.of(name, Objects.requireNonNull(request, "request"), true));
    }

    /**
     * Takes a value from the answer of the last step.
     *
     * <p>Default: nothing is taken.
     *
     * @param name its name
     * @param where where to find it
     * @return a copy that takes it
     */
    public HttpSteps take(String name, Taken where) {
        return withLast(steps.get(steps.size() - 1).taking(name, where, false));
    }

    /**
     * Takes a value from the answer of the last step that may be shown nowhere, such as a token.
     *
     * <p>Default: nothing is taken.
     *
     * @param name its name
     * @param where where to find it
     * @return a copy that takes it
     */
    public HttpSteps takeSecret(String name, Taken where) {
        return withLast(steps.get(steps.size() - 1).taking(name, where, true));
    }

    private HttpSteps with(HttpStep step) {
        if (steps.size() == MAX_STEPS) {
            throw new IllegalArgumentException("a check can have at most " + MAX_STEPS + " steps");
        }
        if (steps.stream().anyMatch(each -> each.name().equals(step.name()))) {
            throw new IllegalArgumentException("there is a step named '" + step.name() + "' already");
        }
        List<HttpStep> more = new ArrayList<>(steps);
        more.add(step);
        return new HttpSteps(List.copyOf(more));
    }

    private HttpSteps withLast(HttpStep step) {
        List<HttpStep> changed = new ArrayList<>(steps);
        changed.set(changed.size() - 1, step);
        return new HttpSteps(List.copyOf(changed));
    }

    @Override
    public CheckResult run(CheckContext context) {
        return new StepsRun(steps, context).run();
    }

    @Override
    public String kind() {
        return "steps";
    }

    /**
     * Returns the address of the first step.
     *
     * @return the address without what is secret in it; null if it is made only in the run
     */
    @Override
    public @Nullable String target() {
        HttpCheck first = steps.get(0).fixed();
        return first == null ? null : first.target();
    }

    /**
     * Returns the host of the first step.
     *
     * @return the host in lower case; null if it is known only in the run
     */
    @Override
    public @Nullable String host() {
        HttpCheck first = steps.get(0).fixed();
        return first == null ? null : first.host();
    }

    /**
     * Tells whether one of the steps does without a protection, as far as that is known before the run.
     *
     * @return whether one does
     */
    @Override
    public boolean isInsecure() {
        return steps.stream().map(HttpStep::fixed).anyMatch(step -> step != null && step.isInsecure());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpSteps that && steps.equals(that.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }

    @Override
    public String toString() {
        return "HTTP steps " + steps.stream().map(HttpStep::name).toList();
    }
}

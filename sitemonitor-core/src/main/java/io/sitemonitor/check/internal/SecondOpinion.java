package io.sitemonitor.check.internal;

import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks another address of a name when one fails, and says what became of each. One object serves one run.
 *
 * <p>Addresses are asked one after the other until one works: first the one that the lookup names first, then those of
 * the other family, then the rest. Each may take half of what is left of the run's time while there is another to ask;
 * the last one may take all of it. No more than two addresses that accept a connection are asked, so that an outage is
 * not met with a request to each of many addresses.
 *
 * <p><b>Threads:</b> for the thread of the run.
 */
public final class SecondOpinion {

    /** One attempt through one address. */
    @FunctionalInterface
    public interface Attempt {

        /**
         * Asks one address.
         *
         * @param peer the address and the port
         * @param deadline when to give up
         * @return what was found, if it failed with its evidence, whose address tells that it was connected; null if the
         *     address works and the run goes on to something else
         */
        @Nullable
        CheckResult through(InetSocketAddress peer, Deadline deadline);
    }

    /** How a check that asks for a second opinion says so when it is shown. */
    public static final String ASKED_FOR = "(confirmed by another address)";

    private static final int MOST_CONNECTED = 2;
    private static final int MOST_SHOWN = 8;

    private final CheckContext context;
    private final Predicate<CheckResult> doubtful;
    private final List<String> troubles = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private @Nullable String excerpt;
    private long nanosLost;

    /**
     * Begins a run.
     *
     * @param context the run
     * @param doubtful tells of a failed result whether it may belong to the address that was asked
     */
    public SecondOpinion(CheckContext context, Predicate<CheckResult> doubtful) {
        this.context = context;
        this.doubtful = doubtful;
    }

    /**
     * Tells whether a failure may belong to the one address that was asked.
     *
     * @param failed a failed result
     * @return true for {@code CONNECT}, {@code TLS}, {@code TIMEOUT}, {@code PROTOCOL}, {@code STATUS} and {@code
     *     ASSERTION}; false for all that another address would only repeat
     */
    public static boolean mayBelongToAddress(CheckResult failed) {
        FailureKind kind = failed.failure();
        if (kind == null) {
            return false;
        }
        return switch (kind) {
            case CONNECT, TLS, TIMEOUT, PROTOCOL, STATUS, ASSERTION -> true;
            case DNS, TOO_LARGE, REFUSED_BY_POLICY, MISSED_HEARTBEAT, CHECK_ERROR -> false;
        };
    }

    /**
     * Asks the addresses of one name until one works.
     *
     * @param addresses the addresses, at least one
     * @param port the port
     * @param deadline the deadline of the run
     * @param attempt asks one address
     * @return what the attempt found that worked or could not tell, which may be null; or the failure of all that were
     *     asked, which is of the first one's kind and has its evidence
     */
    public @Nullable CheckResult ask(List<InetAddress> addresses, int port, Deadline deadline, Attempt attempt) {
        List<InetAddress> order = inOrder(addresses);
        List<Failed> failed = new ArrayList<>(1);
        int connected = 0;
        for (InetAddress address : order) {
            InetSocketAddress peer = new InetSocketAddress(address, port);
            boolean last = failed.size() == order.size() - 1;
            long from = context.time().nanos();
            CheckResult found = attempt.through(peer, last ? deadline : deadline.half());
            if (found == null || found.verdict() != Verdict.FAIL) {
                return note(found, peer, failed, order.size());
            }
            long took = Math.max(0, context.time().nanos() - from);
            nanosLost += took;
            failed.add(new Failed(peer, found));
            connected += found.evidence().address() == null ? 0 : 1;
            if (connected == MOST_CONNECTED || !doubtful.test(found) || deadline.isOver()) {
                break;
            }
        }
        return joined(failed, order.size());
    }

    /**
     * Asks every address of one name, one after the other, each for its share of the time: all must work.
     *
     * @param addresses the addresses, at least one
     * @param port the port
     * @param deadline the deadline of the run
     * @param attempt asks one address
     * @return what the first attempt found if all work; otherwise the first failure, whose message says which fail
     */
    public CheckResult askEvery(List<InetAddress> addresses, int port, Deadline deadline, Attempt attempt) {
        List<InetAddress> all = new ArrayList<>(new LinkedHashSet<>(addresses));
        List<Failed> failed = new ArrayList<>(0);
        CheckResult worst = null;
        for (int i = 0; i < all.size(); i++) {
            InetSocketAddress peer = new InetSocketAddress(all.get(i), port);
            CheckResult found = Objects.requireNonNull(attempt.through(peer, deadline.part(all.size() - i)));
            asked.add(host(peer) + (found.verdict() == Verdict.FAIL ? " fails: " : ": ") + found.summary());
            if (found.verdict() == Verdict.FAIL) {
                failed.add(new Failed(peer, found));
            }
            worst = worst == null || graver(found, worst) ? found : worst;
            if (found.verdict() == Verdict.INCONCLUSIVE) {
                break;
            }
        }
        CheckResult found = Objects.requireNonNull(worst);
        return failed.isEmpty() || all.size() == 1
                ? found
                : with(found, failed.size() + " of " + all.size() + " addresses fail: " + brief(failed));
    }

    private static boolean graver(CheckResult one, CheckResult other) {
        return gravity(one) > gravity(other);
    }

    private static int gravity(CheckResult result) {
        return switch (result.verdict()) {
            case PASS -> 0;
            case WARN -> 1;
            case INCONCLUSIVE -> 2;
            case FAIL -> 3;
        };
    }

    /**
     * Returns how long the attempts took that failed; a limit for how long the target may take leaves that out.
     *
     * @return nanoseconds
     */
    public long nanosLost() {
        return nanosLost;
    }

    /**
     * Adds to the result of a run what became of the addresses: if it works, though not through all addresses that were
     * asked, it is a warning that says which.
     *
     * @param result what the run found, with its evidence
     * @return the result of the run
     */
    public CheckResult conclude(CheckResult result) {
        if (asked.isEmpty()) {
            return result;
        }
        Evidence seen = result.evidence();
        Map<String, String> facts = new LinkedHashMap<>(seen.facts());
        for (int i = 0; i < asked.size() && i < MOST_SHOWN; i++) {
            facts.put("address" + (i + 1), asked.get(i));
        }
        Evidence evidence =
                new Evidence(seen.address(), seen.phases(), facts, seen.excerpt() == null ? excerpt : seen.excerpt());
        boolean works = result.verdict() == Verdict.PASS || result.verdict() == Verdict.WARN;
        if (!works || troubles.isEmpty()) {
            return result.with(evidence);
        }
        String message = String.join("; ", troubles);
        return CheckResult.warn(result.verdict() == Verdict.WARN ? message + "; " + result.message() : message)
                .with(evidence);
    }

    private @Nullable CheckResult note(
            @Nullable CheckResult found, InetSocketAddress peer, List<Failed> failed, int known) {
        if (failed.isEmpty()) {
            return found;
        }
        failed.forEach(this::note);
        if (found == null || found.verdict() != Verdict.INCONCLUSIVE) {
            int all = failed.size() + 1;
            asked.add(host(peer) + " works");
            troubles.add((failed.size() == 1 ? "one" : failed.size()) + " of " + counted(all, known)
                    + (failed.size() == 1 ? " fails: " : " fail: ") + brief(failed) + "; " + host(peer) + " works");
        }
        return found;
    }

    private CheckResult joined(List<Failed> failed, int known) {
        CheckResult first = failed.get(0).result();
        if (failed.size() == 1) {
            return known == 1 || !doubtful.test(first)
                    ? first
                    : with(first, first.message() + "; no time was left to ask another address");
        }
        failed.forEach(this::note);
        return with(first, "none of " + counted(failed.size(), known) + " works: " + brief(failed));
    }

    private void note(Failed failed) {
        asked.add(host(failed.peer()) + " fails: " + failed.result().summary());
        excerpt = excerpt == null ? failed.result().evidence().excerpt() : excerpt;
    }

    private static CheckResult with(CheckResult result, String message) {
        return new CheckResult(result.verdict(), result.failure(), message, result.evidence());
    }

    private static String counted(int asked, int known) {
        return asked == known ? known + " addresses" : "the " + asked + " addresses asked (of " + known + ")";
    }

    private static String brief(List<Failed> failed) {
        StringBuilder text = new StringBuilder();
        for (Failed each : failed) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(host(each.peer()))
                    .append(" (")
                    .append(each.brief())
                    .append(')');
        }
        return text.toString();
    }

    private static String host(InetSocketAddress peer) {
        return peer.getAddress().getHostAddress();
    }

    private static List<InetAddress> inOrder(List<InetAddress> addresses) {
        InetAddress first = addresses.get(0);
        List<InetAddress> rest = new ArrayList<>(new LinkedHashSet<>(addresses));
        rest.remove(first);
        rest.sort(Comparator.comparing(address -> address.getClass() == first.getClass()));
        rest.add(0, first);
        return rest;
    }

    private record Failed(InetSocketAddress peer, CheckResult result) {

        /** The message without the address, which stands before it already. */
        String brief() {
            String name = Wording.address(peer);
            return result.message().replace(" by " + name, "").replace(" to " + name, "");
        }
    }
}

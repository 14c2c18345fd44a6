package io.sitemonitor.check.internal;

import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.IpFamily;
import io.sitemonitor.check.Resolver;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a run may connect to: what its host means, without what is of the wrong family or refused by the policy.
 *
 * @param permitted the addresses, in the order in which they were found; empty only if there is a refusal
 * @param refusal why there is none, or null
 */
public record Addresses(
        List<InetAddress> permitted, @Nullable CheckResult refusal) {

    /**
     * Tells whether somebody has to be asked.
     *
     * @param host a name or an address without brackets
     * @param resolver whom to ask; null for the system
     * @return false if the host is written in figures, or its address is fixed
     */
    public static boolean areAskedFor(String host, @Nullable Resolver resolver) {
        return resolver == null ? NameLookup.literal(host) == null : !(resolver instanceof FixedAddresses);
    }

    /**
     * Finds the addresses of a host.
     *
     * @param host a name or an address without brackets
     * @param port the port to connect to; zero for a protocol without ports
     * @param family which addresses to take
     * @param names what asks the system
     * @param resolver whom to ask in its place; null for the system
     * @param context the run
     * @param deadline when to give up
     * @param ended describes a run that has come to its end while it waited
     * @return the addresses, or the result of the run
     */
    public static Addresses find(
            String host,
            int port,
            IpFamily family,
            NameLookup names,
            @Nullable Resolver resolver,
            CheckContext context,
            Deadline deadline,
            Supplier<CheckResult> ended) {
        try {
            List<InetAddress> found = found(host, names, resolver, context, deadline);
            return judged(host, port, family, context.addressPolicy(), found);
        } catch (UnknownHostException e) {
            return none(CheckResult.fail(FailureKind.DNS, NameLookup.describe(host, e)));
        } catch (TimeoutException | CancellationException e) {
            return none(ended.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return none(ended.get());
        } catch (RejectedExecutionException e) {
            return none(CheckResult.inconclusive("too many name lookups are under way in this process"));
        }
    }

    /**
     * Leaves out what is of the wrong family or refused.
     *
     * @param host the name, for the message
     * @param port the port to connect to; zero for a protocol without ports
     * @param family which addresses to take
     * @param policy what may be connected to
     * @param found what the name means, at least one address
     * @return the addresses, or the result of the run
     */
    public static Addresses judged(
            String host, int port, IpFamily family, AddressPolicy policy, List<InetAddress> found) {
        List<InetAddress> permitted = new ArrayList<>(found.size());
        String objection = null;
        for (InetAddress address : found) {
            if (fits(address, family)) {
                String refused = policy.objection(address, port);
                if (refused == null) {
                    permitted.add(address);
                }
                objection = objection == null ? refused : objection;
            }
        }
        if (!permitted.isEmpty()) {
            return new Addresses(permitted, null);
        }
        return none(
                objection == null
                        ? CheckResult.fail(
                                FailureKind.DNS,
                                "'" + host + "' has no address of "
                                        + family.name().toLowerCase(Locale.ROOT))
                        : CheckResult.fail(
                                FailureKind.REFUSED_BY_POLICY, "the address policy does not allow it: " + objection));
    }

    private static List<InetAddress> found(
            String host, NameLookup names, @Nullable Resolver resolver, CheckContext context, Deadline deadline)
            throws UnknownHostException, TimeoutException, InterruptedException {
        if (resolver instanceof FixedAddresses fixed) {
            return fixed.addresses();
        }
        InetAddress literal = resolver == null ? NameLookup.literal(host) : null;
        if (literal != null) {
            return List.of(literal);
        }
        CompletableFuture<List<InetAddress>> lookup = names.start(host, resolver);
        context.onCancel(() -> lookup.cancel(false));
        return NameLookup.await(lookup, deadline.nanosLeft());
    }

    private static boolean fits(InetAddress address, IpFamily family) {
        return switch (family) {
            case EITHER -> true;
            case IPV4 -> address instanceof Inet4Address;
            case IPV6 -> !(address instanceof Inet4Address);
        };
    }

    private static Addresses none(CheckResult result) {
        return new Addresses(List.of(), result);
    }
}

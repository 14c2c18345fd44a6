package io.sitemonitor.check.internal;

import io.sitemonitor.check.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Looks up names on threads of its own, since the system's lookup can neither be interrupted nor given a limit. A name
 * is looked up once at a time, so that one whose servers do not answer holds one thread, however many checks want it.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. Has at most 32 daemon threads, which end when they have had
 * nothing to do for a second; there is nothing to close.
 */
public final class NameLookup {

    private record Question(String host, Resolver asked) {}

    private static final int MAX_THREADS = 32;
    private static final int MAX_WAITING = 4096;
    private static final int IPV4_PARTS = 4;

    private final Resolver resolver;
    private final ThreadPoolExecutor pool;
    private final ConcurrentMap<Object, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    /**
     * Makes a lookup with threads of its own.
     *
     * @param resolver what it asks
     */
    public NameLookup(Resolver resolver) {
        this.resolver = resolver;
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "sitemonitor-dns-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Returns the lookup that asks the system, shared by all checks of this process.
     *
     * @return always the same object
     */
    public static NameLookup shared() {
        return Shared.INSTANCE;
    }

    /**
     * Begins to look up a name.
     *
     * @param host the name
     * @return the addresses to come, to be given to {@link #await}. Cancelling it sets free whoever waits for it
     */
    public CompletableFuture<List<InetAddress>> start(String host) {
        return start(host, () -> resolver.resolve(host));
    }

    /**
     * Begins to look up a name elsewhere.
     *
     * @param host the name
     * @param other whom to ask; null for the one whom {@link #start(String)} asks
     * @return the addresses to come, as with {@link #start(String)}
     */
    public CompletableFuture<List<InetAddress>> start(String host, @Nullable Resolver other) {
        return other == null ? start(host) : start(new Question(host, other), () -> other.resolve(host));
    }

    private CompletableFuture<List<InetAddress>> start(Object question, Callable<List<InetAddress>> answer) {
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> earlier = underWay.putIfAbsent(question, mine);
        if (earlier != null) {
            return earlier.copy();
        }
        try {
            pool.execute(() -> resolve(question, answer, mine));
        } catch (Throwable noRoom) {
            underWay.remove(question, mine);
            mine.completeExceptionally(noRoom);
        }
        return mine.copy();
    }

    private void resolve(
            Object question, Callable<List<InetAddress>> answer, CompletableFuture<List<InetAddress>> result) {
        List<InetAddress> addresses = List.of();
        Throwable failure = null;
        try {
            addresses = List.copyOf(answer.call());
        } catch (Throwable e) {
            failure = e;
        }
        // first, so that whoever asks after this answer gets a fresh one
        underWay.remove(question, result);
        if (failure == null) {
            result.complete(addresses);
        } else {
            result.completeExceptionally(failure);
        }
    }

    /**
     * Waits for addresses.
     *
     * @param lookup what {@link #start} returned
     * @param nanos how long to wait, in nanoseconds
     * @return at least one address
     * @throws UnknownHostException if there is none; its message is the reason alone
     * @throws TimeoutException if the time is over
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws RejectedExecutionException if the lookup could not be made at all
     * @throws java.util.concurrent.CancellationException if the lookup has been cancelled
     */
    public static List<InetAddress> await(CompletableFuture<List<InetAddress>> lookup, long nanos)
            throws UnknownHostException, TimeoutException, InterruptedException {
        try {
            List<InetAddress> addresses = lookup.get(nanos, TimeUnit.NANOSECONDS);
            if (addresses.isEmpty()) {
                throw new UnknownHostException("it has no address");
            }
            return addresses;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new RejectedExecutionException("the name lookup could not be made", cause);
        }
    }

    /**
     * Says why a name has no address. The system's message begins with the name, and may be nothing else.
     *
     * @param host the name
     * @param failure what the lookup threw
     * @return such as {@code cannot look up 'db.internal': Name or service not known}
     */
    public static String describe(String host, UnknownHostException failure) {
        String reason = failure.getMessage() == null ? "" : failure.getMessage();
        if (reason.startsWith(host)) {
            reason = reason.substring(host.length());
        }
        if (reason.startsWith(":")) {
            reason = reason.substring(1);
        }
        return "cannot look up '" + host + "': " + (reason.isBlank() ? "no such name" : reason.strip());
    }

    /**
     * Reads an address written in figures, for which nobody need be asked.
     *
     * @param host a name or an address without brackets
     * @return the address, or null if it is a name
     */
    public static @Nullable InetAddress literal(String host) {
        if (host.indexOf(':') < 0 && !isIpv4(host)) {
            return null;
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    private static boolean isIpv4(String host) {
        int parts = 0;
        int value = -1;
        for (int i = 0; i <= host.length(); i++) {
            char c = i == host.length() ? '.' : host.charAt(i);
            if (c == '.') {
                if (value < 0 || value > 255) {
                    return false;
                }
                parts++;
                value = -1;
            } else if (c >= '0' && c <= '9' && value <= 255) {
                value = Math.max(value, 0) * 10 + (c - '0');
            } else {
                return false;
            }
        }
        return parts == IPV4_PARTS;
    }

    private static final class Shared {
        static final NameLookup INSTANCE = new NameLookup(host -> List.of(InetAddress.getAllByName(host)));
    }
}

package io.sitemonitor.examples.plain;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Sites on loopback that fail, slow down and recover, over and over: a round takes 30 seconds.
 *
 * <p>Served by daemon threads of the JDK's own HTTP server.
 */
final class DemoSites implements AutoCloseable {

    /** The site that counts as flapping after some rounds. */
    static final String FLAPPING = "payments";

    private static final long ROUND = 30;
    private static final int SLOW_MILLIS = 600;

    private final HttpServer server;
    private final ExecutorService threads;
    private volatile long began = System.nanoTime();

    private DemoSites(HttpServer server) {
        this.server = server;
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "demo-sites");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/blog", exchange -> answer(exchange, 200, "Welcome"));
        server.createContext("/shop", this::shop);
        server.createContext("/search", this::search);
        server.createContext("/payments", this::payments);
    }

    /** Starts to serve on a port; 0 takes a free one. */
    static DemoSites start(int port) throws UsageException, IOException {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            DemoSites sites = new DemoSites(HttpServer.create(address, 0));
            sites.server.start();
            return sites;
        } catch (BindException e) {
            throw new UsageException("--port " + port + " cannot be used (" + e.getMessage()
                    + "); name another one, or leave --port out to get a free one");
        }
    }

    /** Returns the URL of each site by its name. */
    Map<String, String> urls() {
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        Map<String, String> urls = new LinkedHashMap<>();
        for (String name : new String[] {"blog", "shop", "search", "payments"}) {
            urls.put(name, base + "/" + name);
        }
        return urls;
    }

    /** Begins the first round anew, now that somebody looks. */
    void begin() {
        began = System.nanoTime();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Answers with an error for a third of each round. */
    private void shop(HttpExchange exchange) throws IOException {
        boolean broken = isBetween(6, 16);
        answer(exchange, broken ? 503 : 200, broken ? "Out of order" : "Welcome");
    }

    /** Answers late for a third of each round. */
    private void search(HttpExchange exchange) throws IOException {
        if (isBetween(12, 22)) {
            try {
                TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        answer(exchange, 200, "Found");
    }

    /** Hangs up without an answer for a part of each round. */
    private void payments(HttpExchange exchange) throws IOException {
        if (isBetween(20, 27)) {
            exchange.close();
        } else {
            answer(exchange, 200, "Welcome");
        }
    }

    private boolean isBetween(int from, int to) {
        long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) % ROUND;
        return second >= from && second < to;
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}

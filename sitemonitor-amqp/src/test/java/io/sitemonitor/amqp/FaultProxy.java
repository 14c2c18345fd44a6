package io.sitemonitor.amqp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/** A wire that can be cut, half-closed, frozen, pulled out, and have bad {@linkplain Manner manners}. */
final class FaultProxy implements AutoCloseable {

    /** Which way bytes go. */
    enum Way {
        TO_BROKER,
        TO_CLIENT
    }

    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile Target target;
    private volatile boolean silent;
    private volatile Manner toBroker = Manner.GOOD;
    private volatile Manner toClient = Manner.GOOD;
    private volatile ServerSocket server;
    private volatile CountDownLatch flowing = new CountDownLatch(0);

    /** Who is behind the wire, and what was said to him. */
    private record Target(int port, ByteArrayOutputStream heard) {}

    private FaultProxy(int target, ServerSocket server) {
        this.target = new Target(target, new ByteArrayOutputStream());
        this.server = server;
        port = server.getLocalPort();
    }

    static FaultProxy to(int target) throws IOException {
        FaultProxy proxy = new FaultProxy(target, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        proxy.accept(proxy.server);
        return proxy;
    }

    String uri() {
        return "amqp://guest:guest@localhost:" + port + "/";
    }

    int port() {
        return port;
    }

    /** How many connections clients have made. */
    int accepted() {
        return accepted.get();
    }

    /** How many of them are over. */
    int ended() {
        return ended.get();
    }

    /** What clients have said to whoever is behind this wire now, as they said it, one character a byte. */
    String heard() {
        ByteArrayOutputStream heard = target.heard;
        synchronized (heard) {
            return heard.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** Leads new connections to another port. */
    void retarget(int port) {
        target = new Target(port, new ByteArrayOutputStream());
    }

    /** Changes how bytes go from now on, on every connection. */
    void manner(Way way, Manner manner) {
        if (way == Way.TO_BROKER) {
            toBroker = manner;
        } else {
            toClient = manner;
        }
    }

    /** Forwards as it should again; connections that may have lost bytes are reset. */
    void behave() {
        manner(Way.TO_BROKER, Manner.GOOD);
        manner(Way.TO_CLIENT, Manner.GOOD);
        silent = false;
        cut();
    }

    /** Accepts new connections and leaves them at that. Those there are go on. */
    void stayNewSilent() {
        silent = true;
    }

    /** Resets every connection there is. */
    void cut() {
        for (Socket socket : sockets) {
            reset(socket);
        }
    }

    /** Ends one direction of every connection there is: the client sees the end, the broker nothing. */
    void halfClose() throws IOException {
        halfClose(Way.TO_CLIENT);
    }

    /** Ends one direction of every connection there is, so that only the side to which it leads sees the end. */
    void halfClose(Way way) throws IOException {
        for (Socket socket : sockets) {
            if (socket.getLocalPort() == port == (way == Way.TO_CLIENT)) {
                socket.shutdownOutput();
            }
        }
    }

    /** Lets nothing through any more, without a word. */
    void freeze() {
        flowing = new CountDownLatch(1);
    }

    void thaw() {
        flowing.countDown();
    }

    /** Cuts everything and accepts nothing. */
    void refuse() throws IOException {
        server.close();
        cut();
    }

    void acceptAgain() throws IOException {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        // the connections that were cut may hold the port for a moment
        Awaitility.await().ignoreExceptions().until(() -> {
            again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        });
        server = again;
        accept(again);
    }

    @Override
    public void close() throws IOException {
        thaw();
        server.close();
        cut();
    }

    private void accept(ServerSocket accepting) {
        daemon(() -> {
            while (!accepting.isClosed()) {
                Socket client;
                try {
                    client = accepting.accept();
                } catch (IOException e) {
                    return;
                }
                accepted.incrementAndGet();
                sockets.add(client);
                if (!silent) {
                    join(client);
                }
            }
        });
    }

    private void join(Socket client) {
        Target led = target;
        try {
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), led.port);
            sockets.add(broker);
            AtomicInteger ends = new AtomicInteger();
            daemon(() -> pump(Way.TO_BROKER, client, broker, led, ends));
            daemon(() -> pump(Way.TO_CLIENT, broker, client, led, ends));
        } catch (IOException e) {
            reset(client);
        }
    }

    private void pump(Way way, Socket from, Socket to, Target led, AtomicInteger ends) {
        boolean ended = false;
        byte[] buffer = new byte[8_192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                flowing.await();
                if (way == Way.TO_BROKER) {
                    synchronized (led.heard) {
                        led.heard.write(buffer, 0, read);
                    }
                }
                Manner manner = way == Way.TO_BROKER ? toBroker : toClient;
                if (!manner.forward(Arrays.copyOf(buffer, read), out)) {
                    return;
                }
                out.flush();
            }
            // what was said last is still to be read over there
            to.shutdownOutput();
            ended = true;
        } catch (IOException e) {
            LoggerFactory.getLogger(FaultProxy.class).debug("the wire ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!ended || ends.incrementAndGet() == 2) {
                reset(from);
                reset(to);
            }
        }
    }

    private void reset(Socket socket) {
        if (!sockets.remove(socket)) {
            return;
        }
        if (socket.getLocalPort() == port) {
            ended.incrementAndGet();
        }
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(FaultProxy.class).debug("closed already", e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}

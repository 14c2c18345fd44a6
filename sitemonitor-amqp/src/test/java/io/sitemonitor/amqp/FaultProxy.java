package io.sitemonitor.amqp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/** A wire that can be cut, half-closed, frozen and pulled out. */
final class FaultProxy implements AutoCloseable {

    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket server;
    private volatile CountDownLatch flowing = new CountDownLatch(0);
    private final AtomicInteger accepted = new AtomicInteger();

    private FaultProxy(int target, ServerSocket server) {
        this.target = target;
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

    int accepted() {
        return accepted.get();
    }

    /** Resets every connection there is. */
    void cut() {
        for (Socket socket : sockets) {
            reset(socket);
        }
    }

    /** Ends one direction of every connection there is: the client sees the end, the broker nothing. */
    void halfClose() throws IOException {
        for (Socket socket : sockets) {
            if (socket.getLocalPort() == port) {
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
                join(client);
            }
        });
    }

    private void join(Socket client) {
        sockets.add(client);
        try {
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(broker);
            daemon(() -> pump(client, broker));
            daemon(() -> pump(broker, client));
        } catch (IOException e) {
            reset(client);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8_192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                flowing.await();
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(FaultProxy.class).debug("the wire ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reset(from);
            reset(to);
        }
    }

    private void reset(Socket socket) {
        if (!sockets.remove(socket)) {
            return;
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

package io.sitemonitor.examples.plain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes connections at once, but lets nothing through to the server behind it before it is opened. */
final class Gate implements AutoCloseable {

    private final ServerSocket front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CountDownLatch opened = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int target;

    Gate(int target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    int port() {
        return front.getLocalPort();
    }

    void open() {
        opened.countDown();
    }

    @Override
    public void close() throws IOException {
        front.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!front.isClosed()) {
            try {
                Socket client = front.accept();
                threads.execute(() -> connect(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        try (client) {
            opened.await();
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                threads.execute(() -> copy(client, server));
                copy(server, client);
            }
        } catch (IOException e) {
            return; // the other side has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            return; // one of them has gone
        }
    }
}

package io.sitemonitor.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on the loopback address that does with each connection whatever a test wants. */
public final class RawServer implements AutoCloseable {

    /** What is done with a connection, which is closed afterwards. */
    @FunctionalInterface
    public interface Manners {
        void serve(Socket socket) throws Exception;
    }

    private final ServerSocket server;
    private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger served = new AtomicInteger();

    public RawServer(Manners manners) {
        this("127.0.0.1", 0, manners);
    }

    /** At an address of the caller's choice, to have a name with two addresses on one port, say. */
    public RawServer(String address, int port, Manners manners) {
        try {
            server = new ServerSocket(port, 50, InetAddress.getByName(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(() -> {
            while (true) {
                Socket socket = server.accept();
                accepted.add(socket);
                start(() -> {
                    try (socket) {
                        manners.serve(socket);
                    } finally {
                        served.incrementAndGet();
                    }
                });
            }
        });
    }

    /** Reads a request and sends this, then closes. */
    public static RawServer answering(String bytes) {
        return new RawServer(socket -> {
            readHead(socket);
            send(socket, bytes);
        });
    }

    /** Reads a request and sends this; then is silent until the other side hangs up. */
    public static RawServer holding(String bytes) {
        return new RawServer(socket -> {
            readHead(socket);
            send(socket, bytes);
            drain(socket);
        });
    }

    public static void send(Socket socket, String bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Reads up to the empty line after the head of a request. */
    public static String readHead(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    public static void drain(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        while (in.read() >= 0) {
            // until the other side hangs up
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public int accepted() {
        return accepted.size();
    }

    /** How many connections are over. */
    public int served() {
        return served.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : accepted) {
            socket.close();
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                // the other side hung up, or the test is over
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}

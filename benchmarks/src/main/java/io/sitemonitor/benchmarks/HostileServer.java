package io.sitemonitor.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server on the loopback address, over TCP and UDP on one port, that keeps whoever asks it for ever.
 *
 * <p><b>Threads:</b> has its own, which end with the connections; daemons.
 */
final class HostileServer implements AutoCloseable {

    /** How it keeps somebody. */
    enum Manner {
        /** Takes everything and says nothing. */
        SILENT(""),
        /** Says something that may become an answer, a byte every 10 ms. */
        DRIPPING(""),
        /** Begins an answer of HTTP as it should be, whose body drips. */
        DRIPPING_BODY("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"),
        /** Sends short lines as fast as it can. */
        FLOODING("");

        private final String beginning;

        Manner(String beginning) {
            this.beginning = beginning;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int DATAGRAM = 512;

    private final Manner manner;
    private final ServerSocket server;
    private final DatagramSocket datagrams;

    HostileServer(Manner manner) throws IOException {
        this.manner = manner;
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        server = new ServerSocket(0, 500, loopback);
        datagrams = new DatagramSocket(server.getLocalPort(), loopback);
        start(this::accept);
        start(this::answer);
    }

    int port() {
        return server.getLocalPort();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "hostile-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                start(() -> keep(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void keep(Socket socket) {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            out.write(manner.beginning.getBytes(StandardCharsets.US_ASCII));
            byte[] flood = "250-y\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                switch (manner) {
                    case SILENT -> {
                        if (socket.getInputStream().read() < 0) {
                            return;
                        }
                    }
                    case DRIPPING, DRIPPING_BODY -> {
                        LockSupport.parkNanos(PACE);
                        out.write('2');
                    }
                    case FLOODING -> out.write(flood);
                }
            }
        } catch (IOException e) {
            // the other side has hung up
        }
    }

    private void answer() {
        DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM], DATAGRAM);
        while (!datagrams.isClosed()) {
            try {
                datagrams.receive(packet);
                for (int i = 0; manner != Manner.SILENT && i < DATAGRAM; i++) {
                    datagrams.send(packet); // the question itself is no answer
                }
            } catch (IOException e) {
                if (!datagrams.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        datagrams.close();
    }
}

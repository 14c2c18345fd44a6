package io.sitemonitor.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on the loopback address that does with each datagram whatever a test wants. */
public final class DatagramServer implements AutoCloseable {

    /** What is done with a datagram. */
    @FunctionalInterface
    public interface Manners {
        void serve(byte[] question, Reply reply) throws Exception;
    }

    /** The way back to the one who has sent a datagram. */
    @FunctionalInterface
    public interface Reply {
        void send(byte[] bytes) throws IOException;
    }

    private final DatagramSocket socket;
    private final AtomicInteger received = new AtomicInteger();

    public DatagramServer(Manners manners) {
        this("127.0.0.1", 0, manners);
    }

    /** At an address of the caller's choice, to have a name with two addresses on one port, say. */
    public DatagramServer(String address, int port, Manners manners) {
        try {
            socket = new DatagramSocket(port, InetAddress.getByName(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(() -> serve(manners));
        thread.setDaemon(true);
        thread.start();
    }

    /** One that takes everything and never answers. */
    public static DatagramServer silent() {
        return new DatagramServer((question, reply) -> {});
    }

    /** A port of the loopback address where nobody listens. */
    public static int closedPort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (SocketException | UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** How many datagrams have come. */
    public int received() {
        return received.get();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void serve(Manners manners) {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!socket.isClosed()) {
            try {
                packet.setLength(65_535);
                socket.receive(packet);
                received.incrementAndGet();
                byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
                InetAddress to = packet.getAddress();
                int port = packet.getPort();
                manners.serve(question, bytes -> socket.send(new DatagramPacket(bytes, bytes.length, to, port)));
            } catch (Exception e) {
                // the other side hung up, or the test is over
            }
        }
    }
}

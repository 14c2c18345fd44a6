package io.sitemonitor.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A cheap HTTP/1.1 server: one thread, one selector, fixed answers. {@code /ok/N} answers 200, {@code /hang/N} never, and
 * {@code /flip/N} 200 and 503 by turns; {@code /-/down} lets all of {@code /ok} answer 503 until {@code /-/up}, and
 * {@code /-/stats} tells what it has done. It listens on many addresses of the loopback network, so that each target can
 * be a host of its own.
 */
final class TargetServer implements AutoCloseable {

    private static final int LARGEST_REQUEST = 8 * 1024;
    private static final byte[] CLOSE = "\r\nConnection: close\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final List<ServerSocketChannel> doors = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_REQUEST);
    private final ByteBuffer good = answer("200 OK", "all is well\n", false);
    private final ByteBuffer goodBye = answer("200 OK", "all is well\n", true);
    private final ByteBuffer bad = answer("503 Service Unavailable", "not now\n", false);
    private final ByteBuffer badBye = answer("503 Service Unavailable", "not now\n", true);
    private final Thread thread = new Thread(this::serve, "targets");
    private final LongSupplier clock;
    private final long flipNanos;
    private final long startedAt;
    private final int port;

    // touched by the thread of the server only
    private boolean down;
    private long requests;

    /**
     * Opens the doors.
     *
     * @param port the port; zero for a free one
     * @param hosts how many addresses to listen on
     * @param flipNanos how long a target that flips stays as it is; zero for ever
     * @param clock a monotonic clock in nanoseconds
     */
    TargetServer(int port, int hosts, long flipNanos, LongSupplier clock) throws IOException {
        this.flipNanos = flipNanos;
        this.clock = clock;
        this.startedAt = clock.getAsLong();
        int bound = port;
        try {
            for (int host = 0; host < hosts; host++) {
                ServerSocketChannel door = ServerSocketChannel.open();
                doors.add(door);
                door.bind(new InetSocketAddress(InetAddress.getByName(address(host)), bound), 1024);
                bound = door.socket().getLocalPort();
                door.configureBlocking(false);
                door.register(selector, SelectionKey.OP_ACCEPT);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        this.port = bound;
    }

    /** Returns an address of the loopback network. */
    static String address(int host) {
        return "127." + (1 + host / 62_500) + "." + (host / 250 % 250) + "." + (1 + host % 250);
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    String control() {
        return "http://" + address(0) + ":" + port;
    }

    int port() {
        return port;
    }

    int hosts() {
        return doors.size();
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select(this::serve);
            }
        } catch (ClosedSelectorException e) {
            return; // closed
        } catch (IOException e) {
            throw new IllegalStateException("the target server ended", e);
        }
    }

    private void serve(SelectionKey key) {
        if (key.channel() instanceof ServerSocketChannel door) {
            accept(door);
        } else if (key.channel() instanceof SocketChannel channel) {
            try {
                read(channel, key);
            } catch (IOException e) {
                drop(channel); // whoever asked is gone
            }
        }
    }

    private void accept(ServerSocketChannel door) {
        try {
            for (SocketChannel channel = door.accept(); channel != null; channel = door.accept()) {
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            return; // gone again, or too many of them: the next one may be luckier
        }
    }

    private void read(SocketChannel channel, SelectionKey key) throws IOException {
        buffer.clear();
        if (key.attachment() instanceof byte[] begun) {
            buffer.put(begun);
        }
        if (channel.read(buffer) < 0 || !buffer.hasRemaining()) {
            drop(channel);
            return;
        }
        buffer.flip();
        if (!isWhole()) {
            byte[] begun = new byte[buffer.remaining()];
            buffer.get(begun);
            key.attach(begun);
            return;
        }
        key.attach(null);
        requests++;
        boolean bye = says(CLOSE);
        ByteBuffer answer = answer(bye);
        if (answer == null) {
            return;
        }
        channel.write(answer.duplicate()); // small enough for the buffer of any new connection
        if (bye) {
            drop(channel);
        }
    }

    private @Nullable ByteBuffer answer(boolean bye) {
        // behind "GET /"
        switch (buffer.limit() > 5 ? buffer.get(5) : 0) {
            case 'h':
                return null;
            case 'f':
                return isFlipped() ? pick(bad, badBye, bye) : pick(good, goodBye, bye);
            case '-':
                return control(buffer.get(7), bye);
            default:
                return down ? pick(bad, badBye, bye) : pick(good, goodBye, bye);
        }
    }

    private static ByteBuffer pick(ByteBuffer stay, ByteBuffer leave, boolean bye) {
        return bye ? leave : stay;
    }

    private ByteBuffer control(byte command, boolean bye) {
        if (command == 's') {
            return answer(
                    "200 OK", "{\"requests\":" + requests + ",\"cpuNanos\":" + Reading.processCpuNanos() + "}", bye);
        }
        down = command == 'd';
        return pick(good, goodBye, bye);
    }

    private boolean isFlipped() {
        return flipNanos > 0 && (clock.getAsLong() - startedAt) / flipNanos % 2 == 1;
    }

    private boolean isWhole() {
        int end = buffer.limit();
        return end >= 4
                && buffer.get(end - 1) == '\n'
                && buffer.get(end - 2) == '\r'
                && buffer.get(end - 3) == '\n'
                && buffer.get(end - 4) == '\r';
    }

    private boolean says(byte[] text) {
        int last = buffer.limit() - text.length;
        for (int at = 0; at <= last; at++) {
            int same = 0;
            while (same < text.length && buffer.get(at + same) == text[same]) {
                same++;
            }
            if (same == text.length) {
                return true;
            }
        }
        return false;
    }

    private static ByteBuffer answer(String status, String body, boolean bye) {
        byte[] bytes = ("HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: " + body.length()
                        + "\r\n" + (bye ? "Connection: close\r\n" : "") + "\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static void drop(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return; // it is gone either way
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        for (ServerSocketChannel door : doors) {
            door.close();
        }
        selector.close();
    }
}

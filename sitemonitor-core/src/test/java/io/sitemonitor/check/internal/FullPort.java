package io.sitemonitor.check.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A port whose queue of connections is full, so that the next one gets no answer. */
public final class FullPort implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> waiting = new ArrayList<>();

    public FullPort(String host) throws IOException {
        this(host, 0);
    }

    public FullPort(String host, int port) throws IOException {
        server = new ServerSocket(port, 1, InetAddress.getByName(host));
        for (int i = 0; i < 8; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(host, server.getLocalPort()), 100);
            } catch (IOException full) {
                return;
            }
        }
        throw new IOException("the queue of a port that accepts nothing does not become full");
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        server.close();
    }
}

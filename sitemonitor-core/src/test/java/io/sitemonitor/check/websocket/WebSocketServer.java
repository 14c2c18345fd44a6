package io.sitemonitor.check.websocket;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/** A server with the WebSocket of OkHttp: it sends every message back. */
final class WebSocketServer implements AutoCloseable {

    final MockWebServer server = new MockWebServer();

    /** How connections have ended. */
    final List<String> closings = new CopyOnWriteArrayList<>();

    final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    WebSocketServer() {
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                MockResponse.Builder answer = new MockResponse.Builder();
                String offered = request.getHeaders().get("Sec-WebSocket-Protocol");
                if (offered != null) {
                    answer.addHeader("Sec-WebSocket-Protocol", offered.substring(offered.lastIndexOf(' ') + 1));
                }
                return answer.webSocketUpgrade(new Echo()).build();
            }
        });
    }

    WebSocketServer start() throws IOException {
        server.start();
        return this;
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Echo extends WebSocketListener {
        @Override
        public void onOpen(WebSocket socket, Response response) {
            // speaks when it is spoken to
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            socket.send(text);
        }

        @Override
        public void onMessage(WebSocket socket, ByteString bytes) {
            socket.send(bytes);
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            closings.add(code + reason);
            socket.close(code, "bye");
        }

        @Override
        public void onFailure(WebSocket socket, Throwable thrown, Response response) {
            closings.add("failed: " + thrown);
        }
    }
}

package io.sitemonitor.examples.amqp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for Africa's Talking: takes every text message. */
final class SmsService implements AutoCloseable {

    private static final String ANSWER = """
            {"SMSMessageData": {"Message": "Sent to 1/1", "Recipients": [
              {"statusCode": 101, "number": "+254711000000", "status": "Success", "cost": "KES 0.8", "messageId": "m-1"}]}}
            """;

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private SmsService(HttpServer server) {
        this.server = server;
    }

    static SmsService start() throws IOException {
        SmsService service =
                new SmsService(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        service.server.createContext("/", service::answer);
        service.server.start();
        return service;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Returns the key and the form of each. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestHeaders().getFirst("apiKey") + " "
                + URLDecoder.decode(form, StandardCharsets.UTF_8));
        byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(201, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}

package io.sitemonitor.alert.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that answers as it is told: {@code answer("RCPT TO:<a@", "550 no such user")}. It speaks on loopback,
 * one thread a connection, and takes everything that it has no orders for.
 */
final class ScriptedSmtpServer implements AutoCloseable {

    /** An order instead of an answer: close the connection. */
    static final String DROP = "!drop";

    /** An order instead of an answer: say nothing, and read nothing more. */
    static final String SILENCE = "!silence";

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Map<String, ConcurrentLinkedQueue<String>> script = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger open = new AtomicInteger();
    private volatile @Nullable SSLContext tls;
    private volatile boolean tlsFromStart;
    private volatile String extensions = "";

    ScriptedSmtpServer() throws IOException {
        Thread acceptor = new Thread(this::accept, "scripted-smtp");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Answers commands that begin so; the last answer stays, those before it are given once each. */
    ScriptedSmtpServer answer(String command, String... answers) {
        script.put(command, new ConcurrentLinkedQueue<>(List.of(answers)));
        return this;
    }

    ScriptedSmtpServer offers(String... names) {
        StringBuilder lines = new StringBuilder();
        for (String name : names) {
            lines.append("250-").append(name).append("\r\n");
        }
        extensions = lines.toString();
        return this;
    }

    ScriptedSmtpServer certificate(SSLContext context, boolean fromStart) {
        tls = context;
        tlsFromStart = fromStart;
        return this;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What clients said, with {@code [tls] } before what they said in private. */
    List<String> commands() {
        return commands;
    }

    /** The messages taken. */
    List<String> messages() {
        return messages;
    }

    /** How many clients have not gone away yet. */
    int open() {
        return open.get();
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        socket.close();
    }

    private void accept() {
        while (closing.getCount() > 0) {
            try {
                Socket client = socket.accept();
                open.incrementAndGet();
                Thread speaker = new Thread(() -> serve(client), "scripted-smtp-client");
                speaker.setDaemon(true);
                speaker.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket plain) {
        try (Socket first = plain) {
            Socket client = tlsFromStart ? encrypted(first) : first;
            while (client != null) {
                client = talk(client);
            }
        } catch (IOException e) {
            commands.add("! " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.decrementAndGet();
        }
    }

    /** Talks until the end; returns the encrypted connection if the client asked for one. */
    private @Nullable Socket talk(Socket client) throws IOException, InterruptedException {
        boolean isPrivate = client instanceof SSLSocket;
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream();
        boolean upgraded = isPrivate && !tlsFromStart;
        if (!upgraded && !say(out, scripted("CONNECT", "220 scripted ESMTP"))) {
            return null;
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.add((isPrivate ? "[tls] " : "") + line);
            String command = line.length() < 4 ? line : line.substring(0, 4);
            String usual = switch (command) {
                case "EHLO" -> (isPrivate ? extensions.replace("250-STARTTLS\r\n", "") : extensions) + "250 OK";
                case "DATA" -> "354 go on";
                case "AUTH" -> "235 welcome";
                case "STAR" -> "220 go on";
                case "QUIT" -> "221 bye";
                default -> "250 OK";
            };
            String answer = scripted(
                    line, usual.startsWith("250-") ? usual.replaceFirst("250-", "250-scripted\r\n250-") : usual);
            if (!say(out, answer)) {
                return null;
            }
            if (command.equals("DATA") && answer.startsWith("354")) {
                if (!takeMessage(in, out)) {
                    return null;
                }
            } else if (command.equals("STAR") && answer.startsWith("220")) {
                return encrypted(client);
            }
        }
        return null;
    }

    private boolean takeMessage(BufferedReader in, OutputStream out) throws IOException, InterruptedException {
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                return false;
            }
            message.append(line).append('\n');
        }
        String answer = scripted("MESSAGE", "250 taken");
        if (answer.startsWith("2")) {
            messages.add(message.toString());
        }
        return say(out, answer);
    }

    private String scripted(String line, String usual) {
        for (Map.Entry<String, ConcurrentLinkedQueue<String>> entry : script.entrySet()) {
            if (line.startsWith(entry.getKey())) {
                ConcurrentLinkedQueue<String> answers = entry.getValue();
                String answer = answers.size() > 1 ? answers.poll() : answers.peek();
                return answer == null ? usual : answer;
            }
        }
        return usual;
    }

    private boolean say(OutputStream out, String answer) throws IOException, InterruptedException {
        if (answer.equals(DROP)) {
            return false;
        }
        if (answer.equals(SILENCE)) {
            closing.await();
            return false;
        }
        out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return true;
    }

    private SSLSocket encrypted(Socket client) throws IOException {
        SSLSocket encrypted = (SSLSocket) tls.getSocketFactory()
                .createSocket(client, client.getInetAddress().getHostAddress(), client.getPort(), true);
        encrypted.setUseClientMode(false);
        encrypted.startHandshake();
        return encrypted;
    }
}

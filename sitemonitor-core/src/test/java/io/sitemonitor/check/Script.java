package io.sitemonitor.check;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** What a server says, turn by turn; each turn but a greeting waits until something has been asked. */
public final class Script {

    private record Turn(
            UnaryOperator<String> answer, @Nullable SSLSocketFactory tls) {}

    /** What a server does in a turn in place of saying what it should; it has hung up when that returns. */
    @FunctionalInterface
    public interface Misdeed {
        void commit(Socket socket, String answer) throws Exception;
    }

    private final boolean speaksFirst;
    private final List<Turn> turns;
    private final Consumer<String> listener;

    private Script(boolean speaksFirst, List<Turn> turns, Consumer<String> listener) {
        this.speaksFirst = speaksFirst;
        this.turns = turns;
        this.listener = listener;
    }

    /** The server speaks first. */
    public static Script greeting(String text) {
        return new Script(true, List.of(), asked -> {}).then(text);
    }

    /** The server waits until it is asked. */
    public static Script answering(String answer) {
        return answering(request -> answer);
    }

    /** The server waits until it is asked. */
    public static Script answering(UnaryOperator<String> answer) {
        return new Script(false, List.of(), asked -> {}).then(answer);
    }

    public Script then(String answer) {
        return then(request -> answer);
    }

    /** Says what depends on what was asked. */
    public Script then(UnaryOperator<String> answer) {
        return with(new Turn(answer, null));
    }

    /** Encrypts the connection after this answer. */
    public Script thenTls(String answer, SSLSocketFactory tls) {
        return with(new Turn(request -> answer, tls));
    }

    private Script with(Turn turn) {
        List<Turn> more = new ArrayList<>(turns);
        more.add(turn);
        return new Script(speaksFirst, List.copyOf(more), listener);
    }

    /** Tells what is asked, also after the last turn. */
    public Script heardBy(Consumer<String> other) {
        return new Script(speaksFirst, turns, other);
    }

    public int turns() {
        return turns.size();
    }

    /** Says everything, then listens until the other side hangs up. */
    public void play(Socket socket) throws Exception {
        Socket current = play(socket, turns.size());
        while (true) {
            read(current);
        }
    }

    /** Says everything up to one turn, and then does something else. */
    public void play(Socket socket, int turn, Misdeed misdeed) throws Exception {
        Socket current = play(socket, turn);
        String request = request(current, turn);
        misdeed.commit(current, turns.get(turn).answer().apply(request));
    }

    private Socket play(Socket socket, int end) throws Exception {
        Socket current = socket;
        for (int i = 0; i < end; i++) {
            Turn turn = turns.get(i);
            RawServer.send(current, turn.answer().apply(request(current, i)));
            SSLSocketFactory tls = turn.tls();
            if (tls != null && tls.createSocket(current, null, current.getPort(), true) instanceof SSLSocket secure) {
                secure.setUseClientMode(false);
                current = secure;
            }
        }
        return current;
    }

    /** A request is sent at once and is small, so that it comes at once. */
    private String request(Socket socket, int turn) throws IOException {
        return turn == 0 && speaksFirst ? "" : read(socket);
    }

    private String read(Socket socket) throws IOException {
        byte[] bytes = new byte[16_384];
        int count = socket.getInputStream().read(bytes);
        if (count < 0) {
            throw new IOException("the other side hung up");
        }
        String request = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
        listener.accept(request);
        return request;
    }
}

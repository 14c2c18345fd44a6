package io.sitemonitor.check;

import io.sitemonitor.check.internal.Expectations;
import io.sitemonitor.check.internal.TlsHandshake;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one run of a {@link SocketCheck} to its server. Whatever it waits for ends at the deadline of the run.
 *
 * <p><b>Threads:</b> for the thread of the run.
 */
public final class Conversation {

    /** The longest line, in bytes without its end. */
    public static final int MAX_LINE = 8_192;

    /** The most that is sent at once, in bytes: as much as fits between two machines before the other one reads. */
    public static final int MAX_SENT = 16_384;

    private static final int BUFFER = 4_096;
    private static final byte[] NOTHING_READ = {};

    private final SocketRun run;
    private final String host;
    private byte[] buffer = NOTHING_READ;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private int next;
    private int end;
    private boolean answered;
    private boolean endedWithinAnswer;
    private @Nullable String greeting;
    private @Nullable TlsConnection tls;
    private @Nullable TlsHandshake handshake;

    Conversation(SocketRun run, String host, Socket socket) throws IOException {
        this.run = run;
        this.host = host;
        this.socket = socket;
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /**
     * Returns what the run may know and use.
     *
     * @return the context of the run
     */
    public CheckContext context() {
        return run.context();
    }

    /**
     * Says what the run is doing, for the message if it comes to no end.
     *
     * @param what in a few words, such as {@code waiting for the greeting}
     */
    public void doing(String what) {
        run.doing(what);
    }

    /**
     * Begins a phase; the one before ends. The phases of a run are part of its evidence. One that is begun again goes on.
     *
     * @param name in one lower-case word, such as {@code greeting}
     */
    public void phase(String name) {
        run.notes().phase(name);
    }

    /**
     * Keeps a fact as evidence.
     *
     * @param name its name
     * @param value its value, cleaned and cut; secrets of the check are hidden
     */
    public void fact(String name, String value) {
        run.notes().fact(name, value);
    }

    /**
     * Keeps the beginning of the answer as evidence.
     *
     * @param text the text, cleaned and cut; secrets of the check are hidden
     */
    public void excerpt(String text) {
        run.notes().excerpt(text);
    }

    /**
     * Sends a text in UTF-8.
     *
     * @param text the text, with the ends of its lines
     * @throws IOException if the connection breaks
     * @throws IllegalArgumentException if it has more than {@value #MAX_SENT} bytes
     */
    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends bytes.
     *
     * @param bytes at most {@value #MAX_SENT}
     * @throws IOException if the connection breaks
     * @throws IllegalArgumentException if there are more
     */
    public void send(byte[] bytes) throws IOException {
        if (bytes.length > MAX_SENT) {
            throw new IllegalArgumentException(
                    "at most " + MAX_SENT + " bytes can be sent at once, but there are " + bytes.length);
        }
        answered = false;
        out.write(bytes);
        out.flush();
    }

    /**
     * Reads a line in UTF-8, up to a line feed, with or without a carriage return before it.
     *
     * @return the line without its end
     * @throws IOException if the connection breaks, or ends before the line does, or the line has more than {@value
     *     #MAX_LINE} bytes
     */
    public String line() throws IOException {
        byte[] line = new byte[128];
        int length = 0;
        for (int octet = octet(); octet != '\n'; octet = octet()) {
            if (length == MAX_LINE) {
                throw new ProtocolException("answer has a line of more than " + MAX_LINE + " bytes");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) octet;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * Reads so many bytes.
     *
     * @param count how many
     * @return exactly that many
     * @throws IOException if the connection breaks, or ends before
     */
    public byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[Math.min(count, BUFFER)];
        for (int i = 0; i < count; i++) {
            if (i == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(count, 2 * i)); // what is announced may never come
            }
            bytes[i] = (byte) octet();
        }
        return bytes;
    }

    /**
     * Reads one byte.
     *
     * @return the byte, from 0 to 255
     * @throws IOException if the connection breaks or ends
     */
    public int octet() throws IOException {
        if (next == end) {
            if (buffer.length == 0) {
                buffer = new byte[BUFFER]; // many runs only connect
            }
            int count = in.read(buffer, 0, buffer.length);
            if (count < 0) {
                endedWithinAnswer = answered;
                throw new EOFException("connection closed");
            }
            next = 0;
            end = count;
            answered = true;
        }
        return buffer[next++] & 0xFF;
    }

    /**
     * Encrypts the connection from here on: the phase {@code tls}.
     *
     * @param settings whom to trust, and what to show
     * @throws IOException if the handshake fails, or the server has sent something that was not asked for before it, as
     *     somebody in between might
     */
    public void secure(TlsSettings settings) throws IOException {
        if (next < end) {
            throw new ProtocolException("server sent " + (end - next) + " bytes before the TLS handshake");
        }
        run.notes().phase("tls");
        run.doing("in the TLS handshake");
        TlsHandshake shake = new TlsHandshake(settings, host);
        handshake = shake;
        SSLSocket encrypted = shake.over(socket);
        SSLSession session = encrypted.getSession();
        tls = new TlsConnection(
                session.getProtocol(),
                session.getCipherSuite(),
                shake.chain(),
                run.context().time().now());
        handshake = null;
        run.secured(tls.protocol(), tls.certificate());
        socket = encrypted;
        in = encrypted.getInputStream();
        out = encrypted.getOutputStream();
    }

    /**
     * Keeps the first words of the server: as the fact {@code greeting}, and for {@link #greeting()}.
     *
     * @param words what it said, in one line
     */
    public void greeted(String words) {
        greeting = words;
        fact("greeting", words);
    }

    /**
     * Returns the first words of the server, if they have been read. With {@link SocketCheck#isStartTls()} they have been
     * when {@link SocketCheck#converse} begins, and nobody vouches for them, since they came in plain text.
     *
     * @return what it said, in one line, or null
     */
    public @Nullable String greeting() {
        return greeting;
    }

    /**
     * Returns how the connection is encrypted.
     *
     * @return what was seen, or null if it is not encrypted
     */
    public @Nullable TlsConnection tls() {
        return tls;
    }

    /**
     * Judges what the server has said by all that is expected of it, the expectations that fail before those that only warn.
     *
     * @param expectations what is expected
     * @param actual what the server has said
     * @param what what it is, for the message if an expectation throws, such as {@code queue}
     * @param <T> what is judged
     * @return the first failure, otherwise the first warning, otherwise null
     */
    public <T> @Nullable CheckResult judge(List<? extends Expectation<? super T>> expectations, T actual, String what) {
        return Expectations.judge(expectations, actual, what);
    }

    /**
     * Returns how long the run may still take.
     *
     * @return the time left, zero if none is
     */
    public Duration remaining() {
        return run.context().remaining();
    }

    /** Whether the connection ended after the server had begun to answer what it was told last. */
    boolean hasEndedWithinAnswer() {
        return endedWithinAnswer;
    }

    /** The handshake that has begun and has not come to its end, or null. */
    @Nullable
    TlsHandshake handshake() {
        return handshake;
    }

    /** What the server has shown in a handshake that failed. */
    List<X509Certificate> shown() {
        TlsHandshake failed = handshake;
        return failed == null ? List.of() : failed.chain();
    }
}

package io.sitemonitor.check.internal.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, as far as it has been read; kept only if somebody is going to look at it. Counts what comes out
 * of the decompression.
 */
public final class Answer {

    private static final int CHUNK = 8 * 1024;

    /** The most bytes that make one character. */
    private static final int MOST_BYTES = 4;

    private final Response response;
    private final MeteredSockets sockets;
    private final boolean keeps;
    private final Buffer bytes = new Buffer();
    private int size;
    private @Nullable String text;

    private Answer(Response response, MeteredSockets sockets, boolean keeps) {
        this.response = response;
        this.sockets = sockets;
        this.keeps = keeps;
    }

    /**
     * Begins a body that is looked at.
     *
     * @param response the answer
     * @param sockets over which it comes
     * @return its body
     */
    public static Answer kept(Response response, MeteredSockets sockets) {
        return new Answer(response, sockets, true);
    }

    /**
     * Begins a body that only has to come.
     *
     * @param response the answer
     * @param sockets over which it comes
     * @return its body
     */
    public static Answer passing(Response response, MeteredSockets sockets) {
        return new Answer(response, sockets, false);
    }

    /**
     * Reads up to {@code most} bytes.
     *
     * @param most how many
     * @return whether that was all
     * @throws IOException if the body breaks off; what came before is kept
     */
    public boolean read(int most) throws IOException {
        BufferedSource in = response.body().source();
        while (size < most) {
            sockets.expectPiece();
            long read = in.read(bytes, Math.min(CHUNK, most - size));
            if (read < 0) {
                return true;
            }
            size += (int) read;
            if (!keeps) {
                bytes.clear();
            }
        }
        return in.exhausted();
    }

    /**
     * Returns how many bytes have been read.
     *
     * @return bytes
     */
    public int size() {
        return size;
    }

    /**
     * Returns what has been read. The bytes are not kept beside the text.
     *
     * @return the text, in the charset that the answer names, otherwise in UTF-8
     */
    public String text() {
        String known = text;
        if (known == null) {
            known = decoded();
            text = known;
        }
        return known;
    }

    /**
     * Returns the beginning of what has been read.
     *
     * @param most how many characters at most
     * @return the text, in the charset that the answer names, otherwise in UTF-8
     */
    public String beginning(int most) {
        String known = text;
        if (known == null) {
            Buffer first = new Buffer();
            bytes.copyTo(first, 0, Math.min(bytes.size(), (long) MOST_BYTES * most));
            known = first.readString(charset());
        }
        return known.substring(0, Math.min(known.length(), most));
    }

    /** Frees the bytes while it makes characters of them. */
    private String decoded() {
        CharsetDecoder decoder = charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        CharBuffer text = CharBuffer.allocate((int) Math.ceil(bytes.size() * (double) decoder.maxCharsPerByte()));
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (!bytes.exhausted()) {
            int read = bytes.read(chunk.array(), chunk.position(), chunk.remaining());
            chunk.position(chunk.position() + read);
            chunk.flip();
            decoder.decode(chunk, text, bytes.exhausted());
            chunk.compact();
        }
        chunk.flip();
        decoder.decode(chunk, text, true);
        decoder.flush(text);
        return text.flip().toString();
    }

    private Charset charset() {
        MediaType type = response.body().contentType();
        Charset charset = type == null ? null : type.charset(StandardCharsets.UTF_8);
        return charset == null ? StandardCharsets.UTF_8 : charset;
    }
}

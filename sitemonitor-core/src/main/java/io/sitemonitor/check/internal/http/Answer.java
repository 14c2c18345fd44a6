package io.sitemonitor.check.internal.http;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/**
 * The body of an answer, as far as it has been read; kept only if somebody is going to look at it. Counts what comes out
 * of the decompression.
 */
public final class Answer {

    private static final int CHUNK = 8 * 1024;

    private final Response response;
    private final boolean keeps;
    private final Buffer bytes = new Buffer();
    private int size;

    private Answer(Response response, boolean keeps) {
        this.response = response;
        this.keeps = keeps;
    }

    /**
     * Begins a body that is looked at.
     *
     * @param response the answer
     * @return its body
     */
    public static Answer kept(Response response) {
        return new Answer(response, true);
    }

    /**
     * Begins a body that only has to come.
     *
     * @param response the answer
     * @return its body
     */
    public static Answer passing(Response response) {
        return new Answer(response, false);
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
     * Returns what has been read.
     *
     * @return the text, in the charset that the answer names, otherwise in UTF-8
     */
    public String text() {
        MediaType type = response.body().contentType();
        Charset charset = type == null ? null : type.charset(StandardCharsets.UTF_8);
        return bytes.copy().readString(charset == null ? StandardCharsets.UTF_8 : charset);
    }
}

package io.sitemonitor.check.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.Response;

/** The body of an answer as far as it has been read. Counts what comes out of the decompression. */
final class Answer {

    private static final int CHUNK = 8 * 1024;

    private final Response response;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK);

    Answer(Response response) {
        this.response = response;
    }

    /** Reads up to {@code most} bytes and returns whether that was all. */
    boolean read(int most) throws IOException {
        InputStream in = response.body().byteStream();
        byte[] chunk = new byte[CHUNK];
        while (bytes.size() < most) {
            int read = in.read(chunk, 0, Math.min(chunk.length, most - bytes.size()));
            if (read < 0) {
                return true;
            }
            bytes.write(chunk, 0, read);
        }
        return in.read() < 0;
    }

    int size() {
        return bytes.size();
    }

    String text() {
        MediaType type = response.body().contentType();
        Charset charset = type == null ? null : type.charset(StandardCharsets.UTF_8);
        return bytes.toString(charset == null ? StandardCharsets.UTF_8 : charset);
    }
}

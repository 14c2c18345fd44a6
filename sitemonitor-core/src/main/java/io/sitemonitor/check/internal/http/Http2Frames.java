package io.sitemonitor.check.internal.http;

import io.sitemonitor.check.internal.TooLargeException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a server sends over a connection of HTTP/2, bounded but for the content of bodies (RFC 9113, section 4.1): a byte of a
 * head may stand for a header of some thousands, and each ping or setting waits in memory for its answer.
 *
 * <p><b>Threads:</b> for the thread that reads the connection.
 */
final class Http2Frames extends FilterInputStream {

    /** The most beside bodies, in bytes. */
    static final int MOST = 64 * 1024;

    private static final int HEAD = 9;
    private static final int TYPE_AT = 3;
    private static final int DATA = 0;

    private int headRead;
    private int length;
    private boolean isBody;
    private long left = MOST;

    Http2Frames(InputStream connection) {
        super(connection);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
        int read = super.read(bytes, from, most);
        int end = from + Math.max(0, read);
        for (int at = from; at < end; ) {
            at += headRead < HEAD ? head(bytes[at]) : payload(end - at);
        }
        if (left < 0) {
            throw new TooLargeException(MOST, "bytes beside its body");
        }
        return read;
    }

    private int head(byte next) {
        if (headRead < TYPE_AT) {
            length = length << Byte.SIZE | next & 0xFF;
        } else if (headRead == TYPE_AT) {
            isBody = next == DATA;
            left -= isBody ? 0 : HEAD;
        }
        headRead++;
        if (headRead == HEAD && length == 0) {
            headRead = 0;
        }
        return 1;
    }

    private int payload(int available) {
        int taken = Math.min(length, available);
        left -= isBody ? 0 : taken;
        length -= taken;
        if (length == 0) {
            headRead = 0;
        }
        return taken;
    }
}

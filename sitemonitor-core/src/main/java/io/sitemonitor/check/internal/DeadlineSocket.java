package io.sitemonitor.check.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A socket whose reads end with the run, however little comes at a time, and which takes so many bytes and no more. TLS
 * spoken over it is bounded in the same way.
 */
public final class DeadlineSocket extends Socket {

    private final Deadline deadline;
    private final long most;
    private long received;

    /**
     * Creates one that is not connected yet.
     *
     * @param deadline when reading ends
     * @param most how many bytes may come
     */
    public DeadlineSocket(Deadline deadline, long most) {
        this.deadline = deadline;
        this.most = most;
    }

    /**
     * Returns how many bytes have come.
     *
     * @return bytes, those of TLS itself included
     */
    public long received() {
        return received;
    }

    /** Closes it, to end a run that waits for it. */
    public void abort() {
        try {
            close();
        } catch (IOException e) {
            // the run is over, and a socket that cannot be closed has no way to say so
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0; // whoever reads all there may be asks for nothing more at its end
                }
                if (received >= most) {
                    throw new TooLargeException(most);
                }
                long left = deadline.nanosLeft();
                if (left <= 0) {
                    throw new SocketTimeoutException("the run is over");
                }
                setSoTimeout(Deadline.millis(left));
                int count = super.read(bytes, offset, length);
                received += Math.max(0, count);
                return count;
            }
        };
    }
}

package io.sitemonitor.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file that is appended to, and never holds more than what was appended whole. For one caller at a time. */
final class Segment {

    private final Path path;
    private final boolean forces;
    private @Nullable FileChannel channel;
    private long size;

    Segment(Path path, boolean forces) {
        this.path = path;
        this.forces = forces;
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** Appends all of this, or nothing. */
    void append(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        FileChannel out = channel;
        try {
            if (out == null) {
                out = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                channel = out;
                out.truncate(size).position(size);
                if (size == 0) {
                    Folder.force(path);
                }
            }
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            if (forces) {
                out.force(false);
            }
            size += length;
        } catch (IOException | RuntimeException e) {
            cutOff(out);
            close(); // an interrupt has closed it already; the next append opens it again
            throw e;
        }
    }

    /** The next append does so too, so a failure costs no more than what a reader skips. */
    private void cutOff(@Nullable FileChannel out) {
        try {
            if (out != null && out.isOpen()) {
                out.truncate(size);
            }
        } catch (IOException e) {
            // what is there is not whole, and nobody was told that it is
        }
    }

    void close() {
        FileChannel out = channel;
        channel = null;
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            // everything that counts has been forced
        }
    }
}

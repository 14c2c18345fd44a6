package io.sitemonitor.store.file;

import io.sitemonitor.store.OpenStore;
import io.sitemonitor.store.Store;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Keeps records in the files of a directory, in a folder for each monitor.
 *
 * <pre>{@code
 * Monitor.named("shop").store(FileStore.in(Path.of("/var/lib/shop/monitor")))
 * }</pre>
 *
 * <p>What is written is appended to a journal, each time with its length and a checksum, and forced to the device. What a crash
 * has cut off in the middle is ignored; what is damaged is skipped and reported, and what stands behind it is read. The files
 * hold at most about twice what is kept, and 8 MiB more.
 *
 * <p>The directory must be on a file system of this machine; a lock file keeps other processes out.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class FileStore implements Store {

    private final Path directory;
    private final boolean forces;

    private FileStore(Path directory, boolean forces) {
        this.directory = directory;
        this.forces = forces;
    }

    /**
     * Keeps records in a directory.
     *
     * @param directory where; made, with those above it, if it is not there
     * @return the store
     */
    public static FileStore in(Path directory) {
        return new FileStore(Objects.requireNonNull(directory, "directory"), true);
    }

    /**
     * Leaves it to the operating system when to write to the device. What was written survives an end of the process, of
     * whatever kind, but maybe not a loss of power.
     *
     * <p>Default: each write waits for the device.
     *
     * @return a copy that does not wait
     */
    public FileStore withoutForce() {
        return new FileStore(directory, false);
    }

    @Override
    public OpenStore open(String monitor) throws IOException {
        String folder = URLEncoder.encode(monitor, StandardCharsets.UTF_8).replace(".", "%2E");
        return Journal.open(directory.resolve(folder), forces);
    }

    @Override
    public String toString() {
        return "FileStore[" + directory + "]";
    }
}

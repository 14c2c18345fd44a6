package io.sitemonitor.store.file;

import io.sitemonitor.store.StoreTakenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The folder of a journal, which belongs to one process at a time. For one caller at a time. */
final class Folder {

    private static final String LOCK = "lock";
    private static final String SUFFIX = ".journal";
    private static final String UNFINISHED = ".unfinished";

    private final Path directory;
    private final FileChannel lock;
    private int last;

    private Folder(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    static Folder take(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel lock = FileChannel.open(
                directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (isTaken(lock)) {
                throw new StoreTakenException(directory + " is in use by process " + owner(lock));
            }
            lock.truncate(0);
            lock.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new Folder(directory, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static boolean isTaken(FileChannel lock) throws IOException {
        try {
            FileLock taken = lock.tryLock();
            return taken == null;
        } catch (OverlappingFileLockException e) {
            return true; // by this process
        }
    }

    private static String owner(FileChannel lock) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        lock.read(pid, 0);
        String text = StandardCharsets.US_ASCII.decode(pid.flip()).toString();
        return text.matches("\\d+") ? text : "unknown";
    }

    /** The segments that are there, the oldest first. */
    List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.sorted().toList();
            for (Path file : all) {
                if (file.toString().endsWith(UNFINISHED)) {
                    Files.delete(file);
                }
            }
            List<Path> segments = all.stream().filter(Folder::isSegment).toList();
            if (!segments.isEmpty()) {
                last = number(segments.get(segments.size() - 1));
            }
            return segments;
        }
    }

    private static boolean isSegment(Path file) {
        return file.getFileName().toString().matches("\\d{8}\\" + SUFFIX);
    }

    private static int number(Path segment) {
        return Integer.parseInt(segment.getFileName().toString().substring(0, 8));
    }

    /** A path for the next segment; there is no file yet. */
    Path next() {
        last++;
        return directory.resolve(String.format(Locale.ROOT, "%08d", last) + SUFFIX);
    }

    /** Where a segment is written that must not be seen before it is whole. */
    Path unfinished(Path segment) {
        return segment.resolveSibling(segment.getFileName() + UNFINISHED);
    }

    static void finish(Path unfinished, Path segment) throws IOException {
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, segment, StandardCopyOption.ATOMIC_MOVE);
        force(segment);
    }

    static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // a segment that stays is read once more, to the same end: what replaces it says to forget it
        }
    }

    static ByteBuffer read(Path segment) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(segment));
    }

    /** Lets the directory remember a file that is new in it, where the system can be asked to. */
    static void force(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // a directory cannot be opened everywhere
        }
    }

    void release() {
        try {
            lock.close();
        } catch (IOException e) {
            // the end of the process releases it
        }
    }
}

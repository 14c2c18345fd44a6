package io.sitemonitor.store.file;

import io.sitemonitor.store.Change;
import io.sitemonitor.store.OpenStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a folder: segments that are appended to, of which the older ones are reclaimed by writing what is still kept
 * into a new one. What is kept is also in memory. For one caller at a time.
 */
final class Journal implements OpenStore {

    /** A segment of more bytes than this gets no more. */
    static final long SEGMENT = 4L * 1024 * 1024;

    /** How many bytes all segments may have beyond twice of what is kept. */
    static final long SLACK = 2 * SEGMENT;

    /** How many segments there may be, however small: each start begins one. */
    static final int MOST_SEGMENTS = 16;

    private static final int COPIED_AT_ONCE = 256 * 1024;

    private final Folder folder;
    private final boolean forces;
    private final Map<String, byte[]> kept = new LinkedHashMap<>();
    private final List<String> losses = new ArrayList<>();

    /** All that hold something, the one that is appended to included. */
    private final List<Path> segments = new ArrayList<>();

    private Segment current;
    private long keptBytes;
    private long writtenBytes;
    private long slack = SLACK;
    private int mostSegments = MOST_SEGMENTS;
    private boolean closed;

    private Journal(Folder folder, boolean forces) throws IOException {
        this.folder = folder;
        this.forces = forces;
        for (Path segment : folder.segments()) {
            replay(segment);
        }
        current = new Segment(folder.next(), forces);
    }

    static Journal open(Path directory, boolean forces) throws IOException {
        Folder folder = Folder.take(directory);
        try {
            return new Journal(folder, forces);
        } catch (IOException | RuntimeException e) {
            folder.release();
            throw e;
        }
    }

    private void replay(Path segment) throws IOException {
        ByteBuffer bytes = Folder.read(segment);
        int at = 0;
        while (at < bytes.limit()) {
            Frames.Batch batch = Frames.decode(bytes, at);
            if (batch != null) {
                apply(batch.forgets(), batch.changes());
                at = batch.end();
                continue;
            }
            int next = Frames.next(bytes, at + 1);
            int end = next < 0 ? bytes.limit() : next;
            if (next >= 0 || !Frames.isCutOff(bytes, at)) {
                losses.add(segment + ": " + (end - at) + " bytes from byte " + at + " on are damaged");
            }
            at = end;
        }
        segments.add(segment);
        writtenBytes += bytes.limit();
    }

    @Override
    public void read(BiConsumer<String, byte[]> reader) {
        kept.forEach(reader);
    }

    @Override
    public List<String> losses() {
        return List.copyOf(losses);
    }

    @Override
    public void write(List<Change> changes) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        ByteBuffer frame = Frames.encode(false, changes);
        int length = frame.remaining();
        current.append(frame);
        if (current.size() == length) {
            segments.add(current.path());
        }
        writtenBytes += length;
        apply(false, changes);
        if (writtenBytes > slack + 2 * keptBytes || segments.size() > mostSegments) {
            reclaim();
        } else if (current.size() > SEGMENT) {
            begin();
        }
    }

    private void begin() {
        current.close();
        current = new Segment(folder.next(), forces);
    }

    private void apply(boolean forgets, List<Change> changes) {
        if (forgets) {
            kept.clear();
            keptBytes = 0;
        }
        for (Change change : changes) {
            byte[] bytes = change.bytes();
            byte[] before = bytes == null ? kept.remove(change.key()) : kept.put(change.key(), bytes);
            keptBytes += size(change.key(), bytes) - size(change.key(), before);
        }
    }

    private static long size(String key, byte @Nullable [] bytes) {
        return bytes == null ? 0 : key.length() + bytes.length;
    }

    /** Writes all that is kept into a segment of its own and deletes those before it; if that cannot be done, they stay for now. */
    private void reclaim() {
        Path whole = folder.next();
        Path unfinished = folder.unfinished(whole);
        Segment copy = new Segment(unfinished, false);
        try {
            copyTo(copy);
            Folder.finish(unfinished, whole);
        } catch (IOException e) {
            copy.close();
            Folder.deleteQuietly(unfinished);
            slack += SLACK; // later, when there may be room again
            mostSegments += MOST_SEGMENTS;
            return;
        }
        List<Path> old = List.copyOf(segments);
        segments.clear();
        segments.add(whole);
        writtenBytes = copy.size();
        slack = SLACK;
        mostSegments = MOST_SEGMENTS;
        begin();
        old.forEach(Folder::deleteQuietly);
    }

    private void copyTo(Segment copy) throws IOException {
        List<Change> some = new ArrayList<>();
        int bytes = 0;
        boolean first = true;
        for (Map.Entry<String, byte[]> each : kept.entrySet()) {
            some.add(Change.put(each.getKey(), each.getValue()));
            bytes += each.getValue().length;
            if (bytes > COPIED_AT_ONCE) {
                copy.append(Frames.encode(first, some));
                some.clear();
                bytes = 0;
                first = false;
            }
        }
        copy.append(Frames.encode(first, some));
        copy.close();
    }

    @Override
    public void close() {
        closed = true;
        current.close();
        folder.release();
    }
}

package io.sitemonitor.store.file;

import io.sitemonitor.store.Change;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How changes are written: a mark, the length, a checksum of both that and the content (CRC-32C, RFC 3720), the content. The
 * mark is where reading goes on behind a piece that is damaged. Stateless.
 */
final class Frames {

    /** The bytes before the content. */
    static final int HEAD = 12;

    private static final int MARK = 0x534D4A31;
    private static final byte FORGET = 1;
    private static final byte PUT = 2;
    private static final byte REMOVE = 3;

    private Frames() {}

    /**
     * What was written at once.
     *
     * @param forgets whether nothing that was written before counts any more
     * @param changes what was changed
     * @param end where it ends
     */
    record Batch(boolean forgets, List<Change> changes, int end) {}

    static ByteBuffer encode(boolean forgets, List<Change> changes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(new byte[HEAD]);
            if (forgets) {
                out.writeByte(FORGET);
            }
            for (Change change : changes) {
                byte[] key = change.key().getBytes(StandardCharsets.UTF_8);
                byte[] value = change.bytes();
                out.writeByte(value == null ? REMOVE : PUT);
                out.writeShort(key.length);
                out.write(key);
                if (value != null) {
                    out.writeInt(value.length);
                    out.write(value);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not into memory
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes.toByteArray());
        int length = frame.limit() - HEAD;
        frame.putInt(0, MARK).putInt(4, length);
        return frame.putInt(8, checksum(frame, 0, length));
    }

    /** Reads the frame that begins here; null if none does that is whole. */
    static @Nullable Batch decode(ByteBuffer segment, int at) {
        if (segment.limit() - at < HEAD || segment.getInt(at) != MARK) {
            return null;
        }
        int length = segment.getInt(at + 4);
        if (length < 0
                || length > segment.limit() - at - HEAD
                || segment.getInt(at + 8) != checksum(segment, at, length)) {
            return null;
        }
        return content(segment.duplicate().position(at + HEAD).limit(at + HEAD + length));
    }

    /**
     * Tells whether what stands here up to the end is a write that never came to its end: it is shorter than it says, or room
     * that was made for it and not filled.
     */
    static boolean isCutOff(ByteBuffer segment, int at) {
        int left = segment.limit() - at;
        boolean isFrame = left >= HEAD && segment.getInt(at) == MARK;
        return isFrame ? segment.getInt(at + 4) > left - HEAD : left < HEAD || isZero(segment, at);
    }

    private static boolean isZero(ByteBuffer segment, int from) {
        for (int at = from; at < segment.limit(); at++) {
            if (segment.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Where the next frame begins that is whole, from here on; -1 if there is none. */
    static int next(ByteBuffer segment, int from) {
        for (int at = from; at <= segment.limit() - HEAD; at++) {
            if (decode(segment, at) != null) {
                return at;
            }
        }
        return -1;
    }

    private static Batch content(ByteBuffer content) {
        boolean forgets = false;
        List<Change> changes = new ArrayList<>();
        while (content.hasRemaining()) {
            byte what = content.get();
            if (what == FORGET) {
                forgets = true;
            } else {
                byte[] key = new byte[content.getShort() & 0xFFFF];
                content.get(key);
                changes.add(new Change(new String(key, StandardCharsets.UTF_8), what == PUT ? value(content) : null));
            }
        }
        return new Batch(forgets, changes, content.limit());
    }

    private static byte[] value(ByteBuffer content) {
        byte[] value = new byte[content.getInt()];
        content.get(value);
        return value;
    }

    private static int checksum(ByteBuffer frame, int at, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(frame.duplicate().position(at + 4).limit(at + 8));
        checksum.update(frame.duplicate().position(at + HEAD).limit(at + HEAD + length));
        return (int) checksum.getValue();
    }
}

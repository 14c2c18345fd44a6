package io.sitemonitor.target.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text file read whole: bounded, and decoded line by line, so that bad bytes are known by their line. */
final class TextFile {

    /** A line of the file; without text if its bytes are not UTF-8. */
    record Line(int number, @Nullable String text) {}

    static final int MAX_BYTES = 16 * 1024 * 1024;
    static final int MAX_LINES = 100_000;

    private TextFile() {}

    static List<Line> read(Path path) throws IOException {
        byte[] bytes = bytes(path);
        if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
            throw new IOException("sites file '" + path + "' is UTF-16; save it as UTF-8");
        }
        List<Line> lines = new ArrayList<>();
        int begin = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        while (begin < bytes.length) {
            int end = begin;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (lines.size() == MAX_LINES) {
                throw new IOException("sites file '" + path + "' has more than " + MAX_LINES + " lines");
            }
            lines.add(new Line(lines.size() + 1, decode(bytes, begin, end)));
            begin = end + 1;
        }
        return lines;
    }

    private static byte[] bytes(Path path) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new IOException("sites file '" + path + "' cannot be read: " + reason(path, e), e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("sites file '" + path + "' is larger than 16 MiB");
        }
        return bytes;
    }

    private static String reason(Path path, IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (Files.isDirectory(path)) {
            return "it is a directory";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static @Nullable String decode(byte[] bytes, int begin, int end) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, begin, end - begin))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean startsWith(byte[] bytes, int... head) {
        if (bytes.length < head.length) {
            return false;
        }
        for (int i = 0; i < head.length; i++) {
            if ((bytes[i] & 0xFF) != head[i]) {
                return false;
            }
        }
        return true;
    }
}

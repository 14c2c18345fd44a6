package io.sitemonitor.alert.log;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Keeps an incident log: appends one line for each alert to a file, in UTF-8.
 *
 * <pre>{@code
 * .alert(IncidentLogListener.json(Path.of("log/incidents.jsonl")))
 * }</pre>
 *
 * <p>A line of JSON has the fields {@code time}, {@code id}, {@code incident}, {@code monitor}, {@code check},
 * {@code kind}, {@code from}, {@code to}, {@code since}, {@code duration} (as in {@code PT4M12S}), {@code failure},
 * {@code summary}, {@code target} and {@code labels}, always all of them and in this order; {@code failure} and
 * {@code target} may be null. A line of text looks like this:
 *
 * <pre>{@code
 * 2026-11-22T12:00:10Z DOWN shop/storefront since 2026-11-22T12:00:00Z for 10 s STATUS: HTTP 503 [incident 5b1c…]
 * }</pre>
 *
 * <p>The contacts of a check are not written. An alert is delivered once its line has been forced to the disk. If the
 * process ends between that and its being noted, the line is written again later, with the same id. A line that was cut
 * short, by a crash or a full disk, stays as it is, and the next one begins on a line of its own.
 *
 * <p>The file is opened and closed for every line, so it may be renamed or removed at any time to begin a new one; its
 * folder is made if it is not there. Several listeners may write to one file.
 *
 * <p><b>Threads:</b> immutable, safe for use by any number of threads. The calls touch the disk.
 */
public final class IncidentLogListener implements AlertListener {

    private final Path file;
    private final LineFormat format;

    private IncidentLogListener(Path file, LineFormat format) {
        this.file = Objects.requireNonNull(file, "file");
        this.format = format;
    }

    /**
     * Writes lines of JSON, for programs.
     *
     * @param file the file; made with the first line
     * @return the listener
     */
    public static IncidentLogListener json(Path file) {
        return new IncidentLogListener(file, LineFormat.JSON);
    }

    /**
     * Writes lines of text, for people.
     *
     * @param file the file; made with the first line
     * @return the listener
     */
    public static IncidentLogListener text(Path file) {
        return new IncidentLogListener(file, LineFormat.TEXT);
    }

    /**
     * Appends the line of an alert and forces it to the disk.
     *
     * @param alert the alert
     * @throws IOException if that is not possible now; names the file
     */
    @Override
    public void onAlert(Alert alert) throws IOException {
        String line = format.line(alert) + '\n';
        try {
            append(line);
        } catch (IOException e) {
            String reason = e.getClass() == IOException.class ? e.getMessage() : e.toString();
            throw new IOException("cannot write to the incident log " + file + " (" + reason + ')', e);
        }
    }

    @Override
    public String toString() {
        return "IncidentLogListener[" + format + ", " + file + ']';
    }

    private void append(String line) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        boolean isNew = Files.notExists(file);
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder");
        }
        if (isNew && folder != null) {
            Files.createDirectories(folder);
        }
        String text = !isNew && isTorn() ? '\n' + line : line;
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            // One write only: whoever else appends cannot get between its bytes, and what is cut short is told.
            int written = channel.write(bytes);
            if (bytes.hasRemaining()) {
                throw new IOException("only " + written + " of " + bytes.limit() + " bytes were written");
            }
            channel.force(true);
        }
        if (isNew && folder != null) {
            forceFolder(folder);
        }
    }

    private boolean isTorn() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            return size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n';
        } catch (NoSuchFileException e) {
            // Rotated just now: what is not there is not torn.
            return false;
        }
    }

    /** A new file is on the disk only once its entry in the folder is; where there is no POSIX, it cannot be asked for. */
    private static void forceFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}

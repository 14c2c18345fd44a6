package io.sitemonitor.target.file;

import io.sitemonitor.check.Check;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.target.TargetSource;
import io.sitemonitor.target.Targets;
import io.sitemonitor.target.Targets.Rejected;
import io.sitemonitor.target.internal.RowReader;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Checks from the lines of a file.
 *
 * <pre>{@code
 * # name,url,contact,interval
 * storefront,https://shop.example/,owner@shop.example,30s
 * "Search, internal",https://search.example/ping
 * https://status.example/
 * }</pre>
 *
 * <p>Each line is one check: its name, its URL, whom alerts concern (an e-mail address, or a telephone number that
 * begins with {@code +}; may be missing), and the interval (a plain number counts in seconds; {@code 500ms},
 * {@code 30s}, {@code 5m}, {@code 1h}, {@code 1d} and {@code PT30S} are understood too; may be missing). Fields are
 * separated by commas, and a field that holds a comma stands in double quotes, in which a quote is written twice
 * (RFC 4180, on one line). Spaces around fields do not count.
 *
 * <p>A line may also be only a URL, of the form {@code scheme://…}: then the check is called by the host, port and path
 * of the URL, such as {@code status.example/ping}. Empty lines and those that begin with {@code #} are skipped, and so is
 * a first line that begins with the fields {@code name} and {@code url}.
 *
 * <p>The file is UTF-8, with or without a byte order mark, of at most 16 MiB and 100,000 lines. A line that cannot be
 * used is rejected as {@code line 7}, and the others are used, unless {@link #strict()} says otherwise. When a name
 * comes twice, its first line is used.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class FileTargets implements TargetSource {

    private static final int MAX_TOLD = 1_000;
    private static final String EXPECTED = "expected name,url,contact,interval separated by commas, or only a URL";

    private final Path path;
    private final Function<String, Check> checkOf;
    private final Consumer<CheckSettingsBuilder> settings;
    private final boolean strict;

    private FileTargets(
            Path path, Function<String, Check> checkOf, Consumer<CheckSettingsBuilder> settings, boolean strict) {
        this.path = path;
        this.checkOf = checkOf;
        this.settings = settings;
        this.strict = strict;
    }

    /**
     * Reads checks from a file. The file is not touched before the first reading.
     *
     * @param path the file
     * @param checkOf makes the check of a URL, such as {@code HttpCheck::get}; whatever it throws rejects the line. A
     *     check without value equality counts as changed at each reading
     * @return the source
     */
    public static FileTargets csv(Path path, Function<String, Check> checkOf) {
        return new FileTargets(
                Objects.requireNonNull(path, "path"), Objects.requireNonNull(checkOf, "checkOf"), builder -> {}, false);
    }

    /**
     * Sets what all checks of this source have in common. The contact of a line is added, its interval goes before.
     *
     * <p>Default: nothing.
     *
     * @param settings sets what differs from the defaults; called once now, and once for each line at each reading
     * @return a copy with these settings
     * @throws IllegalArgumentException if an option refuses its value
     */
    public FileTargets settings(Consumer<CheckSettingsBuilder> settings) {
        return new FileTargets(path, checkOf, RowReader.requireValid(settings), strict);
    }

    /**
     * Uses all lines or none: a reading fails if any line is bad, and all checks stay as they are.
     *
     * <p>Default: good lines are used and bad ones are rejected.
     *
     * @return a copy that is strict
     */
    public FileTargets strict() {
        return new FileTargets(path, checkOf, settings, true);
    }

    /**
     * Reads the file.
     *
     * @return the checks of the good lines, and the bad lines
     * @throws IOException if the file cannot be read, is too large, or is UTF-16
     * @throws IllegalArgumentException if a line is bad and this source is {@linkplain #strict() strict}; its message
     *     names each bad line
     */
    @Override
    public Targets read() throws IOException {
        RowReader reader = new RowReader(checkOf, settings);
        boolean first = true;
        for (TextFile.Line line : TextFile.read(path)) {
            String text = line.text() == null ? null : line.text().strip();
            if (text == null) {
                reader.reject(where(line), null, "its bytes are not UTF-8; save the file as UTF-8");
            } else if (!text.isEmpty() && text.charAt(0) != '#') {
                row(reader, where(line), text, first);
            } else {
                continue;
            }
            first = false;
        }
        Targets targets = reader.targets();
        if (strict && !targets.rejected().isEmpty()) {
            throw new IllegalArgumentException(tell(targets.rejected()));
        }
        return targets;
    }

    @Override
    public String name() {
        Path file = path.getFileName();
        return file == null ? "file" : file.toString();
    }

    @Override
    public String toString() {
        return "FileTargets[" + path + (strict ? ", strict]" : "]");
    }

    private static void row(RowReader reader, String where, String text, boolean first) {
        try {
            List<String> fields = CsvLine.fields(text);
            if (fields.size() > 4) {
                throw new IllegalArgumentException("it has " + fields.size()
                        + " fields, but at most 4 are expected: name,url,contact,interval; put a field that holds a"
                        + " comma in double quotes");
            } else if (fields.size() > 1) {
                if (!(first && isHeader(fields))) {
                    reader.row(where, fields.get(0), fields.get(1), field(fields, 2), field(fields, 3));
                }
            } else {
                reader.row(where, nameOf(fields.get(0)), fields.get(0), null, null);
            }
        } catch (IllegalArgumentException e) {
            reader.reject(where, null, Objects.requireNonNullElse(e.getMessage(), EXPECTED));
        }
    }

    private static boolean isHeader(List<String> fields) {
        return fields.get(0).equalsIgnoreCase("name") && fields.get(1).equalsIgnoreCase("url");
    }

    private static String field(List<String> fields, int index) {
        return index < fields.size() ? fields.get(index) : "";
    }

    /** Leaves out what may be secret: user, query and fragment. */
    private static String nameOf(String url) {
        try {
            URI uri = new URI(url);
            String authority = uri.getRawAuthority();
            if (uri.getScheme() == null || authority == null) {
                throw new IllegalArgumentException(EXPECTED);
            }
            String path = Objects.requireNonNullElse(uri.getPath(), "");
            String name = authority.substring(authority.lastIndexOf('@') + 1) + path;
            return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
    }

    private String tell(List<Rejected> rejected) {
        StringBuilder text = new StringBuilder("sites file '" + path + "' has " + rejected.size()
                + (rejected.size() == 1 ? " bad line" : " bad lines") + ", so none of its lines is used:");
        rejected.stream().limit(MAX_TOLD).forEach(row -> text.append("\n  ").append(row));
        if (rejected.size() > MAX_TOLD) {
            text.append("\n  and ").append(rejected.size() - MAX_TOLD).append(" more");
        }
        return text.toString();
    }

    private static String where(TextFile.Line line) {
        return "line " + line.number();
    }
}

package io.sitemonitor.testing;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.FailureKind;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.Verdict;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The text form of recorded results; {@link ResultLog} describes it. */
final class ResultFile {

    private static final String HEADER = "sitemonitor results 1";
    private static final int FIELDS = 6;
    private static final String NO_FAILURE = "-";

    private ResultFile() {}

    static void write(Path file, List<RecordedResult> results) throws IOException {
        Path target = file.toAbsolutePath();
        Path unfinished = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                out.write((HEADER + "\n").getBytes(StandardCharsets.UTF_8));
                for (RecordedResult result : results) {
                    out.write(line(result).getBytes(StandardCharsets.UTF_8));
                }
            }
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static String line(RecordedResult recorded) {
        CheckResult result = recorded.result();
        String failure =
                result.failure() == null ? NO_FAILURE : result.failure().name();
        return recorded.at() + "\t" + recorded.took() + "\t" + result.verdict() + "\t" + failure + "\t"
                + recorded.check() + "\t" + result.message() + "\n";
    }

    static void read(Path file, Consumer<RecordedResult> into) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int number = 0;
        int begin = 0;
        while (begin < bytes.length || number == 0) {
            number++;
            try {
                int end = lineEnd(bytes, begin);
                String line = text(bytes, begin, end);
                if (number == 1) {
                    requireHeader(line);
                } else {
                    into.accept(parse(line));
                }
                begin = end + 1;
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new IOException(file.getFileName() + ", line " + number + ": " + e.getMessage(), e);
            }
        }
    }

    private static int lineEnd(byte[] bytes, int begin) {
        for (int i = begin; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        throw new IllegalArgumentException("the line is not ended by a line feed: the file was cut off");
    }

    private static String text(byte[] bytes, int begin, int end) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, begin, end - begin))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the line is not UTF-8", e);
        }
    }

    private static void requireHeader(String line) {
        if (!line.equals(HEADER)) {
            throw new IllegalArgumentException(
                    "the first line must be '" + HEADER + "', but was '" + SafeText.line(line, 100) + "'");
        }
    }

    private static RecordedResult parse(String line) {
        List<String> fields = fields(line);
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException(
                    "a result must have " + FIELDS + " fields between tabs, but has " + fields.size());
        }
        Instant at = Instant.parse(fields.get(0));
        Duration took = Duration.parse(fields.get(1));
        Verdict verdict = constant(Verdict.class, "verdict", fields.get(2));
        String kind = fields.get(3);
        FailureKind failure = kind.equals(NO_FAILURE) ? null : constant(FailureKind.class, "failure kind", kind);
        String message = fields.get(5);
        if (!SafeText.isLine(message)) {
            throw new IllegalArgumentException("the message has control characters");
        }
        return new RecordedResult(fields.get(4), at, took, new CheckResult(verdict, failure, message, Evidence.none()));
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>(FIELDS);
        int begin = 0;
        for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', begin)) {
            fields.add(line.substring(begin, tab));
            begin = tab + 1;
        }
        fields.add(line.substring(begin));
        return fields;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String what, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("the " + what + " must be one of " + Arrays.toString(type.getEnumConstants())
                + ", but was '" + SafeText.line(text, 100) + "'");
    }
}

package io.sitemonitor.check.jvm;

import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.SafeText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * How much of a disk this process may still use.
 *
 * @param path a file or a folder on it
 * @param inBytes whether the bytes are counted, rather than their share
 */
record DiskGauge(Path path, boolean inBytes) implements Gauge {

    private static final int MAX_PATH = 200;

    @Override
    public Reading read() {
        try {
            FileStore disk = Files.getFileStore(path);
            return reading(disk.getUsableSpace(), disk.getTotalSpace());
        } catch (NoSuchFileException e) {
            return Reading.instead(CheckResult.fail("there is no " + shown()));
        } catch (AccessDeniedException e) {
            return Reading.unknown("this process may not look at " + shown());
        } catch (IOException e) {
            return Reading.instead(CheckResult.fail("the disk of " + shown() + " cannot be read: " + e.getMessage()));
        } catch (UnsupportedOperationException e) {
            return Reading.unknown("the disk of " + shown() + " does not tell its size");
        }
    }

    private Reading reading(long usable, long total) {
        if (total <= 0 || usable < 0) {
            return Reading.unknown("the disk of " + shown() + " does not tell its size");
        }
        double share = (double) usable / total;
        Map<String, String> facts = Reading.facts("usable", Unit.BYTES.text(usable), "total", Unit.BYTES.text(total));
        double value = inBytes ? usable : share;
        return Reading.of(value, unit().text(value) + " of the disk of " + shown() + " left", facts);
    }

    private String shown() {
        return SafeText.line(path.toString(), MAX_PATH);
    }

    @Override
    public String what() {
        return "disk of " + shown();
    }

    @Override
    public Unit unit() {
        return inBytes ? Unit.BYTES : Unit.SHARE;
    }

    @Override
    public Limits usual() {
        return inBytes ? Limits.NONE : Limits.below(0.10, 0.05);
    }
}

package io.sitemonitor.check.jvm;

import org.jspecify.annotations.Nullable;

/** Which share of the file descriptors is in use that the process may have. */
record OpenFilesGauge() implements Gauge {

    @Override
    public Reading read() {
        try {
            return reading(OpenFiles.read());
        } catch (LinkageError e) {
            return Reading.unknown("this JVM does not tell its open files: it has no module jdk.management");
        }
    }

    static Reading reading(@Nullable OpenFiles files) {
        if (files == null || files.open() < 0 || files.limit() <= 0) {
            return Reading.unknown("this system does not tell its open files and their limit");
        }
        double share = (double) files.open() / files.limit();
        return Reading.of(
                share,
                Unit.SHARE.text(share) + " of the file descriptors in use",
                Reading.facts("open", Long.toString(files.open()), "limit", Long.toString(files.limit())));
    }

    @Override
    public String what() {
        return "open files";
    }

    @Override
    public Unit unit() {
        return Unit.SHARE;
    }

    @Override
    public Limits usual() {
        return Limits.above(0.80, 0.95);
    }
}

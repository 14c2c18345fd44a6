package io.sitemonitor.check.jvm;

import io.sitemonitor.check.internal.Wording;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which share of the time went into collections since an earlier reading. It remembers two readings, so that one that
 * comes right after another does not make a share of next to nothing.
 */
final class CollectionGauge implements Gauge {

    private static final long SHORTEST = 1_000;
    private static final Supplier<Sample> THIS_JVM = CollectionGauge::ofThisJvm;

    /**
     * What was read.
     *
     * @param uptime how long the JVM was running, in milliseconds
     * @param collecting how much of that it spent in collections, in milliseconds; negative if it does not tell
     */
    record Sample(long uptime, long collecting) {}

    /** Two readings that are not too near to each other. */
    private record Remembered(Sample older, Sample newer) {}

    private static final Sample START = new Sample(0, 0);

    private final Supplier<Sample> source;
    private final AtomicReference<Remembered> remembered = new AtomicReference<>(new Remembered(START, START));

    private CollectionGauge(Supplier<Sample> source) {
        this.source = source;
    }

    static CollectionGauge create() {
        return new CollectionGauge(THIS_JVM);
    }

    static CollectionGauge of(Supplier<Sample> source) {
        return new CollectionGauge(source);
    }

    private static Sample ofThisJvm() {
        long collecting = -1;
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            long time = stopsTheApplication(bean.getName()) ? bean.getCollectionTime() : -1;
            collecting = time < 0 ? collecting : Math.max(0, collecting) + time;
        }
        return new Sample(ManagementFactory.getRuntimeMXBean().getUptime(), collecting);
    }

    /** Collectors that work beside the application count their cycles under a name of their own. */
    static boolean stopsTheApplication(String collector) {
        return !collector.endsWith("Cycles") && !collector.contains("Concurrent");
    }

    @Override
    public Reading read() {
        Sample now = source.get();
        if (now.collecting() < 0) {
            return Reading.unknown("the collectors of this JVM do not tell how long they take");
        }
        Remembered before = Objects.requireNonNull(remembered.get());
        boolean far = now.uptime() - before.newer().uptime() >= SHORTEST;
        Sample from = far ? before.newer() : before.older();
        if (far) {
            remembered.compareAndSet(before, new Remembered(before.newer(), now));
        }
        long elapsed = now.uptime() - from.uptime();
        if (elapsed <= 0) {
            return Reading.unknown("no time has passed yet");
        }
        long spent = Math.max(0, now.collecting() - from.collecting());
        double share = Math.min(1, (double) spent / elapsed);
        String span = Wording.span(Duration.ofMillis(elapsed));
        return Reading.of(
                share,
                Unit.SHARE.text(share) + " of the last " + span + " spent in collections",
                Reading.facts("collecting", Wording.duration(Duration.ofMillis(spent)), "of", span));
    }

    @Override
    public String what() {
        return "time spent in collections";
    }

    @Override
    public Unit unit() {
        return Unit.SHARE;
    }

    @Override
    public Limits usual() {
        return Limits.above(0.10, 0.30);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CollectionGauge that && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }
}

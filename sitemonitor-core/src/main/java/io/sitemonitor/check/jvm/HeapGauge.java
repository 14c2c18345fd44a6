package io.sitemonitor.check.jvm;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What of the heap was in use after the last collection of each of its pools. */
record HeapGauge() implements Gauge {

    /**
     * A pool of the heap.
     *
     * @param name its name
     * @param used the bytes in use now
     * @param kept the bytes in use after its last collection; negative if there was none yet
     */
    record Pool(String name, long used, long kept) {}

    @Override
    public Reading read() {
        List<Pool> pools = new ArrayList<>();
        for (MemoryPoolMXBean bean : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage after = bean.getType() == MemoryType.HEAP ? bean.getCollectionUsage() : null;
            MemoryUsage now = bean.getUsage();
            if (after != null && now != null) {
                // before its first collection, and only then, a pool that is in use tells that it had no memory at all
                boolean collected = after.getCommitted() > 0 || after.getUsed() > 0;
                pools.add(new Pool(bean.getName(), now.getUsed(), collected ? after.getUsed() : -1));
            }
        }
        return reading(
                pools, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax());
    }

    /** What is in use now is the most that a collection would have left. */
    static Reading reading(List<Pool> pools, long maximum) {
        if (pools.isEmpty() || maximum <= 0) {
            return Reading.unknown(
                    pools.isEmpty() ? "no pool of this heap tells what collections leave" : "this heap has no maximum");
        }
        long least = 0;
        long most = 0;
        List<String> open = new ArrayList<>();
        for (Pool pool : pools) {
            boolean collected = pool.kept() >= 0;
            least += collected ? pool.kept() : 0;
            most += collected ? pool.kept() : pool.used();
            if (!collected && pool.used() > 0) {
                open.add(pool.name());
            }
        }
        double from = (double) least / maximum;
        double to = (double) most / maximum;
        Map<String, String> facts = Reading.facts("used", Unit.BYTES.text(most), "maximum", Unit.BYTES.text(maximum));
        return open.isEmpty()
                ? Reading.of(to, Unit.SHARE.text(to) + " of the heap in use after collection", facts)
                : Reading.between(
                        from, to, range(from, to) + "; no collection yet of " + String.join(", ", open), facts);
    }

    private static String range(double from, double to) {
        return "between " + Unit.SHARE.text(from) + " and " + Unit.SHARE.text(to) + " of the heap in use";
    }

    @Override
    public String what() {
        return "heap after collection";
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

package io.sitemonitor.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much of the processors a virtual machine has lost to others, as Linux counts it; zero where it does not.
 *
 * @param stolen clock ticks during which work waited because the processor was taken away
 * @param all clock ticks altogether
 */
record StolenTime(long stolen, long all) {

    private static final Path COUNTS = Path.of("/proc/stat");
    private static final int STOLEN = 8;

    static StolenTime now() throws IOException {
        return Files.isReadable(COUNTS) ? parse(Files.readAllLines(COUNTS).get(0)) : new StolenTime(0, 0);
    }

    /** Reads the line of all processors: its name, then ticks by what they were spent on. */
    static StolenTime parse(String line) {
        String[] columns = line.split(" +", -1);
        long stolen = 0;
        long all = 0;
        for (int i = 1; i <= STOLEN && i < columns.length; i++) { // what follows is counted among these already
            long ticks = Long.parseLong(columns[i]);
            all += ticks;
            stolen = i == STOLEN ? ticks : 0;
        }
        return new StolenTime(stolen, all);
    }

    /** Returns the share that was lost since then, in percent. */
    double percentSince(StolenTime before) {
        return all == before.all ? 0 : 100.0 * (stolen - before.stolen) / (all - before.all);
    }
}

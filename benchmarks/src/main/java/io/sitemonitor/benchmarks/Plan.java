package io.sitemonitor.benchmarks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load and the sides that are compared under it.
 *
 * @param name the name of the load
 * @param about what it shows, in a sentence
 * @param rounds the most rounds that are worth their time
 * @param megabytes the heap of each side
 * @param oneCore whether each side is held to one processor
 * @param sides the sides in the order in which they run
 * @param ratios which side is divided by which
 */
record Plan(
        String name, String about, int rounds, int megabytes, boolean oneCore, List<Side> sides, List<Ratio> ratios) {

    /**
     * One program that runs under the load.
     *
     * @param name the name of the side
     * @param targets the command line of its target server; null if it asks nobody
     * @param load its own command line
     * @param asks how much it asks for; null for what the command line says
     */
    record Side(
            String name,
            @Nullable List<String> targets,
            List<String> load,
            @Nullable Asks asks) {}

    /**
     * Asks for so much of what another side reached in the same round.
     *
     * @param times how many times as much
     * @param side the other side
     */
    record Asks(double times, String side) {}

    /**
     * One side over another.
     *
     * @param side the one
     * @param over the other
     */
    record Ratio(String side, String over) {}
}

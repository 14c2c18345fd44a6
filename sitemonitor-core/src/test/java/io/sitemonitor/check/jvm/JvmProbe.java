package io.sitemonitor.check.jvm;

import io.sitemonitor.check.Check;
import io.sitemonitor.testing.TestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs checks in a JVM of its own and tells what they find. */
public final class JvmProbe {

    private static final int PIECE = 64 * 1024;

    private JvmProbe() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "openFiles" -> tell(JvmCheck.openFiles());
            case "heap" -> heap();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Nothing is collected yet; then most of the heap is held and collected; then it is let go and collected. */
    private static void heap() throws Exception {
        Check check = JvmCheck.heapAfterCollection().failAbove(0.5);
        List<byte[]> held = new ArrayList<>();
        hold(held, 4 * 1024 * 1024);
        tell(check);
        hold(held, Runtime.getRuntime().maxMemory() / 100 * 60);
        System.gc();
        tell(check);
        held.clear();
        System.gc();
        tell(check);
    }

    private static void hold(List<byte[]> held, long bytes) {
        while ((long) held.size() * PIECE < bytes) {
            held.add(new byte[PIECE]);
        }
    }

    private static void tell(Check check) throws Exception {
        System.out.println(check.run(TestContext.within(Duration.ofSeconds(10))).summary());
    }
}

package io.sitemonitor.examples.plain;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * A table on a terminal, drawn again twice a second over its last self, and below it the latest of what happened.
 *
 * <p>Drawn by a daemon thread of its own and whoever tells something; all under the lock of this object.
 */
final class LiveScreen implements Screen {

    private static final int LATEST = 10;
    private static final int REDRAW_MILLIS = 500;
    private static final String START_OF_LINE_ABOVE = "\033[%dF";
    private static final String CLEAR_TO_END_OF_SCREEN = "\033[J";
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";

    private final PrintStream out;
    private final int height;

    // guarded by this
    private final Deque<String> latest = new ArrayDeque<>();
    private Supplier<List<String>> table = List::of;
    private int drawn;
    private boolean closed;

    LiveScreen(PrintStream out, int height) {
        this.out = out;
        this.height = height;
    }

    @Override
    public synchronized void show(Supplier<List<String>> shown) {
        table = shown;
        Thread thread = new Thread(this::drawAgainAndAgain, "screen");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void tell(String what) {
        for (String line : what.split("\n")) {
            latest.addLast(PlainScreen.stamp() + "  " + line);
            if (latest.size() > LATEST) {
                latest.removeFirst();
            }
        }
        draw();
    }

    @Override
    public synchronized void print(String text) {
        erase();
        out.println(text);
        draw();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        draw();
        drawn = 0;
        table = List::of;
        latest.clear();
    }

    private synchronized void drawAgainAndAgain() {
        try {
            while (!closed) {
                draw();
                wait(REDRAW_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void draw() {
        List<String> rows = table.get();
        if (rows.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>(rows.subList(0, Math.min(rows.size(), Math.max(1, height - LATEST - 3))));
        if (lines.size() < rows.size()) {
            lines.add("... and " + (rows.size() - lines.size()) + " more");
        }
        lines.add("");
        lines.addAll(latest);
        erase();
        out.print(NO_WRAP);
        lines.forEach(out::println);
        out.print(WRAP);
        out.flush();
        drawn = lines.size();
    }

    private void erase() {
        if (drawn > 0) {
            out.printf(START_OF_LINE_ABOVE, drawn);
            drawn = 0;
        }
        out.print(CLEAR_TO_END_OF_SCREEN);
    }
}

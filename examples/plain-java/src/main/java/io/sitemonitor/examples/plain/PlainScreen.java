package io.sitemonitor.examples.plain;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Supplier;

/** Line after line, for files, pipes and other programs. */
final class PlainScreen implements Screen {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintStream out;

    PlainScreen(PrintStream out) {
        this.out = out;
    }

    @Override
    public void show(Supplier<List<String>> table) {
        // what has changed is told line by line
    }

    @Override
    public void tell(String what) {
        out.println(stamp() + "  " + what);
        out.flush();
    }

    @Override
    public void print(String text) {
        out.println(text);
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }

    static String stamp() {
        return LocalTime.now(ZoneId.systemDefault()).format(FORMAT);
    }
}

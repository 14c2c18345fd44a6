package io.sitemonitor.examples.plain;

import java.util.List;
import java.util.function.Supplier;

/** Where the program tells what happens. Safe for use by any number of threads. */
interface Screen extends AutoCloseable {

    /** Shows a table if this is the kind of screen that can; asks for it again and again. */
    void show(Supplier<List<String>> table);

    /** Tells something that happened, with the time. */
    void tell(String what);

    /** Shows lines as they are. */
    void print(String text);

    @Override
    void close();
}

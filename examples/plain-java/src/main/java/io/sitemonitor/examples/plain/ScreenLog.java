package io.sitemonitor.examples.plain;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Puts what is logged on the screen, so that it does not run through the table. */
final class ScreenLog extends OutputStream {

    private final Screen screen;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(); // guarded by this

    ScreenLog(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void write(int b) {
        String whole;
        synchronized (this) {
            if (b != '\n') {
                line.write(b);
                return;
            }
            whole = line.toString(StandardCharsets.UTF_8);
            line.reset();
        }
        screen.tell("log     " + whole.strip());
    }
}

package io.sitemonitor.examples.plain;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What can be found out about the terminal in plain Java. */
final class Terminal {

    private static final int USUAL_HEIGHT = 24;

    private Terminal() {}

    /** Tells whether somebody looks at the output who can see it move. */
    static boolean isPresent() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            // since Java 22 there always is a console, and this tells whether it is a terminal
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Returns how many lines it has; 24 if nobody knows. */
    static int height() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .start();
            if (stty.waitFor(1, TimeUnit.SECONDS) && stty.exitValue() == 0) {
                String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                int lines = Integer.parseInt(size.substring(0, size.indexOf(' ')));
                return lines > 0 ? lines : USUAL_HEIGHT;
            }
        } catch (IOException | RuntimeException e) {
            return USUAL_HEIGHT; // no such command here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return USUAL_HEIGHT;
    }
}

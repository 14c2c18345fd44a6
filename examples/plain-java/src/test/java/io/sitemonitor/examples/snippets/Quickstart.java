package io.sitemonitor.examples.snippets;

// tag::quickstart
import io.sitemonitor.Monitor;
import io.sitemonitor.check.http.HttpCheck;
import java.io.IOException;
import java.time.Duration;

public class Quickstart {
    public static void main(String[] args) throws IOException {
        try (Monitor monitor = Monitor.named("quickstart")
                .check("site", HttpCheck.get(args[0]), c -> c.every(Duration.ofSeconds(5)))
                .onStateChange(change -> System.out.println(change.check() + " is " + change.to()))
                .alert(alert -> System.out.println(alert.summary()))
                .start()) {
            System.in.read(); // until Enter
        }
    }
}
// end::quickstart

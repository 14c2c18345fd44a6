package io.sitemonitor.examples.spring;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A shop that watches the pages it depends on; what it watches stands in {@code application.yml}. */
@SpringBootApplication
public class ShopApplication {

    /**
     * Starts the shop.
     *
     * @param arguments properties, such as {@code --server.port=8081}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }

    /** A check of our own: the name of the bean is that of the check, and {@code application.yml} may say how often. */
    @Bean
    Check memory() {
        return context -> {
            Runtime runtime = Runtime.getRuntime();
            long free = (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory()) / (1024 * 1024);
            return free > 32 ? CheckResult.pass(free + " MB free") : CheckResult.warn("only " + free + " MB free");
        };
    }
}

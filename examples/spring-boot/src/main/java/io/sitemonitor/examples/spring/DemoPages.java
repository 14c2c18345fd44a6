package io.sitemonitor.examples.spring;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Stands for the services that the shop depends on, so that the example needs no network. */
@RestController
class DemoPages {

    private static final int TURN = 10;

    private final AtomicInteger searches = new AtomicInteger();

    /** Is always fine. */
    @GetMapping("/demo/catalog")
    String catalog() {
        return "Welcome to the catalog";
    }

    /** Answers ten times, fails ten times, and so on. */
    @GetMapping("/demo/search")
    ResponseEntity<String> search() {
        boolean fine = searches.getAndIncrement() / TURN % 2 == 0;
        return fine
                ? ResponseEntity.ok("3 results")
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body("the index is being rebuilt");
    }
}

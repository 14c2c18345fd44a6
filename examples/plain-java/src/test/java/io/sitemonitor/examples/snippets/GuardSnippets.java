package io.sitemonitor.examples.snippets;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.sitemonitor.Monitor;
import io.sitemonitor.check.http.HttpCheck;
import io.sitemonitor.guard.CallRefusedException;
import io.sitemonitor.guard.Guard;
import io.sitemonitor.guard.GuardInterceptor;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The code in the guide about guards; a test compares the two. */
final class GuardSnippets {

    private GuardSnippets() {}

    record Order(String id) {}

    record Receipt(String id) {}

    interface PaymentClient {

        Receipt pay(Order order) throws IOException;

        CompletionStage<Receipt> payLater(Order order);
    }

    static Guard join() {
        // tag::guard
        CircuitBreaker payments = CircuitBreaker.ofDefaults("payments"); // the one that your calls use
        Guard guard = Guard.of("payments-api", payments); // the check, and its breaker
        Monitor monitor = Monitor.named("shop")
                .check("payments-api", HttpCheck.get("https://pay.example/health"))
                .listener(guard) // the check moves the breaker
                .start();
        guard.feed(monitor::report); // and the calls count as runs of the check
        // end::guard
        return guard;
    }

    static Receipt call(Guard guard, PaymentClient client, Order order) throws IOException {
        // tag::guard-call
        try {
            return guard.call(() -> client.pay(order));
        } catch (CallNotPermittedException e) {
            return new Receipt("to be paid later"); // it is down: nobody waited for a timeout
        }
        // end::guard-call
    }

    static int http(Guard guard) throws IOException {
        // tag::guard-http
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(GuardInterceptor.of(guard).failOn(status -> status >= 500 || status == 429))
                .build();
        Request request = new Request.Builder().url("https://pay.example/rates").build();
        try (Response response = http.newCall(request).execute()) {
            return response.code();
        } catch (CallRefusedException e) {
            return 503; // an IOException, as OkHttp wants it
        }
        // end::guard-http
    }

    static CompletionStage<Receipt> own(CircuitBreaker payments, PaymentClient client, Order order) {
        // tag::guard-own
        return payments.executeCompletionStage(() -> client.payLater(order));
        // end::guard-own
    }
}

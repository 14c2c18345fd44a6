package io.sitemonitor.alert.internal;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertPolicyBuilder;
import io.sitemonitor.alert.AsyncAlertListener;
import io.sitemonitor.alert.RetryAlertException;
import io.sitemonitor.alert.UndeliverableAlertException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A listener that has many alerts on their way at once. */
class AsyncListenerTest {

    private final RouterStage stage = new RouterStage();
    private final Destination destination = new Destination();

    /** Answers when the test says so. */
    private static final class Destination implements AsyncAlertListener {
        private final List<String> calls = new ArrayList<>();
        private final List<CompletableFuture<Void>> answers = new ArrayList<>();
        private Thrown atOnce = () -> {};
        private int most = 3;

        @Override
        public CompletionStage<?> deliver(Alert alert) throws Exception {
            calls.add(alert.check() + " " + alert.kind());
            CompletableFuture<Void> answer = new CompletableFuture<>();
            answers.add(answer);
            atOnce.run();
            return answer;
        }

        void answersAtOnce() {
            atOnce = () -> answers.get(answers.size() - 1).complete(null);
        }

        @Override
        public int mostAtOnce() {
            return most;
        }
    }

    private interface Thrown {
        void run() throws Exception;
    }

    private void listen(Consumer<AlertPolicyBuilder> options) {
        stage.listen("async", destination, options);
    }

    private void answer(int call) {
        destination.answers.get(call).complete(null);
        stage.advance(Duration.ZERO);
    }

    private void fail(int call, Exception reason) {
        destination.answers.get(call).completeExceptionally(reason);
        stage.advance(Duration.ZERO);
    }

    @Test
    @DisplayName("P6: many checks at once, of each check one, in order")
    void manyAtOnce() {
        listen(p -> {});
        stage.down("a");
        stage.up("a");
        stage.down("b", "c", "d");
        assertThat(destination.calls).containsExactly("a DOWN", "b DOWN", "c DOWN");
        answer(1);
        assertThat(destination.calls).as("there is room for one more").endsWith("d DOWN");
        answer(0);
        assertThat(destination.calls).endsWith("a RECOVERED");
        answer(2);
        answer(3);
        answer(4);
        assertThat(destination.calls).hasSize(5);
        assertThat(stage.router().waiting()).isZero();
        assertThat(stage.kept())
                .as("what is open is kept, what was told is not")
                .isEqualTo(3);
    }

    @Test
    void offersAgainWhatHasFailed() {
        listen(p -> p.retry(ofSeconds(1), ofMinutes(1)));
        stage.down("a", "b");
        fail(0, new IOException("away"));
        fail(1, new RetryAlertException("busy", ofSeconds(30)));
        stage.advance(ofSeconds(2));
        assertThat(destination.calls).containsExactly("a DOWN", "b DOWN", "a DOWN");
        answer(2);
        stage.advance(ofSeconds(28));
        assertThat(destination.calls).hasSize(4).endsWith("b DOWN");
        answer(3);
        assertThat(stage.router().waiting()).isZero();
    }

    @Test
    void givesUpWhatIsRefused() {
        listen(p -> {});
        stage.down("a");
        fail(0, new UndeliverableAlertException("no word for it"));
        assertThat(stage.deadLetters().list())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).contains("no word for it"));
        assertThat(stage.router().waiting()).isZero();
    }

    @Test
    @DisplayName("P4: an answer that does not come is cancelled, and counts no more when it comes")
    void cancelsWhatIsLate() {
        listen(p -> p.timeout(ofSeconds(5)));
        stage.down("a");
        stage.advance(ofMillis(4_999));
        assertThat(destination.answers.get(0)).isNotDone();
        stage.advance(ofMillis(1));
        assertThat(destination.answers.get(0)).isCancelled();
        stage.advance(ofMinutes(1));
        assertThat(destination.calls).hasSizeGreaterThan(1).containsOnly("a DOWN");
        assertThat(stage.router().waiting()).isOne();
        destination.answersAtOnce();
        stage.advance(ofMinutes(5));
        assertThat(stage.router().waiting()).isZero();
    }

    @Test
    @DisplayName("P4: a destination that answers nothing holds back no more than it has room for, and nobody else")
    void holdsBackNobodyElse() {
        listen(p -> {});
        List<String> other = new ArrayList<>();
        stage.listen("other", alert -> other.add(alert.check()), p -> {});
        stage.down("a", "b", "c", "d", "e");
        assertThat(destination.calls).hasSize(3);
        assertThat(other).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    @DisplayName("P23: what throws, or gives nothing back, is a failure like any other")
    void throwsItself() {
        destination.atOnce = () -> {
            throw new StackOverflowError("at once");
        };
        listen(p -> {});
        stage.listen("null", nothing(), p -> {});
        stage.down("a");
        assertThat(stage.router().waiting()).isEqualTo(2);
        destination.atOnce =
                () -> destination.answers.get(destination.answers.size() - 1).complete(null);
        stage.advance(ofMinutes(5));
        assertThat(stage.router().waiting()).isOne();
        assertThat(stage.events())
                .anySatisfy(event -> assertThat(event.toString()).contains("StackOverflowError: at once"))
                .anySatisfy(event -> assertThat(event.toString()).contains("deliver returned null"));
    }

    @SuppressWarnings("NullAway") // which is the point
    private static AsyncAlertListener nothing() {
        return alert -> null;
    }

    @Test
    @DisplayName("P4: while handing over blocks, what was handed over before is answered")
    void handsOverSlowly() {
        destination.atOnce = () -> stage.time().take(ofSeconds(3));
        listen(p -> p.timeout(ofSeconds(5)));
        stage.down("a", "b");
        stage.advance(ofMinutes(1));
        assertThat(destination.calls).contains("a DOWN", "b DOWN");
        destination.atOnce =
                () -> destination.answers.get(destination.answers.size() - 1).complete(null);
        stage.advance(ofMinutes(5));
        assertThat(stage.router().waiting()).isZero();
    }

    @Test
    void asksTheFilterOfEach() {
        destination.most = 10;
        listen(p -> p.when(alert -> !alert.check().equals("b")));
        stage.down("a", "b", "c");
        assertThat(destination.calls).containsExactly("a DOWN", "c DOWN");
        answer(0);
        answer(1);
        stage.up("b");
        assertThat(stage.router().waiting()).isZero();
        assertThat(destination.calls).hasSize(2);
    }

    @Test
    @DisplayName("P23: an answer that blocks when it is cancelled takes nobody's place")
    void outlivesACancelThatBlocks() {
        stage.listen("blocking", cancelledFor(ofMinutes(10)), p -> p.timeout(ofSeconds(5)));
        List<String> other = new ArrayList<>();
        stage.listen("other", alert -> other.add(alert.check()), p -> {});
        stage.down("a");
        stage.advance(ofSeconds(8));
        stage.down("b");
        assertThat(destination.calls).hasSize(2);
        assertThat(other).containsExactly("a", "b");
    }

    /** The first answer blocks when it is cancelled, and what is delivered after it blocks, too. */
    private AsyncAlertListener cancelledFor(Duration time) {
        return alert -> {
            if (destination.calls.size() == 1) {
                stage.time().take(time);
            }
            destination.calls.add(alert.check());
            return new CompletableFuture<Void>() {
                @Override
                public boolean cancel(boolean mayInterrupt) {
                    stage.time().take(time);
                    return super.cancel(mayInterrupt);
                }
            };
        };
    }

    @Test
    void looksBehindTheExceptionOfAChain() {
        AsyncAlertListener chained = alert -> CompletableFuture.failedFuture(new UndeliverableAlertException("no word"))
                .thenApply(never -> never);
        stage.listen("chained", chained, p -> {});
        stage.down("a");
        assertThat(stage.deadLetters().list())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).contains("no word"));
    }

    @Test
    @DisplayName("P11: closing waits for answers, and gives up and cancels the rest")
    void waitsAtTheEnd() {
        listen(p -> {});
        stage.down("a", "b");
        stage.time()
                .at(stage.now().plusSeconds(1), () -> destination.answers.get(0).complete(null));
        int left = stage.router().close(ofSeconds(4));
        stage.advance(Duration.ZERO);
        assertThat(left).isOne();
        assertThat(destination.answers.get(1)).isCancelled();
    }

    @Test
    @DisplayName("P5: what was on its way goes out again after a kill")
    void goesOutAgain() {
        listen(p -> {});
        stage.down("a", "b");
        answer(0);
        stage.kill();
        assertThat(destination.calls).containsExactly("a DOWN", "b DOWN", "b DOWN");
    }

    @Test
    void refusesAnAbsurdNumber() {
        destination.most = 0;
        listen(p -> {});
        assertThatThrownBy(stage::router)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mostAtOnce of alert listener 'async' must be from 1 to 10000, but was 0");
    }

    @Test
    void canBeCalledAsAnyOther() throws Exception {
        destination.atOnce =
                () -> destination.answers.get(destination.answers.size() - 1).complete(null);
        destination.onAlert(SOME);
        destination.atOnce = () ->
                destination.answers.get(destination.answers.size() - 1).completeExceptionally(new IOException("away"));
        assertThatThrownBy(() -> destination.onAlert(SOME))
                .isInstanceOf(IOException.class)
                .hasMessage("away");
        destination.atOnce = () -> Thread.currentThread().interrupt();
        assertThatThrownBy(() -> destination.onAlert(SOME)).isInstanceOf(InterruptedException.class);
        assertThat(destination.answers.get(2)).isCancelled();
    }

    private static final Alert SOME = new RouterStage().alert("a", io.sitemonitor.alert.AlertKind.DOWN);
}

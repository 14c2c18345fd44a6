package io.sitemonitor.check.jdbc;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sitemonitor.Monitor;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.FixedContext;
import io.sitemonitor.check.Verdict;
import io.sitemonitor.state.HealthState;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that are ended from outside, and what blocks nevertheless. */
@Timeout(60)
class JdbcCancellingTest {

    private final MemoryDatabase database = new MemoryDatabase();
    private final TrickyDataSource source = new TrickyDataSource(database.source());
    private final JdbcCheck valid = JdbcCheck.of(source);
    private final JdbcCheck query = JdbcCheck.of(source).query("select 1").expect(RowExpectation.is("1"));

    @AfterEach
    void everyConnectionWasClosedOnce() throws SQLException {
        assertThat(source.allAreClosed()).isTrue();
        assertThat(source.count("Connection.close")).isLessThanOrEqualTo(source.count("DataSource.getConnection"));
        database.close();
    }

    @Test
    void anInterruptThatAPoolHidesIsKept() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        source.on("DataSource.getConnection", real -> {
            try {
                never.await();
                return null;
            } catch (InterruptedException e) {
                throw new SQLException("no connection", e);
            }
        });
        AtomicBoolean flag = new AtomicBoolean();
        FutureTask<CheckResult> task = new FutureTask<>(() -> {
            CheckResult result = query.run(FixedContext.of(ofMinutes(10)));
            flag.set(Thread.currentThread().isInterrupted());
            return result;
        });
        Thread thread = new Thread(task);
        thread.start();
        await().until(() -> source.count("DataSource.getConnection") == 1);

        thread.interrupt();

        assertThat(task.get(20, TimeUnit.SECONDS).summary()).isEqualTo("INCONCLUSIVE: the run was interrupted");
        assertThat(flag).isTrue();
    }

    @Test
    void aConnectionThatComesTooLateIsGivenBackUnused() {
        FixedContext context = FixedContext.of(ofMinutes(10));
        source.on("DataSource.getConnection", real -> {
            context.cancel();
            return real.call();
        });

        assertThat(query.run(context).summary()).isEqualTo("INCONCLUSIVE: the run was ended from outside");
        assertThat(source.calls()).doesNotContain("Connection.prepareStatement").contains("Connection.close");
    }

    @Test
    @DisplayName(
            "P16, P23: a data source that blocks for ever harms no other check, and what it gives then is given back")
    void aDataSourceThatBlocksForEverHarmsNobody() {
        CountDownLatch wakeUp = new CountDownLatch(1);
        source.on("DataSource.getConnection", real -> {
            while (wakeUp.getCount() > 0) {
                try {
                    wakeUp.await();
                } catch (InterruptedException e) {
                    // as some do
                }
            }
            return real.call();
        });
        try (Monitor monitor = Monitor.named("test")
                .closeWithin(ofMillis(500))
                .defaults(c -> c.every(ofMillis(100)).timeout(ofMillis(200)).downAfter(2))
                .check("blocked", query)
                .check("other", JdbcCheck.of(database.source()).query("select 1"))
                .start()) {
            await().until(() -> monitor.stateOf("blocked") == HealthState.DOWN && monitor.isUp("other"));
            wakeUp.countDown();
            await().until(() -> source.count("Connection.close") == source.count("DataSource.getConnection")
                    && monitor.stateOf("blocked") == HealthState.UP);
        }
        await().until(() -> source.count("Connection.close") == source.count("DataSource.getConnection"));
    }

    @Test
    @DisplayName("P16: a query without end is cancelled by the engine, though its driver knows whole seconds only")
    void aQueryWithoutEndIsCancelled() {
        source.on("PreparedStatement.setQueryTimeout", real -> null);
        try (Monitor monitor = Monitor.named("test")
                .closeWithin(ofSeconds(5))
                .defaults(c -> c.every(ofMillis(100)).timeout(ofMillis(200)).downAfter(2))
                .check("endless", valid.query(MemoryDatabase.ENDLESS))
                .start()) {
            await().until(() -> monitor.stateOf("endless") == HealthState.DOWN);
        }
        await().until(() -> source.count("PreparedStatement.cancel") > 0
                && source.count("Connection.close") == source.count("DataSource.getConnection"));
    }

    /** By then the connection may work for somebody else. */
    @Test
    void isNotCancelledOnceItsStatementWasLetGo() throws Exception {
        CountDownLatch cancelling = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        FixedContext context = FixedContext.of(ofMinutes(10));
        source.on("PreparedStatement.executeQuery", real -> {
            cancelling.await();
            throw new SQLException("cancelled", "57014");
        });
        source.on("PreparedStatement.cancel", real -> {
            cancelling.countDown();
            cancelled.await();
            return null;
        });
        FutureTask<CheckResult> task = new FutureTask<>(() -> query.run(context));
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        await().until(context::canBeCancelled);
        FutureTask<Void> cancel = inBackground(() -> {
            context.cancel();
            return null;
        });
        await().until(() ->
                thread.getState() == Thread.State.WAITING && cancelling.getCount() == 0 && isLettingGo(thread));

        assertThat(source.calls()).doesNotContain("PreparedStatement.close", "Connection.close");
        cancelled.countDown();

        assertThat(task.get(20, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        cancel.get(20, TimeUnit.SECONDS);
        assertThat(source.calls())
                .containsSubsequence("PreparedStatement.cancel", "PreparedStatement.close", "Connection.close");

        source.forget();
        context.cancel();
        assertThat(source.calls()).isEmpty();
    }

    private static boolean isLettingGo(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals("letGo")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aDriverThatCannotCancelHarmsNothing() throws Exception {
        FixedContext context = FixedContext.of(ofSeconds(30));
        CountDownLatch cancelled = new CountDownLatch(1);
        source.on("PreparedStatement.executeQuery", real -> {
            cancelled.await();
            return real.call();
        });
        source.on("PreparedStatement.cancel", real -> {
            cancelled.countDown();
            throw new SQLFeatureNotSupportedException("cancel");
        });
        FutureTask<CheckResult> task = inBackground(() -> query.run(context));
        await().until(context::canBeCancelled);

        context.cancel();

        assertThat(task.get(20, TimeUnit.SECONDS).summary()).isEqualTo("INCONCLUSIVE: the run was ended from outside");
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}

package io.sitemonitor.examples.snippets;

import io.sitemonitor.Monitor;
import io.sitemonitor.MonitorBuilder;
import io.sitemonitor.alert.Recipients;
import io.sitemonitor.alert.email.EmailListener;
import io.sitemonitor.store.file.FileStore;
import io.sitemonitor.store.jdbc.JdbcStore;
import java.nio.file.Path;
import javax.sql.DataSource;

/** The code in the guide about restarts; a test compares the two. */
final class RestartSnippets {

    private RestartSnippets() {}

    static MonitorBuilder kept() {
        // tag::restarts
        MonitorBuilder monitor = Monitor.named("shop")
                .store(FileStore.in(Path.of("/var/lib/shop/monitor")))
                .alert(EmailListener.smtp("smtp://mail.internal").to(Recipients.fromContact()), p -> p.named("mail"));
        // end::restarts
        return monitor;
    }

    static MonitorBuilder keptInDatabase(DataSource dataSource) {
        // tag::restarts-jdbc
        MonitorBuilder monitor = Monitor.named("shop")
                .store(JdbcStore.in(dataSource))
                .alert(EmailListener.smtp("smtp://mail.internal").to(Recipients.fromContact()), p -> p.named("mail"));
        // end::restarts-jdbc
        return monitor;
    }
}

package io.sitemonitor.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of database that can tell whether a session of theirs has ended. A session is written as what tells it from all
 * others, of earlier and of other servers, too; who cannot find the session that is asked about, but might not see it, does not
 * know. Stateless.
 */
enum Database {
    POSTGRESQL("postgresql.sql", """
            select cast(pid as varchar) || '/' || cast(extract(epoch from backend_start) as varchar)
            from pg_stat_activity where pid = pg_backend_pid()""", """
            select count(*) from pg_stat_activity where cast(pid as varchar) = ? and (backend_start is null
                or cast(pid as varchar) || '/' || cast(extract(epoch from backend_start) as varchar) = ?)"""),
    // shows the sessions of other users only to the privileged, and those of other servers to nobody
    MYSQL("mysql.sql", "select concat(connection_id(), '/', @@hostname, '/', @@port, '/', current_user())", """
            select count(*) from information_schema.processlist where cast(id as char) = ?
                or instr(?, concat('/', @@hostname, '/', @@port, '/', current_user())) = 0"""),
    // shows other sessions only to administrators
    H2("h2.sql", """
            select session_id || '/' || session_start from information_schema.sessions where session_id = session_id()""", """
            select count(*) from information_schema.sessions
            where cast(session_id as varchar) = ? and session_id || '/' || session_start = ? or not exists (
                select 1 from information_schema.users where user_name = current_user and is_admin)"""),
    OTHER(null, "", "");

    private static final String UNKNOWN = "";

    private final @Nullable String file;
    private final String session;
    private final String sameSession;

    Database(@Nullable String file, String session, String sameSession) {
        this.file = file;
        this.session = session;
        this.sameSession = sameSession;
    }

    static Database of(String product) {
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> POSTGRESQL;
            case "mysql", "mariadb" -> MYSQL;
            case "h2" -> H2;
            default -> OTHER;
        };
    }

    /** The statement that makes the table; null if there is none for this kind. */
    @Nullable
    String creation(String table) {
        if (file == null) {
            return null;
        }
        try (InputStream in = JdbcStore.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing beside " + JdbcStore.class.getName());
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("(?m)^--.*\n", "")
                    .replace(JdbcStore.DEFAULT_TABLE, table)
                    .replace(";", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where to find how the table is made. */
    String advice() {
        String name = file == null ? "postgresql.sql, mysql.sql and h2.sql" : file;
        return name + " beside " + JdbcStore.class.getName() + (file == null ? " show how" : " makes it");
    }

    /** Names the session of this connection; empty if that cannot be done. */
    String session(Session on) throws SQLException {
        return ask(on, session);
    }

    /** Tells whether a session that was named by any connection is known to have ended. */
    boolean hasEnded(Session on, String named) throws SQLException {
        return !named.equals(UNKNOWN)
                && ask(on, sameSession, named.split("/", 2)[0], named).equals("0");
    }

    private String ask(Session on, String sql, String... parameters) throws SQLException {
        if (this == OTHER) {
            return UNKNOWN;
        }
        try {
            return Objects.requireNonNullElse(on.text(sql, parameters), UNKNOWN);
        } catch (SQLException e) {
            on.rollback(); // an old one of the kind, or a relative that cannot be asked
            return UNKNOWN;
        }
    }
}

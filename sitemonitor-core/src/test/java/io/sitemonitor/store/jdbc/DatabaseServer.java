package io.sitemonitor.store.jdbc;

import io.sitemonitor.check.RealServer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database server of our own. It does not run as root, as these servers refuse to. */
public final class DatabaseServer implements AutoCloseable {

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final RealServer server;
    private final String url;

    private DatabaseServer(RealServer server, String url) {
        this.server = server;
        this.url = url;
    }

    /** Starts PostgreSQL with a database {@code postgres} of the user {@code shop}, who needs no password. */
    public static DatabaseServer postgresql(Path directory, String... settings) throws Exception {
        Path data = ownFolder(directory, "postgres");
        String initdb = RealServer.program("initdb", "postgresql").toString();
        run(directory, as("postgres", initdb, "-D", data.toString(), "-U", "shop", "-A", "trust", "-E", "UTF8", "-N"));
        return startPostgresql(directory, data, settings);
    }

    private static DatabaseServer startPostgresql(Path directory, Path data, String... settings) throws Exception {
        String program = RealServer.program("postgres", "postgresql").toString();
        List<String> command = as("postgres", program, "-D", data.toString(), "-h", "127.0.0.1", "-k", "");
        for (String setting : settings) {
            command.addAll(List.of("-c", setting));
        }
        String[] port = {""};
        RealServer server = RealServer.start(
                directory,
                command.get(0),
                "util-linux",
                free -> {
                    port[0] = Integer.toString(free);
                    List<String> words = new ArrayList<>(command.subList(1, command.size()));
                    words.addAll(List.of("-p", port[0]));
                    return words;
                },
                free -> answers(postgresqlUrl(free)));
        return new DatabaseServer(server, postgresqlUrl(server.port()));
    }

    private static String postgresqlUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=shop";
    }

    /** Starts MariaDB with a database {@code shop}, whose user is root and needs no password. */
    public static DatabaseServer mariadb(Path directory) throws Exception {
        Path data = ownFolder(directory, "mysql");
        List<String> install = new ArrayList<>(List.of(
                RealServer.program("mariadb-install-db", "mariadb-server").toString(),
                "--no-defaults",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--datadir=" + data));
        if (ROOT) {
            install.add("--user=mysql");
        }
        run(directory, install);
        RealServer server = RealServer.start(
                directory,
                "mariadbd",
                "mariadb-server",
                port -> {
                    List<String> words = new ArrayList<>(List.of(
                            "--no-defaults",
                            "--datadir=" + data,
                            "--port=" + port,
                            "--bind-address=127.0.0.1",
                            "--socket=" + data.resolve("socket"),
                            "--pid-file=" + data.resolve("pid"),
                            "--innodb-buffer-pool-size=32M"));
                    if (ROOT) {
                        words.add("--user=mysql");
                    }
                    return words;
                },
                port -> answers(mariadbUrl(port, "mysql")));
        try (Connection connection =
                        dataSource(mariadbUrl(server.port(), "mysql")).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database shop");
        }
        return new DatabaseServer(server, mariadbUrl(server.port(), "shop"));
    }

    private static String mariadbUrl(int port, String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?user=root&sslMode=disable";
    }

    /** A data source of a URL that names its user. */
    public static DataSource dataSource(String url) throws SQLException {
        if (url.startsWith("jdbc:mariadb:")) {
            return new MariaDbDataSource(url);
        }
        if (url.startsWith("jdbc:h2:")) {
            JdbcDataSource dataSource = new JdbcDataSource();
            dataSource.setURL(url);
            dataSource.setUser("sa");
            return dataSource;
        }
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        return dataSource;
    }

    private static boolean answers(String url) {
        try (Connection connection = dataSource(url).getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    public String url() {
        return url;
    }

    public DataSource dataSource() throws SQLException {
        return dataSource(url);
    }

    private static Path ownFolder(Path directory, String user) throws Exception {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        if (ROOT) {
            Files.getFileAttributeView(data, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setOwner(directory
                            .getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(user));
        }
        return data;
    }

    /** The words that run a command as somebody else if we are root, in the same process. */
    private static List<String> as(String user, String... command) {
        List<String> words = new ArrayList<>(List.of("setpriv", "--no-new-privs"));
        if (ROOT) {
            words.addAll(List.of("--reuid", user, "--regid", user, "--clear-groups"));
        }
        words.addAll(List.of(command));
        return words;
    }

    private static void run(Path directory, List<String> command) throws Exception {
        Path log = directory.resolve("preparation");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " failed: " + Files.readString(log));
        }
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
    }
}

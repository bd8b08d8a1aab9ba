package dev.nightjar.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs statements, each in a transaction of its own. */
public final class Database implements AutoCloseable {

    /** What a node needs: requests seldom ask, and writers gather what they write. */
    private static final int MAX_CONNECTIONS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String USER = "nightjar";
    private static final String UNIQUE_VIOLATION = "23505";

    /**
     * Reads a row.
     *
     * @param <T> what it is read as
     */
    @FunctionalInterface
    public interface RowReader<T> {
        /** The row that {@code row} stands on. */
        T read(ResultSet row) throws SQLException;
    }

    private final HikariDataSource pool;

    private Database(HikariDataSource pool) {
        this.pool = pool;
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @throws StoreException if that fails
     */
    static Database open(StoreConfig config) {
        HikariDataSource pool = pool(config);
        try {
            Migrations.run(pool);
            return new Database(pool);
        } catch (RuntimeException failed) {
            pool.close();
            throw failed;
        }
    }

    private static HikariDataSource pool(StoreConfig config) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("store");
        pool.setMaximumPoolSize(MAX_CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        if (config.server().isPresent()) {
            return ServerPool.open(pool, config.server().get());
        }
        pool.setUsername(USER);
        return EmbeddedPool.open(pool, config);
    }

    /** All rows that a query finds. */
    public <T> List<T> query(RowReader<T> reader, String sql, Object... values) {
        return run(
                sql,
                values,
                statement -> {
                    List<T> rows = new ArrayList<>();
                    try (ResultSet found = statement.executeQuery()) {
                        while (found.next()) {
                            rows.add(reader.read(found));
                        }
                    }
                    return rows;
                });
    }

    /** Changes rows, and returns how many. */
    public int update(String sql, Object... values) {
        return run(sql, values, PreparedStatement::executeUpdate);
    }

    /** Adds a row, and returns whether there was none with its key. */
    public boolean insert(String sql, Object... values) {
        try {
            return update(sql, values) == 1;
        } catch (StoreException failed) {
            if (failed.getCause() instanceof SQLException refused
                    && UNIQUE_VIOLATION.equals(refused.getSQLState())) {
                return false;
            }
            throw failed;
        }
    }

    /** An interrupted thread would close the embedded database's file under all others. */
    private <T> T run(String sql, Object[] values, Work<T> work) {
        boolean isInterrupted = Thread.interrupted();
        try {
            return runUninterrupted(sql, values, work);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T runUninterrupted(String sql, Object[] values, Work<T> work) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return work.run(statement);
        } catch (SQLException failed) {
            throw new StoreException(
                    "the database failed: SQL state %s".formatted(failed.getSQLState()), failed);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(PreparedStatement statement) throws SQLException;
    }
}

package dev.nightjar.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.SQLException;

/** Connections to a database server. */
final class ServerPool {

    private ServerPool() {}

    /**
     * Opens them.
     *
     * @throws StoreException if the server cannot be reached or refuses
     */
    static HikariDataSource open(HikariConfig pool, DatabaseServer server) {
        pool.setDriverClassName("org.postgresql.Driver");
        pool.setJdbcUrl(server.url());
        server.user().ifPresent(pool::setUsername);
        server.readPassword().ifPresent(pool::setPassword);
        try {
            return new HikariDataSource(pool);
        } catch (PoolInitializationException refused) {
            String reason =
                    refused.getCause() instanceof SQLException sql
                            ? sql.getMessage()
                            : "no connection";
            throw new StoreException(
                    "the database %s cannot be used: %s; see store.url, store.user and"
                                    .formatted(server, reason)
                            + " store.password_file of the configuration",
                    refused);
        }
    }
}

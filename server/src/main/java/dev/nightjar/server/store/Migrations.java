package dev.nightjar.server.store;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * Brings the tables of a database up to date, by the SQL files beside this class. They are named
 * here, as nothing inside a module can be found by searching for it.
 */
final class Migrations {

    /** In their order; one that was released is never changed. */
    private static final List<String> FILES = List.of("V1__tokens_usage_audit.sql");

    /** It warns of databases that are newer than itself. Held here, or its level would be lost. */
    private static final Logger LOGGER = Logger.getLogger("org.flywaydb");

    private Migrations() {}

    /**
     * Runs those that the database has not seen; waits while another node does.
     *
     * @throws StoreException if one fails
     */
    static void run(DataSource database) {
        LOGGER.setLevel(Level.SEVERE);
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(database)
                    .table("schema_history")
                    .resourceProvider(new Files())
                    .javaMigrationClassProvider(List::of)
                    .skipDefaultResolvers(false)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw new StoreException(
                    "the tables of the database cannot be brought up to date: "
                            + failed.getMessage().strip().replaceAll("\\s*\\R\\s*", " "),
                    failed);
        }
    }

    private static final class Files implements ResourceProvider {

        @Override
        public LoadableResource getResource(String name) {
            return FILES.contains(name) ? new SqlFile(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return FILES.stream()
                    .filter(name -> name.startsWith(prefix))
                    .filter(name -> List.of(suffixes).stream().anyMatch(name::endsWith))
                    .map(name -> (LoadableResource) new SqlFile(name))
                    .toList();
        }
    }

    private static final class SqlFile extends LoadableResource {

        private final String name;

        SqlFile(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream file = Migrations.class.getResourceAsStream(name);
            return new InputStreamReader(
                    Optional.ofNullable(file)
                            .orElseThrow(() -> new IllegalStateException(name + " is missing")),
                    StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}

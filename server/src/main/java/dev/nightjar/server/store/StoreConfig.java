package dev.nightjar.server.store;

import dev.nightjar.engine.hub.store.ModelStore;
import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code store}: where things are kept, and how long.
 *
 * @param folder of the embedded database, and of its key unless that is elsewhere
 * @param keyFile holds the key of the embedded database
 * @param server another database, in place of the embedded one
 * @param usageRetention how long tokens used are kept
 * @param auditRetention how long the audit log is kept
 */
public record StoreConfig(
        Path folder,
        Path keyFile,
        Optional<DatabaseServer> server,
        Duration usageRetention,
        Duration auditRetention) {

    private static final Duration USAGE_RETENTION = Duration.ofDays(400);
    private static final Duration AUDIT_RETENTION = Duration.ofDays(365);
    private static final String KEY_FILE_NAME = "store.key";

    private static final Key<String> PATH =
            Key.text(
                    "path",
                    "Data folder with the encrypted database; data in NIGHTJAR_HOME, or"
                            + " ~/.nightjar/data, without it.");
    private static final Key<String> KEY_FILE =
            Key.text(
                    "key_file",
                    "File with the key of the encrypted database, made on first use; store.key in"
                            + " the data folder without it. The environment variable"
                            + " NIGHTJAR_STORE_KEY goes before it.");
    private static final Key<String> URL =
            Key.text(
                    "url",
                    "Database server for several nodes, such as jdbc:postgresql://db/nightjar; the"
                            + " encrypted database in the data folder without it.");
    private static final Key<String> USER = Key.text("user", "User of the database server.");
    private static final Key<String> PASSWORD_FILE =
            Key.text("password_file", "File with the password of that user.");
    private static final Key<String> PASSWORD =
            Key.text(
                    "password",
                    "The password itself; best as ${NAME} from the environment, or by password_file.");
    private static final Key<Duration> KEEP_USAGE =
            Key.duration("usage_retention", "How long tokens used are kept; 400d without it.");
    private static final Key<Duration> KEEP_AUDIT =
            Key.duration("audit_retention", "How long the audit log is kept; 365d without it.");

    /** What it may hold. */
    public static final KeySet KEYS =
            KeySet.of(PATH, KEY_FILE, URL, USER, PASSWORD_FILE, PASSWORD, KEEP_USAGE, KEEP_AUDIT);

    /** Reads the section. */
    public static StoreConfig read(Section section) {
        Path folder = section.get(PATH).map(StoreConfig::path).orElseGet(StoreConfig::home);
        return new StoreConfig(
                folder,
                section.get(KEY_FILE)
                        .map(StoreConfig::path)
                        .orElseGet(() -> folder.resolve(KEY_FILE_NAME)),
                server(section),
                section.get(KEEP_USAGE, USAGE_RETENTION),
                section.get(KEEP_AUDIT, AUDIT_RETENTION));
    }

    /** The embedded database in a folder. */
    public static StoreConfig in(Path folder) {
        return new StoreConfig(
                folder,
                folder.resolve(KEY_FILE_NAME),
                Optional.empty(),
                USAGE_RETENTION,
                AUDIT_RETENTION);
    }

    /** In another folder; a key that lies elsewhere stays there. */
    public StoreConfig withFolder(Path other) {
        boolean isKeyInside = keyFile.equals(folder.resolve(KEY_FILE_NAME));
        return new StoreConfig(
                other,
                isKeyInside ? other.resolve(KEY_FILE_NAME) : keyFile,
                server,
                usageRetention,
                auditRetention);
    }

    private static Optional<DatabaseServer> server(Section section) {
        if (section.has(PASSWORD) && section.has(PASSWORD_FILE)) {
            throw section.fault("password and password_file say the same; leave one out");
        }
        if (section.get(URL).isEmpty() && section.has(USER)) {
            throw section.fault("user is of no use without url");
        }
        return section.get(URL)
                .map(
                        url -> {
                            if (!url.startsWith(DatabaseServer.PREFIX)) {
                                throw section.fault(
                                        "url must begin with %s, found '%s'"
                                                .formatted(
                                                        DatabaseServer.PREFIX,
                                                        url.replaceAll("[?].*", "?…")));
                            }
                            return new DatabaseServer(
                                    url,
                                    section.get(USER),
                                    section.get(PASSWORD),
                                    section.get(PASSWORD_FILE).map(StoreConfig::path));
                        });
    }

    private static Path home() {
        return home(System.getenv());
    }

    static Path home(Map<String, String> environment) {
        return ModelStore.userFolder(environment).resolve("data");
    }

    private static Path path(String text) {
        return text.startsWith("~/")
                ? Path.of(System.getProperty("user.home"), text.substring(2))
                : Path.of(text);
    }
}

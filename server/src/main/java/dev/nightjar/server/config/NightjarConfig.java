package dev.nightjar.server.config;

import dev.nightjar.server.auth.AuthConfig;
import dev.nightjar.server.cache.CacheConfig;
import dev.nightjar.server.console.ConsoleConfig;
import dev.nightjar.server.fleet.Fleet;
import dev.nightjar.server.fleet.FleetConfig;
import dev.nightjar.server.fleet.FleetModelReader;
import dev.nightjar.server.limit.LimitConfig;
import dev.nightjar.server.observe.ObserveConfig;
import dev.nightjar.server.outbound.Outbound;
import dev.nightjar.server.store.StoreConfig;
import dev.nightjar.server.yaml.Key;
import dev.nightjar.server.yaml.KeySet;
import dev.nightjar.server.yaml.Section;
import dev.nightjar.server.yaml.YamlFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that {@code nightjar.yaml} can say. A file is optional, and so is every key in it.
 *
 * @param listen the section {@code server}
 * @param store the section {@code store}
 * @param console the section {@code console}
 * @param observe the section {@code observe}
 * @param engine the section {@code engine}
 * @param models the list {@code models}; none if it is not there
 * @param auth the section {@code auth}
 * @param limits the section {@code limits}
 * @param cache the section {@code cache}
 * @param outbound whether connections to other machines may be opened
 * @param reaches the machines that URLs of the file name
 */
public record NightjarConfig(
        ListenConfig listen,
        StoreConfig store,
        ConsoleConfig console,
        ObserveConfig observe,
        FleetConfig engine,
        Fleet models,
        AuthConfig auth,
        LimitConfig limits,
        CacheConfig cache,
        Outbound outbound,
        List<Reach> reaches) {

    private static final Key<Section> SERVER =
            Key.section(
                    "server",
                    ListenConfig.KEYS,
                    "Where the server listens, and how it treats requests.");
    private static final Key<Section> STORE =
            Key.section(
                    "store",
                    StoreConfig.KEYS,
                    "Where tokens, usage and the audit log are kept; see security.md.");
    private static final Key<Section> AUTH =
            Key.section("auth", AuthConfig.KEYS, "Who is let in; see security.md.");

    private static final Key<Section> CONSOLE =
            Key.section("console", ConsoleConfig.KEYS, "The web console.");
    private static final Key<Section> OBSERVE =
            Key.section(
                    "observe", ObserveConfig.KEYS, "What is logged, and when something is wrong.");
    private static final Key<Section> LIMITS =
            Key.section(
                    "limits",
                    LimitConfig.KEYS,
                    "How much callers may use, and where that is counted.");
    private static final Key<Section> CACHE =
            Key.section("cache", CacheConfig.KEYS, "Which results are kept and used again.");

    private static final Key<Section> ENGINE =
            Key.section("engine", FleetConfig.KEYS, "What all models share.");
    private static final Key<List<Section>> MODELS =
            Key.sections(
                    "models",
                    FleetModelReader.KEYS,
                    "The models to serve; the demo models without it. Models given by flags take"
                            + " their place.");
    private static final Key<Boolean> OFFLINE =
            Key.bool(
                    "offline",
                    "Open no connection to another machine, and refuse a configuration that needs"
                            + " one; false without it.");

    /** All sections. */
    public static final KeySet KEYS =
            KeySet.of(
                    SERVER, STORE, CONSOLE, OBSERVE, AUTH, LIMITS, CACHE, ENGINE, MODELS, OFFLINE);

    /** What holds without a file. */
    public static NightjarConfig defaults() {
        return of(Section.ABSENT);
    }

    /**
     * Reads a file.
     *
     * @throws dev.nightjar.server.yaml.ConfigException if it cannot be used
     */
    public static NightjarConfig read(Path file) {
        return of(YamlFile.read(file, KEYS));
    }

    /** Of a file that was read with {@link #KEYS}. */
    public static NightjarConfig of(Section file) {
        return new NightjarConfig(
                ListenConfig.read(file.section(SERVER)),
                StoreConfig.read(file.section(STORE)),
                ConsoleConfig.read(file.section(CONSOLE)),
                ObserveConfig.read(file.section(OBSERVE)),
                FleetConfig.read(file.section(ENGINE)),
                fleet(file),
                AuthConfig.read(file.section(AUTH)),
                LimitConfig.read(file.section(LIMITS)),
                CacheConfig.read(file.section(CACHE)),
                file.get(OFFLINE, false) ? Outbound.OFFLINE : Outbound.ALLOWED,
                Reach.of(file));
    }

    /**
     * Makes sure that the file names no machine that this process may not reach.
     *
     * @throws dev.nightjar.server.outbound.OfflineException if it does
     */
    public void requireReach(Outbound allowed) {
        reaches.forEach(reach -> allowed.require(reach.host(), reach.key()));
    }

    private static Fleet fleet(Section file) {
        try {
            return new Fleet(file.sections(MODELS).stream().map(FleetModelReader::read).toList());
        } catch (IllegalArgumentException twice) {
            throw file.fault("models: " + twice.getMessage());
        }
    }
}

package dev.nightjar.engine;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Which backends the tests run on. */
public final class ComputeBackends {

    private ComputeBackends() {}

    /**
     * The backend whose results this JVM checks: the build runs such tests at every width of
     * vectors, each in a JVM of its own, and the scalars in the one that forces no width.
     */
    public static Stream<String> ofThisRun() {
        return Stream.of(System.getProperty("nightjar.vector.bits") == null ? "scalar" : "vector");
    }

    /** Skips the test, saying why, where the backend cannot run at the width asked for. */
    public static void require(String name) {
        try (Backend backend = Backends.open(new BackendOptions(Optional.of(name), 1))) {
            System.Logger log = System.getLogger(ComputeBackends.class.getName());
            log.log(System.Logger.Level.DEBUG, "runs on {0}", backend.name());
        } catch (IllegalStateException refused) {
            Assumptions.abort("skipped: " + refused.getMessage());
        }
    }
}

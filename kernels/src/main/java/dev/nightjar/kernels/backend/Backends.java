package dev.nightjar.kernels.backend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Picks a backend once, coarsely, and says why. */
public final class Backends {

    private static final System.Logger LOG = System.getLogger(Backends.class.getName());

    private Backends() {}

    /**
     * Opens the named backend, or the available one of highest priority. Each refusal of a better
     * one is logged as one line that says what to do.
     *
     * @throws IllegalArgumentException if the name is unknown
     * @throws IllegalStateException if the named backend cannot run here
     */
    public static Backend open(BackendOptions options) {
        List<BackendProvider> providers = providers();
        int threads = options.threads() > 0 ? options.threads() : ProcessorCores.count();
        BackendOptions counted = options.withThreads(threads);
        if (options.name().isPresent()) {
            return openNamed(providers, options.name().get(), counted);
        }
        for (BackendProvider provider : providers) {
            var refusal = provider.refusal();
            if (refusal.isEmpty()) {
                return provider.open(counted);
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} backend: {1}",
                    provider.name(),
                    refusal.get());
        }
        throw new IllegalStateException("no compute backend is available in this installation");
    }

    private static Backend openNamed(
            List<BackendProvider> providers, String name, BackendOptions options) {
        for (BackendProvider provider : providers) {
            if (provider.name().equals(name)) {
                provider.refusal()
                        .ifPresent(
                                reason -> {
                                    throw new IllegalStateException(
                                            "backend %s cannot run: %s".formatted(name, reason));
                                });
                return provider.open(options);
            }
        }
        throw new IllegalArgumentException(
                "unknown backend %s; known: %s"
                        .formatted(
                                name,
                                providers.stream()
                                        .map(BackendProvider::name)
                                        .collect(Collectors.joining(", "))));
    }

    private static List<BackendProvider> providers() {
        List<BackendProvider> found = new ArrayList<>();
        ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader())
                .forEach(found::add);
        found.sort(Comparator.comparingInt(BackendProvider::priority).reversed());
        return found;
    }
}

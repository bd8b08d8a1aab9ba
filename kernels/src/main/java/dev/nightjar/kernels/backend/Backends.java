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
     * Opens the named backend, or the available one of highest priority on the device asked for.
     * Each refusal of a better one is logged as one line that says what to do.
     *
     * @throws IllegalArgumentException if the name is unknown
     * @throws IllegalStateException if the named backend cannot run here, or none on that device
     */
    public static Backend open(BackendOptions options) {
        List<BackendProvider> providers = providers();
        int threads = options.threads() > 0 ? options.threads() : ProcessorCores.count();
        BackendOptions counted = options.withThreads(threads);
        if (options.name().isPresent()) {
            return openNamed(providers, options.name().get(), counted);
        }
        List<String> refusals = new ArrayList<>();
        for (BackendProvider provider : providers) {
            if (!options.device().allows(provider.device())) {
                continue;
            }
            var refusal = provider.refusal();
            if (refusal.isEmpty()) {
                Backend backend = provider.open(counted);
                warn(refusals, backend.name());
                return backend;
            }
            refusals.add("%s backend: %s".formatted(provider.name(), refusal.get()));
        }
        throw new IllegalStateException(
                "nothing computes on device %s: %s"
                        .formatted(
                                options.device(),
                                refusals.isEmpty()
                                        ? "this installation has no backend for it"
                                        : String.join("; ", refusals)));
    }

    private static void warn(List<String> refusals, String instead) {
        for (String refusal : refusals) {
            LOG.log(System.Logger.Level.WARNING, "{0}; computing on {1}", refusal, instead);
        }
    }

    /** What each kind of backend finds on this machine, the most wanted one first. */
    public static List<DeviceReport> devices() {
        return providers().stream().map(BackendProvider::report).toList();
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

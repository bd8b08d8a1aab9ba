package dev.nightjar.kernels.cpu.scalar;

import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.BackendProvider;
import java.util.Optional;

/** Offers the reference backend, which runs everywhere. */
public final class ScalarProvider implements BackendProvider {

    /** For the service loader. */
    public ScalarProvider() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Optional<String> refusal() {
        return Optional.empty();
    }

    /** The reference runs on the calling thread and in place, whatever was asked for. */
    @Override
    public Backend open(BackendOptions options) {
        return new ScalarBackend();
    }
}

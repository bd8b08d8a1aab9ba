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

    /**
     * The reference runs on the calling thread, in place and exactly, whatever was asked for.
     *
     * @throws IllegalStateException if rows of int8 are, which are no other speed but other results
     */
    @Override
    public Backend open(BackendOptions options) {
        options.refuseInt8(name());
        return new ScalarBackend();
    }
}

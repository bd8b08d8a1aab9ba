package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.Backends;

/** A JVM that opens the default backend and says which one it got. */
final class OpenBackend {

    private OpenBackend() {}

    public static void main(String[] args) {
        try (var backend = Backends.open(BackendOptions.defaults())) {
            System.out.println("backend " + backend.name());
        }
    }
}

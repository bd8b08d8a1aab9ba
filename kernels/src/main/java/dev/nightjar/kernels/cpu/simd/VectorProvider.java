package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.BackendOptions;
import dev.nightjar.kernels.backend.BackendProvider;
import dev.nightjar.kernels.backend.DeviceReport;
import dev.nightjar.kernels.backend.WeightLayout;
import dev.nightjar.kernels.cpu.assembly.Support;
import dev.nightjar.kernels.cpu.simd.assembled.AssembledProducts;
import dev.nightjar.kernels.cpu.simd.vector.VectorWidth;
import java.util.List;
import java.util.Optional;

/**
 * Offers the Vector API backend. Classes that touch the incubator module load only after it was
 * found: on the class path it is absent unless the command line adds it.
 */
public final class VectorProvider implements BackendProvider {

    /** For the service loader. */
    public VectorProvider() {}

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public int priority() {
        return 10;
    }

    @Override
    public Optional<String> refusal() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()
                ? Optional.of(
                        "the Vector API is missing;"
                                + " start java with --add-modules jdk.incubator.vector")
                : VectorWidth.problem();
    }

    @Override
    public DeviceReport report() {
        Optional<String> refusal = refusal();
        String found = "processor";
        if (refusal.isEmpty()) {
            found += ", vectors of %d bits".formatted(VectorWidth.bits());
            found +=
                    Support.instructions(VectorWidth.bits() / 8).isPresent()
                            ? ", products assembled"
                            : "";
        }
        return new DeviceReport(
                name(), device(), List.of(new DeviceReport.Found(device(), found)), refusal);
    }

    /**
     * Starts the backend.
     *
     * @throws IllegalStateException if rows of 8 bits are asked for, and functions that multiply
     *     them are not
     */
    @Override
    public Backend open(BackendOptions options) {
        if (options.activations() == ActivationPrecision.INT8) {
            requireInt8(options);
        }
        return new VectorBackend(
                options.threads(), options.layout(), options.activations(), options.assembles());
    }

    private static void requireInt8(BackendOptions options) {
        String reason = "";
        if (!AssembledProducts.areSupported()) {
            reason =
                    "functions that are assembled for the processor: Linux on x86-64 with AVX2 or"
                            + " newer, and native access";
        } else if (!options.assembles()) {
            reason = "functions that are assembled for the processor, which were turned off";
        } else if (options.layout() == WeightLayout.IN_PLACE) {
            reason = "weights that are repacked, which was turned off";
        }
        if (!reason.isEmpty()) {
            throw new IllegalStateException(
                    "activations of int8 need %s; use q8 or exact ones".formatted(reason));
        }
    }
}

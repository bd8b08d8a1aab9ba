package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.quantize.Mixture;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.DeviceChoice;
import dev.nightjar.kernels.backend.WeightLayout;
import picocli.CommandLine.Option;

/** What computes and how; for every command that does, whatever its model is. */
public final class ComputeFlags {

    /** Whether weights are copied for the kernels. */
    public enum Repack {
        /** Into the order in which kernels read fastest. */
        ON,
        /** They are used where the file is mapped. */
        OFF
    }

    /** Whether functions are assembled for the processor. */
    public enum Assembly {
        /** Where they are faster than what the JVM's compiler makes of the Vector API. */
        ON,
        /** All is computed with the Vector API. */
        OFF
    }

    /** How activations are multiplied. */
    public enum Activations {
        /** As they are. */
        EXACT,
        /** In blocks of 8 bits, where weights have codes of four or six. */
        Q8,
        /** In rows of 8 bits, and so are weights of as many bits or more. */
        INT8
    }

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute; default: one per core.")
    private Integer threads;

    @Option(
            names = "--device",
            paramLabel = "cpu|cuda|cuda:N|auto",
            defaultValue = "cpu",
            converter = DeviceWord.class,
            description =
                    "Where to compute: the processor, an NVIDIA GPU (the first, or number N of"
                            + " several) or an error that says why there is none, or a GPU where"
                            + " one can be used. See nightjar devices.")
    private DeviceChoice device;

    @Option(
            names = "--backend",
            paramLabel = "vector|scalar",
            description = "Kernels to compute with; default: the fastest.")
    private String backend;

    @Option(
            names = "--repack",
            paramLabel = "on|off",
            defaultValue = "on",
            description =
                    "Copy weights into the order in which the processor reads them fastest; off"
                            + " uses the mapped file, which several processes share.")
    private Repack repack;

    @Option(
            names = "--activations",
            paramLabel = "exact|q8|int8",
            description =
                    "Multiply weights of Q4_0, Q4_K and Q6_K with activations of 8 bits, and where"
                            + " the processor multiplies bytes those of Q8_0 with activations of"
                            + " 15, several times as fast, or with exact ones. int8 also rounds"
                            + " rows of F32, F16, BF16 and Q8_0 to 7 bits, their activations to"
                            + " rows of 8: fastest for encoders and prompts, less exact. Default:"
                            + " q8; exact where accuracy is measured (logits, perplexity, kl) and"
                            + " with --repack off.")
    private Activations activations;

    @Option(
            names = "--assembly",
            paramLabel = "on|off",
            defaultValue = "on",
            description =
                    "Assemble functions for this processor where they are faster than what the"
                            + " JVM's compiler makes of the Vector API; off uses the latter alone.")
    private Assembly assembly;

    @Option(
            names = "--quantize",
            paramLabel = "TYPE",
            completionCandidates = WeightTypes.class,
            description =
                    "Quantize matrices that have more bits while they are loaded, such as q8_0 for"
                            + " a folder in BF16; one of ${COMPLETION-CANDIDATES}.")
    private Mixture quantize;

    private boolean isExact;

    /** A builder with these options and no model. */
    public Engine.Builder engine() {
        requireProcessor(backend != null, "--backend " + backend);
        requireProcessor(threads != null, "--threads " + threads);
        requireProcessor(repack == Repack.OFF, "--repack off");
        requireProcessor(assembly == Assembly.OFF, "--assembly off");
        requireProcessor(activations == Activations.Q8, "--activations q8");
        requireProcessor(activations == Activations.INT8, "--activations int8");
        if ("scalar".equals(backend) && threads != null && threads != 1) {
            throw new InvalidRequestException(
                    "threads",
                    "--threads %d: the scalar backend computes on one thread; leave --threads out"
                            .formatted(threads));
        }
        Engine.Builder engine = Engine.builder();
        if (repack == Repack.OFF) {
            engine.weightLayout(WeightLayout.IN_PLACE);
        }
        if (activations == Activations.Q8) {
            requireRepacked("--activations q8");
        }
        if (activations == Activations.INT8) {
            requireInt8();
            engine.activations(ActivationPrecision.INT8);
        }
        if (activations == Activations.EXACT || activations == null && isExact) {
            engine.activations(ActivationPrecision.EXACT);
        }
        if (assembly == Assembly.OFF) {
            engine.assembly(false);
        }
        if (quantize != null) {
            engine.quantizeTo(quantize);
        }
        if (threads != null) {
            engine.threads(threads);
        }
        if (backend != null) {
            engine.backend(backend);
        }
        return engine.device(device);
    }

    /** Activations are exact unless the user says otherwise. */
    public void preferExact() {
        isExact = true;
    }

    /** What says how the processor computes says nothing to a GPU. */
    private void requireProcessor(boolean isGiven, String flag) {
        if (isGiven && device.isCuda()) {
            throw new InvalidRequestException(
                    "device",
                    "%s is about the processor; leave it or --device %s out"
                            .formatted(flag, device));
        }
    }

    private void requireRepacked(String flag) {
        if (repack == Repack.OFF || "scalar".equals(backend)) {
            throw new InvalidRequestException(
                    "activations",
                    flag
                            + " needs weights that the vector backend repacks; leave out --repack"
                            + " off and --backend scalar, or use --activations exact");
        }
    }

    private void requireInt8() {
        requireRepacked("--activations int8");
        if (assembly == Assembly.OFF) {
            throw new InvalidRequestException(
                    "activations",
                    "--activations int8 needs functions that are assembled for the processor;"
                            + " leave out --assembly off, or use --activations q8");
        }
    }
}

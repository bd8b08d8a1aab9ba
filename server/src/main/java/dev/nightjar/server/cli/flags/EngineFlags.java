package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.engine.request.KvType;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.kernels.backend.ActivationPrecision;
import dev.nightjar.kernels.backend.WeightLayout;
import picocli.CommandLine.Option;

/** How models are put into service; for every command that computes. */
public final class EngineFlags {

    /** Where to compute. */
    public enum Device {
        /** The best one there is. */
        AUTO,
        /** The processor. */
        CPU,
        /** A GPU. */
        CUDA
    }

    /** Whether weights are copied for the kernels. */
    public enum Repack {
        /** Into the order in which kernels read fastest. */
        ON,
        /** They are used where the file is mapped. */
        OFF
    }

    /** How activations are multiplied. */
    public enum Activations {
        /** As they are. */
        EXACT,
        /** In blocks of 8 bits, where weights have codes of four or six. */
        Q8
    }

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute; default: one per core.")
    private Integer threads;

    @Option(
            names = "--max-context",
            paramLabel = "TOKENS",
            description = "Most tokens of prompt and completion; default: what the model allows.")
    private Integer maxContext;

    @Option(
            names = "--kv-memory",
            paramLabel = "SIZE",
            description = "Memory for keys and values, such as 512M or 2G.")
    private ByteSize kvMemory;

    @Option(
            names = "--kv-type",
            paramLabel = "f32|f16|bf16|q8_0",
            description =
                    "Type of keys and values: f32 rounds nothing, f16 takes half of its memory,"
                            + " q8_0 a quarter. Default: f16; f32 where accuracy is"
                            + " measured (logits, perplexity, kl).")
    private KvType kvType;

    @Option(
            names = "--device",
            paramLabel = "auto|cpu|cuda",
            defaultValue = "auto",
            description = "Where to compute.")
    private Device device;

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
            paramLabel = "exact|q8",
            description =
                    "Multiply weights of Q4_0, Q4_K and Q6_K with activations of 8 bits, two to three"
                            + " times as fast, or with exact ones. Default: q8; exact where accuracy"
                            + " is measured (logits, perplexity, kl) and with --repack off.")
    private Activations activations;

    @Option(
            names = "--chat-template",
            paramLabel = "NAME|FILE",
            description =
                    "A chat template by name, such as chatml, or a Jinja file, instead of the"
                            + " model's own.")
    private String chatTemplate;

    @Option(
            names = "--answer-format",
            paramLabel = "NAME",
            description =
                    "How the model writes calls of tools, such as hermes or llama3; none for plain"
                            + " text. Default: what its chat template tells.")
    private String answerFormat;

    private boolean isExact;

    /** A builder with these options and no model. */
    public Engine.Builder engine(LoadOptions defaults) {
        if (device == Device.CUDA) {
            throw new IllegalStateException(
                    "--device cuda: this build has no GPU backend yet; use --device cpu");
        }
        if ("scalar".equals(backend) && threads != null && threads != 1) {
            throw new InvalidRequestException(
                    "threads",
                    "--threads %d: the scalar backend computes on one thread; leave --threads out"
                            .formatted(threads));
        }
        Engine.Builder engine = Engine.builder().options(options(defaults));
        if (repack == Repack.OFF) {
            engine.weightLayout(WeightLayout.IN_PLACE);
        }
        if (activations == Activations.Q8) {
            requireQ8();
        }
        if (activations == Activations.EXACT || activations == null && isExact) {
            engine.activations(ActivationPrecision.EXACT);
        }
        if (threads != null) {
            engine.threads(threads);
        }
        if (backend != null) {
            engine.backend(backend);
        }
        return engine;
    }

    /** Activations are exact, keys and values in f32, unless the user says otherwise. */
    public void preferExact() {
        isExact = true;
    }

    private void requireQ8() {
        if (repack == Repack.OFF || "scalar".equals(backend)) {
            throw new InvalidRequestException(
                    "activations",
                    "--activations q8 needs weights that the vector backend repacks; leave out"
                            + " --repack off and --backend scalar, or use --activations exact");
        }
    }

    private LoadOptions options(LoadOptions options) {
        LoadOptions refined = options;
        if (maxContext != null) {
            refined = refined.withMaxContext(maxContext);
        }
        if (kvMemory != null) {
            refined = refined.withKvBytes(kvMemory.bytes());
        }
        if (kvType != null || isExact) {
            refined = refined.withKvType(kvType == null ? KvType.F32 : kvType);
        }
        if (chatTemplate != null) {
            refined = refined.withChatTemplate(chatTemplate);
        }
        if (answerFormat != null) {
            refined = refined.withAnswerFormat(answerFormat);
        }
        return refined;
    }
}

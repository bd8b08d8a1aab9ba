package dev.nightjar.server.cli.flags;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.KvType;
import dev.nightjar.engine.request.LoadOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How models of text are put into service. */
public final class EngineFlags {

    @Mixin private ComputeFlags computeFlags = new ComputeFlags();

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
        return computeFlags.engine().options(refined(defaults));
    }

    /** Activations are exact, keys and values in f32, unless the user says otherwise. */
    public void preferExact() {
        isExact = true;
        computeFlags.preferExact();
    }

    /** Options with what the user said on top. */
    public LoadOptions refined(LoadOptions options) {
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

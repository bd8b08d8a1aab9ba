package dev.nightjar.engine.checkpoint;

import dev.nightjar.engine.format.CausalPipeline;
import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.EncoderPipeline;
import dev.nightjar.engine.format.JudgeWeights;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.PairPrompt;
import dev.nightjar.engine.format.Pooling;
import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.engine.format.gguf.GgufCausalPooling;
import dev.nightjar.engine.format.gguf.GgufEncoderConfig;
import dev.nightjar.engine.format.gguf.GgufFile;
import dev.nightjar.engine.format.gguf.GgufMetadata;
import dev.nightjar.engine.format.gguf.GgufModelConfig;
import dev.nightjar.engine.format.gguf.GgufSampling;
import dev.nightjar.engine.format.gguf.GgufTokenizer;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.mistral.MistralVersion;
import dev.nightjar.tokenizer.template.TemplateSources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A GGUF file, or the parts of a split one. */
public final class GgufCheckpoint implements Checkpoint {

    /** Two rows of a judge's output matrix. */
    private static final String HEAD = "cls.output.weight";

    private static final int YES = 0;
    private static final int NO = 1;

    private final GgufFile file;

    /** Takes over an open file. */
    public GgufCheckpoint(GgufFile file) {
        this.file = file;
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public String architecture() {
        return GgufModelConfig.architecture(file);
    }

    @Override
    public ModelConfig config() {
        return GgufModelConfig.read(file);
    }

    @Override
    public EncoderConfig encoderConfig() {
        return GgufEncoderConfig.read(file);
    }

    /** A file of this format says no more than the pooling. */
    @Override
    public EncoderPipeline encoderPipeline() {
        return EncoderPipeline.of(encoderConfig().pooling());
    }

    @Override
    public Optional<CausalPipeline> causalPipeline() {
        if (!CausalPipeline.ARCHITECTURES.contains(architecture())) {
            return Optional.empty();
        }
        return GgufCausalPooling.read(file).map(this::causalPipeline);
    }

    private CausalPipeline causalPipeline(Pooling pooling) {
        return pooling == Pooling.RANK
                ? CausalPipeline.ofJudge(config().hiddenSize(), PairPrompt.QWEN3)
                : CausalPipeline.ofVectors(EncoderPipeline.of(pooling), OptionalInt.empty());
    }

    @Override
    public TensorSource weights() {
        boolean judges = causalPipeline().flatMap(CausalPipeline::prompt).isPresent();
        return judges ? new JudgeWeights(file, HEAD, YES, NO) : file;
    }

    @Override
    public long weightBytes() {
        return file.tensors().values().stream().mapToLong(info -> info.bytes()).sum();
    }

    @Override
    public Optional<Tokenizer> tokenizer() {
        return GgufTokenizer.spec(file).map(Tokenizer::of);
    }

    @Override
    public Optional<TemplateSources> chatTemplates() {
        return GgufTokenizer.chatTemplates(file);
    }

    /** A GGUF file brings a template, if anything. */
    @Override
    public Optional<MistralVersion> promptFormat() {
        return Optional.empty();
    }

    /** The vocabulary of a GGUF file knows all of them. */
    @Override
    public Set<Integer> endTokens() {
        return Set.of();
    }

    @Override
    public ModelSampling sampling() {
        return GgufSampling.read(file);
    }

    @Override
    public Inventory inventory() {
        GgufMetadata metadata = file.metadata();
        Map<String, String> values = new LinkedHashMap<>();
        metadata.keys().forEach(key -> values.put(key, metadata.text(key)));
        List<Inventory.Item> tensors =
                file.tensors().values().stream()
                        .map(
                                tensor ->
                                        new Inventory.Item(
                                                tensor.name(),
                                                tensor.dtype(),
                                                tensor.shape(),
                                                tensor.bytes()))
                        .toList();
        return new Inventory(
                "GGUF version " + file.version(),
                file.fileBytes(),
                file.numParts(),
                values,
                tensors);
    }

    @Override
    public void close() {
        file.close();
    }
}

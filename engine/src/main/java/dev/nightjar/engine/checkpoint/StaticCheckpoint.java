package dev.nightjar.engine.checkpoint;

import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.EncoderPipeline;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.StaticConfig;
import dev.nightjar.engine.format.TensorFile;
import dev.nightjar.engine.format.folder.WeightFiles;
import dev.nightjar.engine.format.hf.HfWeights;
import dev.nightjar.engine.format.hf.lookup.StaticFolder;
import dev.nightjar.engine.format.hf.lookup.StaticTable;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.kernels.tensor.Tensor;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.format.LoadedTokenizer;
import dev.nightjar.tokenizer.mistral.MistralVersion;
import dev.nightjar.tokenizer.template.TemplateSources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A folder with a table of token vectors and a vocabulary. */
final class StaticCheckpoint implements Checkpoint {

    private final StaticFolder folder;
    private final TensorFile files;
    private final DenseFiles denseFiles;
    private final StaticTable table;
    private Optional<HfWeights> weights = Optional.empty();

    private StaticCheckpoint(
            StaticFolder folder, TensorFile files, DenseFiles denseFiles, StaticTable table) {
        this.folder = folder;
        this.files = files;
        this.denseFiles = denseFiles;
        this.table = table;
    }

    /** Opens the weights of a folder. */
    static StaticCheckpoint open(StaticFolder folder) {
        TensorFile files = WeightFiles.open(folder.data());
        try {
            StaticTable table = StaticTable.of(files);
            DenseFiles dense = DenseFiles.open(folder.following().denseFolders());
            return new StaticCheckpoint(folder, files, dense, table);
        } catch (RuntimeException | Error failure) {
            files.close();
            throw failure;
        }
    }

    @Override
    public String name() {
        return folder.folder().toString();
    }

    @Override
    public String architecture() {
        return StaticConfig.ARCHITECTURE;
    }

    @Override
    public ModelConfig config() {
        throw noLayers();
    }

    @Override
    public EncoderConfig encoderConfig() {
        throw noLayers();
    }

    private ModelFormatException noLayers() {
        return new ModelFormatException(
                "%s: expected a model with layers, found a table of token vectors"
                        .formatted(name()));
    }

    @Override
    public EncoderPipeline encoderPipeline() {
        return folder.pipeline();
    }

    @Override
    public Optional<StaticConfig> staticConfig() {
        return Optional.of(
                new StaticConfig(
                        table.vocabSize(),
                        table.hiddenSize(),
                        folder.maxTokens(),
                        folder.droppedToken(),
                        folder.pipeline()));
    }

    @Override
    public HfWeights weights() {
        if (weights.isEmpty()) {
            Map<String, LazyTensor> tensors = new LinkedHashMap<>();
            tensors.put(StaticConfig.TABLE, table.tensor());
            tensors.putAll(denseFiles.tensors());
            weights = Optional.of(new HfWeights(files.name(), tensors));
        }
        return weights.get();
    }

    @Override
    public long weightBytes() {
        return weights().bytes();
    }

    @Override
    public Optional<Tokenizer> tokenizer() {
        return FolderTokenizer.read(folder.data())
                .or(() -> FolderTokenizer.read(folder.folder()))
                .map(LoadedTokenizer::tokenizer);
    }

    @Override
    public Optional<TemplateSources> chatTemplates() {
        return Optional.empty();
    }

    @Override
    public Optional<MistralVersion> promptFormat() {
        return Optional.empty();
    }

    @Override
    public Set<Integer> endTokens() {
        return Set.of();
    }

    @Override
    public ModelSampling sampling() {
        return ModelSampling.NONE;
    }

    @Override
    public Inventory inventory() {
        List<Inventory.Item> tensors = files.tensorNames().stream().map(this::item).toList();
        return new Inventory(
                "folder with a table of token vectors",
                files.fileBytes(),
                files.numFiles(),
                Map.of(),
                tensors);
    }

    private Inventory.Item item(String name) {
        Tensor tensor = files.tensor(name).orElseThrow();
        return new Inventory.Item(name, tensor.dtype(), tensor.shape(), tensor.data().byteSize());
    }

    @Override
    public void close() {
        weights.ifPresent(HfWeights::close);
        denseFiles.close();
        files.close();
    }
}

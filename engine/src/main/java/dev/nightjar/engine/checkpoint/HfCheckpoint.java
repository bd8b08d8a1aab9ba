package dev.nightjar.engine.checkpoint;

import dev.nightjar.engine.format.CausalPipeline;
import dev.nightjar.engine.format.EncoderConfig;
import dev.nightjar.engine.format.EncoderPipeline;
import dev.nightjar.engine.format.JudgeWeights;
import dev.nightjar.engine.format.ModelConfig;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.PairPrompt;
import dev.nightjar.engine.format.TensorFile;
import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.engine.format.folder.WeightFiles;
import dev.nightjar.engine.format.hf.EndTokens;
import dev.nightjar.engine.format.hf.GenerationConfig;
import dev.nightjar.engine.format.hf.HfConfig;
import dev.nightjar.engine.format.hf.HfWeights;
import dev.nightjar.engine.format.hf.NameTable;
import dev.nightjar.engine.format.hf.encoder.EncoderFamilies;
import dev.nightjar.engine.format.hf.encoder.EncoderFamily;
import dev.nightjar.engine.format.hf.encoder.JudgeFolder;
import dev.nightjar.engine.format.hf.encoder.SentenceModules;
import dev.nightjar.engine.format.hf.encoder.SentencePipeline;
import dev.nightjar.engine.format.hf.family.Families;
import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonText;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.format.packed.PackedWeights;
import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.kernels.tensor.Tensor;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.Vocabulary;
import dev.nightjar.tokenizer.format.LoadedTokenizer;
import dev.nightjar.tokenizer.mistral.MistralVersion;
import dev.nightjar.tokenizer.template.TemplateFiles;
import dev.nightjar.tokenizer.template.TemplateSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A folder with {@code config.json} and weights in safetensors or torch files. */
final class HfCheckpoint implements Checkpoint {

    private static final String CONFIG = "config.json";
    private static final String QUANTIZATION = "quantization_config";

    private final Path folder;
    private final HfConfig hfConfig;
    private final TensorFile files;
    private Optional<ModelConfig> config = Optional.empty();
    private Optional<EncoderConfig> encoderConfig = Optional.empty();
    private Optional<SentencePipeline> pipeline = Optional.empty();
    private Optional<HfWeights> weights = Optional.empty();
    private Optional<DenseFiles> denseFiles = Optional.empty();
    private Optional<LoadedTokenizer> tokenizer = Optional.empty();

    private HfCheckpoint(Path folder, HfConfig hfConfig, TensorFile files) {
        this.folder = folder;
        this.hfConfig = hfConfig;
        this.files = files;
    }

    /**
     * Opens a folder.
     *
     * @param weights the folder itself, or the file in it that holds the weights
     */
    static HfCheckpoint open(Path folder, Path weights) {
        HfConfig config = HfConfig.read(folder.resolve(CONFIG));
        return new HfCheckpoint(folder, config, WeightFiles.open(weights));
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public String architecture() {
        return EncoderFamilies.find(hfConfig).isPresent()
                ? EncoderFamilies.ARCHITECTURE
                : Families.of(hfConfig).architecture();
    }

    @Override
    public ModelConfig config() {
        if (config.isEmpty()) {
            quantization(); // asked for, so that it is known
            config = Optional.of(Families.of(hfConfig).config(hfConfig));
            hfConfig.refuseUnknownKeys();
        }
        return config.get();
    }

    @Override
    public EncoderConfig encoderConfig() {
        if (encoderConfig.isEmpty()) {
            quantization(); // asked for, so that it is known
            EncoderFamily family =
                    EncoderFamilies.find(hfConfig)
                            .orElseThrow(() -> new IllegalStateException("no encoder: " + folder));
            encoderConfig = Optional.of(family.config(hfConfig, sentencePipeline()));
            hfConfig.refuseUnknownKeys();
        }
        return encoderConfig.get();
    }

    @Override
    public EncoderPipeline encoderPipeline() {
        return sentencePipeline().steps();
    }

    /** A decoder whose folder lists modules. */
    @Override
    public Optional<CausalPipeline> causalPipeline() {
        if (!CausalPipeline.ARCHITECTURES.contains(architecture())) {
            return Optional.empty();
        }
        if (JudgeFolder.judges(folder)) {
            return Optional.of(CausalPipeline.ofJudge(config().hiddenSize(), PairPrompt.QWEN3));
        }
        if (SentenceModules.read(folder).isEmpty()) {
            return Optional.empty();
        }
        SentencePipeline pipe = sentencePipeline();
        return Optional.of(CausalPipeline.ofVectors(pipe.steps(), pipe.maxTokens()));
    }

    private SentencePipeline sentencePipeline() {
        if (pipeline.isEmpty()) {
            pipeline = Optional.of(SentencePipeline.read(folder, hfConfig));
        }
        return pipeline.get();
    }

    @Override
    public TensorSource weights() {
        boolean judges = causalPipeline().flatMap(CausalPipeline::prompt).isPresent();
        return judges ? judge() : plainWeights();
    }

    private TensorSource judge() {
        Vocabulary vocabulary =
                tokenizer()
                        .orElseThrow(
                                () ->
                                        new ModelFormatException(
                                                folder
                                                        + ": expected a tokenizer with the tokens yes and no, by which the model judges, found none"))
                        .vocabulary();
        String head = hfConfig.isTied() ? "token_embd.weight" : "output.weight";
        return new JudgeWeights(plainWeights(), head, id(vocabulary, "yes"), id(vocabulary, "no"));
    }

    private int id(Vocabulary vocabulary, String token) {
        return vocabulary
                .id(token)
                .orElseThrow(
                        () ->
                                new ModelFormatException(
                                        "%s: expected a token '%s', by which the model judges, found none"
                                                .formatted(folder, token)));
    }

    private HfWeights plainWeights() {
        if (weights.isEmpty()) {
            weights = Optional.of(new HfWeights(files.name(), mapped()));
        }
        return weights.get();
    }

    private Map<String, LazyTensor> mapped() {
        Map<String, LazyTensor> raw = PackedWeights.unpack(files, quantization());
        Map<String, LazyTensor> mapped = names().apply(files.name(), raw);
        if (hfConfig.isTied()) {
            mapped.remove("output.weight");
        }
        mapped.putAll(denseTensors());
        return mapped;
    }

    /** Those of projections behind the pooling of an encoder. */
    private Map<String, LazyTensor> denseTensors() {
        boolean isEncoder = EncoderFamilies.find(hfConfig).isPresent();
        if (!isEncoder && causalPipeline().filter(pipe -> pipe.prompt().isEmpty()).isEmpty()) {
            return Map.of();
        }
        DenseFiles opened = DenseFiles.open(sentencePipeline().denseFolders());
        denseFiles = Optional.of(opened);
        return opened.tensors();
    }

    private NameTable names() {
        Optional<EncoderFamily> encoder = EncoderFamilies.find(hfConfig);
        return encoder.isPresent()
                ? encoder.get().names(hfConfig, encoderConfig())
                : Families.of(hfConfig).names(config());
    }

    /** How weights are packed; older files say it beside the configuration. */
    private Optional<JsonFields> quantization() {
        Path older = folder.resolve("quantize_config.json");
        Optional<JsonFields> stated =
                hfConfig.root()
                        .optionalFields(QUANTIZATION)
                        .or(() -> hfConfig.fields().optionalFields(QUANTIZATION));
        if (stated.isPresent() || !Files.isRegularFile(older)) {
            return stated;
        }
        JsonFields fields = JsonFields.of(older.toString(), JsonReader.readObject(older));
        fields.assume("quant_method", new JsonString("gptq"));
        return Optional.of(fields);
    }

    @Override
    public long weightBytes() {
        return plainWeights().bytes();
    }

    @Override
    public Optional<Tokenizer> tokenizer() {
        return loadedTokenizer().map(LoadedTokenizer::tokenizer);
    }

    @Override
    public Optional<MistralVersion> promptFormat() {
        return loadedTokenizer().flatMap(LoadedTokenizer::promptFormat);
    }

    private Optional<LoadedTokenizer> loadedTokenizer() {
        if (tokenizer.isEmpty()) {
            tokenizer = FolderTokenizer.read(folder);
        }
        return tokenizer;
    }

    @Override
    public Optional<TemplateSources> chatTemplates() {
        return TemplateFiles.read(folder);
    }

    @Override
    public Set<Integer> endTokens() {
        return EndTokens.read(folder, hfConfig);
    }

    @Override
    public ModelSampling sampling() {
        return GenerationConfig.sampling(folder);
    }

    @Override
    public Inventory inventory() {
        Map<String, String> metadata = new LinkedHashMap<>();
        hfConfig.root()
                .object()
                .members()
                .forEach((key, value) -> metadata.put(key, JsonText.of(value)));
        List<Inventory.Item> tensors = files.tensorNames().stream().map(this::item).toList();
        return new Inventory(
                "folder with " + CONFIG, files.fileBytes(), files.numFiles(), metadata, tensors);
    }

    private Inventory.Item item(String name) {
        Tensor tensor = files.tensor(name).orElseThrow();
        return new Inventory.Item(name, tensor.dtype(), tensor.shape(), tensor.data().byteSize());
    }

    @Override
    public void close() {
        weights.ifPresent(HfWeights::close);
        denseFiles.ifPresent(DenseFiles::close);
        files.close();
    }
}

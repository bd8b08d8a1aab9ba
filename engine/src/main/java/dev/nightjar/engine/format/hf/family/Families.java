package dev.nightjar.engine.format.hf.family;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.hf.Family;
import dev.nightjar.engine.format.hf.HfConfig;
import java.util.Map;
import java.util.TreeMap;

/** The families by the {@code model_type} of their {@code config.json}. */
public final class Families {

    private static final Map<String, Family> BY_TYPE =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("bloom", new BloomFamily()),
                            Map.entry("cohere", new CohereFamily("command-r")),
                            Map.entry("cohere2", new CohereFamily("cohere2")),
                            Map.entry("deepseek_v2", new DeepSeekFamily()),
                            Map.entry("deepseek_v3", new DeepSeekFamily()),
                            Map.entry("falcon", new FalconFamily()),
                            Map.entry("gemma", new GemmaFamily("gemma")),
                            Map.entry("gemma2", new GemmaFamily("gemma2")),
                            Map.entry("gemma3_text", new GemmaFamily("gemma3")),
                            Map.entry("gpt2", new Gpt2Family()),
                            Map.entry("gpt_neox", new GptNeoxFamily()),
                            Map.entry("gpt_oss", new GptOssFamily()),
                            Map.entry("granite", new GraniteFamily()),
                            Map.entry("llama", new LlamaFamily("llama")),
                            Map.entry("ministral3", new LlamaFamily("mistral3")),
                            Map.entry("mistral", new MistralFamily()),
                            Map.entry("mixtral", new MixtralFamily()),
                            Map.entry("olmo2", new OlmoFamily("olmo2")),
                            Map.entry("olmo3", new OlmoFamily("olmo2")),
                            Map.entry("olmoe", new OlmoFamily("olmoe")),
                            Map.entry("phi", new PhiFamily()),
                            Map.entry("phi3", new Phi3Family()),
                            Map.entry("qwen2", new QwenFamily("qwen2")),
                            Map.entry("qwen2_moe", new QwenFamily("qwen2moe")),
                            Map.entry("qwen3", new QwenFamily("qwen3")),
                            Map.entry("qwen3_moe", new QwenFamily("qwen3moe")),
                            Map.entry("seed_oss", new SeedOssFamily()),
                            Map.entry("smollm3", new SmolLm3Family()),
                            Map.entry("stablelm", new StableLmFamily()),
                            Map.entry("starcoder2", new Starcoder2Family())));

    private Families() {}

    /**
     * The family of a configuration.
     *
     * @throws ModelFormatException listing the known ones, if it is none of them
     */
    public static Family of(HfConfig config) {
        String type = config.modelType();
        Family family = BY_TYPE.get(type);
        if (family == null) {
            throw new ModelFormatException(
                    "%s: model_type: expected one of %s, found \"%s\""
                            .formatted(
                                    config.root().file(),
                                    String.join(", ", BY_TYPE.keySet()),
                                    type));
        }
        return family;
    }
}

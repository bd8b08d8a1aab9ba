package dev.nightjar.engine.registry;

import dev.nightjar.engine.model.ArceeModel;
import dev.nightjar.engine.model.BloomModel;
import dev.nightjar.engine.model.Cohere2Model;
import dev.nightjar.engine.model.CommandRModel;
import dev.nightjar.engine.model.DeepSeek2Model;
import dev.nightjar.engine.model.Exaone4Model;
import dev.nightjar.engine.model.FalconModel;
import dev.nightjar.engine.model.Gemma2Model;
import dev.nightjar.engine.model.Gemma3Model;
import dev.nightjar.engine.model.Glm4MoeModel;
import dev.nightjar.engine.model.Gpt2Model;
import dev.nightjar.engine.model.GptNeoxModel;
import dev.nightjar.engine.model.GptOssModel;
import dev.nightjar.engine.model.GraniteModel;
import dev.nightjar.engine.model.HunyuanModel;
import dev.nightjar.engine.model.LlamaModel;
import dev.nightjar.engine.model.Mistral3Model;
import dev.nightjar.engine.model.ModelFactory;
import dev.nightjar.engine.model.MptModel;
import dev.nightjar.engine.model.Olmo2Model;
import dev.nightjar.engine.model.OlmoModel;
import dev.nightjar.engine.model.OlmoeModel;
import dev.nightjar.engine.model.OrionModel;
import dev.nightjar.engine.model.Phi2Model;
import dev.nightjar.engine.model.Phi3Model;
import dev.nightjar.engine.model.Qwen2Model;
import dev.nightjar.engine.model.Qwen2MoeModel;
import dev.nightjar.engine.model.Qwen3Model;
import dev.nightjar.engine.model.Qwen3MoeModel;
import dev.nightjar.engine.model.SeedOssModel;
import dev.nightjar.engine.model.SmolLm3Model;
import dev.nightjar.engine.model.StableLmModel;
import dev.nightjar.engine.model.Starcoder2Model;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The architectures this engine can run, by the name that GGUF gives them. Where the blocks are
 * those of another architecture and only the configuration differs, its factory serves both.
 */
final class Architectures {

    private static final Map<String, ModelFactory> BY_NAME =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("arcee", ArceeModel::create),
                            Map.entry("baichuan", LlamaModel::create),
                            Map.entry("bailingmoe", LlamaModel::create),
                            Map.entry("bailingmoe2", Qwen3MoeModel::create),
                            Map.entry("bloom", BloomModel::create),
                            Map.entry("chatglm", LlamaModel::create),
                            Map.entry("codeshell", Starcoder2Model::create),
                            Map.entry("cohere2", Cohere2Model::create),
                            Map.entry("command-r", CommandRModel::create),
                            Map.entry("deepseek", LlamaModel::create),
                            Map.entry("deepseek2", DeepSeek2Model::create),
                            Map.entry("dots1", Qwen3MoeModel::create),
                            Map.entry("ernie4_5", LlamaModel::create),
                            Map.entry("ernie4_5-moe", LlamaModel::create),
                            Map.entry("exaone", LlamaModel::create),
                            Map.entry("exaone4", Exaone4Model::create),
                            Map.entry("falcon", FalconModel::create),
                            Map.entry("gemma", LlamaModel::create),
                            Map.entry("gemma2", Gemma2Model::create),
                            Map.entry("gemma3", Gemma3Model::create),
                            Map.entry("glm4", Gemma2Model::create),
                            Map.entry("glm4moe", Glm4MoeModel::create),
                            Map.entry("gpt-oss", GptOssModel::create),
                            Map.entry("gpt2", Gpt2Model::create),
                            Map.entry("gptneox", GptNeoxModel::create),
                            Map.entry("granite", GraniteModel::create),
                            Map.entry("granitemoe", GraniteModel::create),
                            Map.entry("hunyuan-dense", HunyuanModel::create),
                            Map.entry("hunyuan-moe", HunyuanModel::create),
                            Map.entry("internlm2", LlamaModel::create),
                            Map.entry("llama", LlamaModel::create),
                            Map.entry("minicpm", GraniteModel::create),
                            Map.entry("mistral3", Mistral3Model::create),
                            Map.entry("mpt", MptModel::create),
                            Map.entry("nemotron", Starcoder2Model::create),
                            Map.entry("olmo", OlmoModel::create),
                            Map.entry("olmo2", Olmo2Model::create),
                            Map.entry("olmoe", OlmoeModel::create),
                            Map.entry("orion", OrionModel::create),
                            Map.entry("phi2", Phi2Model::create),
                            Map.entry("phi3", Phi3Model::create),
                            Map.entry("qwen", LlamaModel::create),
                            Map.entry("qwen2", Qwen2Model::create),
                            Map.entry("qwen2moe", Qwen2MoeModel::create),
                            Map.entry("qwen2vl", Qwen2Model::create),
                            Map.entry("qwen3", Qwen3Model::create),
                            Map.entry("qwen3moe", Qwen3MoeModel::create),
                            Map.entry("qwen3vl", Qwen3Model::create),
                            Map.entry("qwen3vlmoe", Qwen3MoeModel::create),
                            Map.entry("refact", LlamaModel::create),
                            Map.entry("seed_oss", SeedOssModel::create),
                            Map.entry("smollm3", SmolLm3Model::create),
                            Map.entry("stablelm", StableLmModel::create),
                            Map.entry("starcoder", Gpt2Model::create),
                            Map.entry("starcoder2", Starcoder2Model::create),
                            Map.entry("xverse", LlamaModel::create)));

    private Architectures() {}

    /**
     * The factory for the architecture that a checkpoint names.
     *
     * @throws UnknownArchitectureException if there is none
     */
    static ModelFactory of(String architecture) {
        ModelFactory factory = BY_NAME.get(architecture);
        if (factory == null) {
            Set<String> known = new TreeSet<>(BY_NAME.keySet());
            known.addAll(EncoderLoader.KNOWN);
            throw new UnknownArchitectureException(architecture, known);
        }
        return factory;
    }
}

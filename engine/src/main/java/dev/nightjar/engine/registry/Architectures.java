package dev.nightjar.engine.registry;

import dev.nightjar.engine.model.BloomModel;
import dev.nightjar.engine.model.CommandRModel;
import dev.nightjar.engine.model.DeepSeek2Model;
import dev.nightjar.engine.model.FalconModel;
import dev.nightjar.engine.model.Gemma2Model;
import dev.nightjar.engine.model.Gemma3Model;
import dev.nightjar.engine.model.Gpt2Model;
import dev.nightjar.engine.model.GptNeoxModel;
import dev.nightjar.engine.model.GptOssModel;
import dev.nightjar.engine.model.GraniteModel;
import dev.nightjar.engine.model.LlamaModel;
import dev.nightjar.engine.model.Mistral3Model;
import dev.nightjar.engine.model.ModelFactory;
import dev.nightjar.engine.model.Olmo2Model;
import dev.nightjar.engine.model.OlmoeModel;
import dev.nightjar.engine.model.Phi2Model;
import dev.nightjar.engine.model.Phi3Model;
import dev.nightjar.engine.model.Qwen2Model;
import dev.nightjar.engine.model.Qwen2MoeModel;
import dev.nightjar.engine.model.Qwen3Model;
import dev.nightjar.engine.model.Qwen3MoeModel;
import dev.nightjar.engine.model.SmolLm3Model;
import dev.nightjar.engine.model.StableLmModel;
import dev.nightjar.engine.model.Starcoder2Model;
import java.util.Map;
import java.util.TreeMap;

/** The architectures this engine can run, by the name that GGUF gives them. */
final class Architectures {

    private static final Map<String, ModelFactory> BY_NAME =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("bloom", BloomModel::create),
                            Map.entry("command-r", CommandRModel::create),
                            Map.entry("deepseek2", DeepSeek2Model::create),
                            Map.entry("falcon", FalconModel::create),
                            Map.entry("gemma2", Gemma2Model::create),
                            Map.entry("gemma3", Gemma3Model::create),
                            Map.entry("gpt-oss", GptOssModel::create),
                            Map.entry("gpt2", Gpt2Model::create),
                            Map.entry("gptneox", GptNeoxModel::create),
                            Map.entry("granite", GraniteModel::create),
                            Map.entry("llama", LlamaModel::create),
                            Map.entry("mistral3", Mistral3Model::create),
                            Map.entry("olmo2", Olmo2Model::create),
                            Map.entry("olmoe", OlmoeModel::create),
                            Map.entry("phi2", Phi2Model::create),
                            Map.entry("phi3", Phi3Model::create),
                            Map.entry("qwen2", Qwen2Model::create),
                            Map.entry("qwen2moe", Qwen2MoeModel::create),
                            Map.entry("qwen3", Qwen3Model::create),
                            Map.entry("qwen3moe", Qwen3MoeModel::create),
                            Map.entry("smollm3", SmolLm3Model::create),
                            Map.entry("stablelm", StableLmModel::create),
                            Map.entry("starcoder2", Starcoder2Model::create)));

    private Architectures() {}

    /**
     * The factory for the architecture that a checkpoint names.
     *
     * @throws UnknownArchitectureException if there is none
     */
    static ModelFactory of(String architecture) {
        ModelFactory factory = BY_NAME.get(architecture);
        if (factory == null) {
            throw new UnknownArchitectureException(architecture, BY_NAME.keySet());
        }
        return factory;
    }
}

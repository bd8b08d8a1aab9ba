package dev.nightjar.engine.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The golden models as folders, by name. */
final class GoldenFolders {

    private GoldenFolders() {}

    static Map<String, GoldenFolder> all() {
        Map<String, GoldenFolder> all = new LinkedHashMap<>();
        List.of(
                        LlamaFolders.llama(),
                        LlamaFolders.linearRope(),
                        LlamaFolders.yarn(),
                        LlamaFolders.mixtral(),
                        LlamaFolders.smolLm3(),
                        LlamaFolders.qwen2(),
                        LlamaFolders.qwen3(),
                        LlamaFolders.qwen3Moe(),
                        LlamaFolders.qwen2Moe(),
                        LlamaFolders.olmoe(),
                        LlamaFolders.phi3(),
                        OtherFolders.gemma2(),
                        OtherFolders.gemma3(),
                        OtherFolders.gptOss(),
                        OtherFolders.deepSeek(),
                        OtherFolders.commandR(),
                        OtherFolders.stableLm(),
                        OtherFolders.starcoder2(),
                        FusedFolders.bloom(),
                        FusedFolders.gpt2(),
                        FusedFolders.falcon(),
                        FusedFolders.gptNeox(),
                        FusedFolders.phi())
                .forEach(folder -> all.put(folder.golden(), folder));
        return all;
    }

    /** The sizes of the golden models with 4 heads of 32. */
    static String four(String type, String more) {
        return """
                {"model_type": "%s", "vocab_size": 256, "hidden_size": 128,
                 "num_hidden_layers": 3, "num_attention_heads": 4, "num_key_value_heads": 2,
                 "intermediate_size": 192, "max_position_embeddings": 512, %s}"""
                .formatted(type, more);
    }

    /** The sizes of the golden models with 2 heads of 128. */
    static String two(String type, String more) {
        return """
                {"model_type": "%s", "vocab_size": 128, "hidden_size": 256,
                 "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 2,
                 "intermediate_size": 384, "max_position_embeddings": 128, %s}"""
                .formatted(type, more);
    }
}

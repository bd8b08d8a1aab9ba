package dev.nightjar.engine.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.answer.ReasoningTags;
import dev.nightjar.tokenizer.template.ChatTemplate;
import dev.nightjar.tokenizer.template.ChatTemplates;
import dev.nightjar.tokenizer.template.TemplateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found out of templates as they were published. */
class PublishedTemplatesTest {

    @TempDir Path folder;

    /** File; format; how reasoning begins; what the template does by itself. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    jinja/Apertus-8B-Instruct.jinja; hermes; <|inner_prefix|>; nothing
                    jinja/Bielik-11B-v3.0-Instruct.jinja; hermes; <think>; all
                    jinja/Cohere2MoE.jinja; command; <|START_THINKING|>; all
                    jinja/CohereForAI-c4ai-command-r7b-12-2024-tool_use.jinja; command; <|START_THINKING|>; all
                    jinja/GLM-4.7-Flash.jinja; glm; <think>; all
                    jinja/GigaChat3-10B-A1.8B.jinja; hermes; ; nothing
                    jinja/HuggingFaceTB-SmolLM3-3B.jinja; hermes; <think>; nothing
                    jinja/Kimi-K2-Thinking.jinja; kimi; <think>; tools
                    jinja/LFM2.5-Instruct.jinja; hermes; <think>; nothing
                    jinja/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16.jinja; qwen3-coder; <think>; all
                    jinja/NousResearch-Hermes-3-Llama-3.1-8B-tool_use.jinja; hermes; ; all
                    jinja/Qwen-Qwen2.5-7B-Instruct.jinja; hermes; ; all
                    jinja/Qwen3-Coder.jinja; qwen3-coder; ; all
                    jinja/Reka-Edge.jinja; hermes; <think>; all
                    jinja/deepseek-ai-DeepSeek-R1-Distill-Llama-8B.jinja; deepseek; <think>; nothing
                    jinja/deepseek-ai-DeepSeek-V3.1.jinja; deepseek-v3.1; <think>; calls
                    jinja/deepseek-ai-DeepSeek-V4.jinja; hermes; <think>; nothing
                    jinja/google-gemma-2-2b-it.jinja; hermes; ; nothing
                    jinja/google-gemma-4-31B-it.jinja; hermes; ; nothing
                    jinja/meetkai-functionary-medium-v3.1.jinja; functionary; ; all
                    jinja/meta-llama-Llama-3.1-8B-Instruct.jinja; llama3; ; all
                    jinja/meta-llama-Llama-3.3-70B-Instruct.jinja; llama3; ; all
                    jinja/mistralai-Ministral-3-14B-Reasoning-2512.jinja; mistral-args; [THINK]; all
                    jinja/moonshotai-Kimi-K2.jinja; kimi; ; all
                    jinja/stepfun-ai-Step-3.5-Flash.jinja; qwen3-coder; <think>; all
                    jinja/unsloth-mistral-Devstral-Small-2507.jinja; mistral-args; ; all
                    hf-configs/gpt-oss__chat_template.jinja; harmony; ; all
                    hf-configs/smollm3__chat_template.jinja; hermes; <think>; all
                    hf-configs/qwen2.5-synthetic__chat_template.jinja; hermes; ; tools
                    hf-configs/qwen3__tokenizer_config.json; hermes; <think>; all
                    hf-configs/gemma__tokenizer_config.json; hermes; ; nothing
                    hf-configs/phi-4-mini__tokenizer_config.json; hermes; ; nothing
                    """)
    void templatesTell(String file, String format, String reasoning, String does)
            throws IOException {
        ChatStyle style =
                ChatStyle.of(
                        template(SharedFiles.get("data", "templates").resolve(file))
                                .withTokens(Map.of("bos_token", "", "eos_token", "")),
                        AnswerChoice.byTemplate());
        assertEquals(format, style.answers().format().label());
        assertEquals(
                Optional.ofNullable(reasoning),
                style.answers().reasoning().map(ReasoningTags::open));
        boolean showsCalls = style.tools().showsCalls(true);
        String found =
                style.tools().showsTools()
                        ? showsCalls ? "all" : "tools"
                        : showsCalls ? "calls" : "nothing";
        assertEquals(does, found);
    }

    private ChatTemplate template(Path file) throws IOException {
        if (file.toString().endsWith(".jinja")) {
            return ChatTemplates.of(Files.readString(file));
        }
        Files.copy(file, folder.resolve("tokenizer_config.json"));
        return ChatTemplates.of(TemplateFiles.read(folder).orElseThrow().sources());
    }
}

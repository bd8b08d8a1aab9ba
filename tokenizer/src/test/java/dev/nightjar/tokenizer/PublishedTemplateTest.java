package dev.nightjar.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatTemplate;
import dev.nightjar.tokenizer.template.ChatTemplates;
import dev.nightjar.tokenizer.template.PlainJson;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One conversation in the templates of 33 published models: by their own Jinja sources, and by the
 * names under which other engines know them.
 */
class PublishedTemplateTest {
    /** Beginnings of model names, and the template that fits. */
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("teknium", "chatml"),
                    Map.entry("mistralai/Mistral-7B-Instruct-v0.2 (NOTE", "llama2"),
                    Map.entry("TheBloke", "llama2-sys-bos"),
                    Map.entry("bofenghuang", "llama2-sys-strip"),
                    Map.entry("mlabonne", "monarch"),
                    Map.entry("google/gemma", "gemma"),
                    Map.entry("OrionStar", "orion"),
                    Map.entry("openchat", "openchat"),
                    Map.entry("deepseek-ai/deepseek-coder", "deepseek"),
                    Map.entry("eachadea", "vicuna"),
                    Map.entry("Orca-Vicuna", "vicuna-orca"),
                    Map.entry("CohereForAI", "command-r"),
                    Map.entry("Llama-3", "llama3"),
                    Map.entry("Phi-3", "phi3"),
                    Map.entry("ChatGLM3", "chatglm3"),
                    Map.entry("ChatGLM4", "chatglm4"),
                    Map.entry("GLMEdge", "glmedge"),
                    Map.entry("MiniCPM", "minicpm"),
                    Map.entry("DeepSeek-V2", "deepseek2"),
                    Map.entry("ibm-granite", "granite"),
                    Map.entry("mistralai/Mistral-7B-Instruct-v0.2 (mistralai", "mistral-v1"),
                    Map.entry("Mistral-Large-Instruct-2407", "mistral-v3"),
                    Map.entry("Mistral-Nemo", "mistral-v3-tekken"),
                    Map.entry("mistralai/Mistral-Large-Instruct-2411", "mistral-v7"),
                    Map.entry("ai-sage", "gigachat"),
                    Map.entry("Infinigence", "megrez"),
                    Map.entry("phi-4", "phi4"),
                    Map.entry("yandex", "yandex"),
                    Map.entry("inclusionAI", "bailing"),
                    Map.entry("ByteDance-Seed", "seed_oss"));

    private static final int NUM_MODELS = 33;

    /** The only template that prints tokens by their place in the vocabulary's list. */
    private static final Map<String, Object> GIGACHAT_TOKENS =
            Map.of(
                    "bos_token",
                    "<s>",
                    "additional_special_tokens",
                    List.of("<|role_sep|>", "<|message_sep|>", "[", "]"));

    @Test
    void jinjaSourcesRenderExactly() throws IOException {
        List<ChatMessage> conversation = conversation();
        List<Map<?, ?>> models = models();
        assertEquals(NUM_MODELS, models.size());
        for (Map<?, ?> model : models) {
            String byJinja = text(model, "expected_output_jinja");
            String expected = byJinja.isEmpty() ? text(model, "expected_output") : byJinja;
            boolean isGigaChat = text(model, "name").startsWith("ai-sage");
            ChatTemplate template =
                    ChatTemplates.of(text(model, "template_str"))
                            .withTokens(isGigaChat ? GIGACHAT_TOKENS : tokens(model));
            String rendered = template.render(conversation);
            assertEquals(expected, rendered, text(model, "name"));
        }
    }

    @Test
    void namedTemplatesRenderExactly() throws IOException {
        List<ChatMessage> conversation = conversation();
        Set<String> seen = new HashSet<>();
        for (Map<?, ?> model : models()) {
            String name = name(text(model, "name"));
            // Others drop the system text for this one, we do not.
            boolean isDropped = name.equals("yandex");
            List<ChatMessage> messages =
                    isDropped ? conversation.subList(1, conversation.size()) : conversation;
            assertEquals(
                    text(model, "expected_output"),
                    ChatTemplates.named(name).render(messages),
                    name);
            seen.add(name);
        }
        assertEquals(NAMES.size(), seen.size());
        assertTrue(ChatTemplates.names().containsAll(seen));
    }

    private static Map<String, Object> tokens(Map<?, ?> model) {
        return Map.of("bos_token", text(model, "bos_token"), "eos_token", text(model, "eos_token"));
    }

    private static String name(String model) {
        return NAMES.entrySet().stream()
                .filter(entry -> model.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static String text(Map<?, ?> members, String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    private static List<ChatMessage> conversation() throws IOException {
        return objects("conversation")
                .map(message -> new ChatMessage(text(message, "role"), text(message, "content")))
                .toList();
    }

    private static List<Map<?, ?>> models() throws IOException {
        return objects("cases").toList();
    }

    private static Stream<Map<?, ?>> objects(String name) throws IOException {
        String file = Files.readString(SharedData.path("data/templates/llamacpp_chat.json"));
        List<?> objects = (List<?>) ((Map<?, ?>) PlainJson.read(file)).get(name);
        return objects.stream().map(object -> (Map<?, ?>) object);
    }
}

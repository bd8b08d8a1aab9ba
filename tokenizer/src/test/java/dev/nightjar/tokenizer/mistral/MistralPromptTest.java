package dev.nightjar.tokenizer.mistral;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.tokenizer.SharedData;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.format.model.TokenizerModelFile;
import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import dev.nightjar.tokenizer.template.ChatTemplateException;
import dev.nightjar.tokenizer.template.PlainJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published requests with their exact prompts and ids. */
class MistralPromptTest {
    private static final Map<MistralVersion, String> FILES =
            Map.of(
                    MistralVersion.V1, "tokenizer.model.v1",
                    MistralVersion.V2, "mistral_instruct_tokenizer_240216.model.v2",
                    MistralVersion.V3, "mistral_instruct_tokenizer_240323.model.v3",
                    MistralVersion.V7, "mistral_instruct_tokenizer_241114.model.v7");

    private static Path folder() {
        return SharedData.path("data/tok/mistral");
    }

    private static MistralPrompt prompts(MistralVersion version) throws IOException {
        Path file = folder().resolve(FILES.get(version));
        Tokenizer tokenizer = Tokenizer.of(TokenizerModelFile.read(file).build());
        return MistralPrompt.of(
                tokenizer, MistralVersion.ofFile(file.getFileName().toString()).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "V1, no_tools",
        "V2, no_tools",
        "V2, get_weather_full",
        "V2, get_weather_no_history",
        "V2, get_weather_no_system_prompt",
        "V2, several_calls",
        "V2, parallel_calls",
        "V3, no_tools",
        "V3, get_weather_full",
        "V3, get_weather_no_history",
        "V3, get_weather_no_system_prompt",
        "V3, several_calls",
        "V3, parallel_calls",
    })
    void publishedSamples(MistralVersion version, String name) throws IOException {
        Path samples = folder().resolve("samples");
        String ending = "_" + version.name().toLowerCase();
        MistralPrompt prompts = prompts(version);
        int[] ids = prompts.encode(request(samples.resolve(name + "__sample.json")));
        List<?> expected =
                (List<?>)
                        ((Map<?, ?>) json(samples.resolve(name + "__tokens" + ending + ".json")))
                                .get("tokens");
        assertArrayEquals(
                expected.stream().mapToInt(id -> ((Number) id).intValue()).toArray(), ids);
        // One sample spells the space symbol as a space.
        String text = Files.readString(samples.resolve(name + "__text" + ending + ".txt"));
        assertEquals(text.strip().replace('\u2581', ' '), prompts.text(ids).replace('\u2581', ' '));
    }

    @Test
    void systemMessagesAndResultsOfV7() throws IOException {
        MistralPrompt prompts = prompts(MistralVersion.V7);
        ChatPrompt prompt =
                ChatPrompt.of(
                        List.of(
                                new ChatMessage("system", "Be brief."),
                                new ChatMessage("user", "Hi </s>"),
                                new ChatMessage("assistant", "Sure. "),
                                new ChatMessage("tool", "{\"a\":1}")
                                        .with("tool_call_id", "123456789")));
        assertEquals(
                "<s>[SYSTEM_PROMPT]▁Be▁brief.[/SYSTEM_PROMPT][INST]▁Hi▁</s>[/INST]▁Sure.</s>"
                        + "[TOOL_RESULTS]▁123456789[TOOL_CONTENT]▁{\"a\":1}[/TOOL_RESULTS]",
                prompts.text(prompts.encode(prompt)));
        // What a user writes stays text.
        long numEnds = Arrays.stream(prompts.encode(prompt)).filter(id -> id == 2).count();
        assertEquals(1, numEnds);
    }

    @Test
    void openAssistantMessageIsNotEnded() throws IOException {
        MistralPrompt prompts = prompts(MistralVersion.V3);
        ChatPrompt prompt =
                ChatPrompt.of(
                        List.of(
                                new ChatMessage("user", "a"),
                                new ChatMessage("user", "b"),
                                new ChatMessage("assistant", "c")));
        assertEquals("<s>[INST]▁a<0x0A><0x0A>b[/INST]▁c</s>", prompts.text(prompts.encode(prompt)));
        assertEquals(
                "<s>[INST]▁a<0x0A><0x0A>b[/INST]▁c",
                prompts.text(prompts.encode(prompt.withEnding(ChatPrompt.Ending.LAST_MESSAGE))));
    }

    @Test
    void whatAVersionCannotSay() throws IOException {
        MistralPrompt first = prompts(MistralVersion.V1);
        ChatPrompt hello = ChatPrompt.of(List.of(new ChatMessage("user", "Hi")));
        Map<String, Object> tool = Map.of("function", Map.of("name", "f"));
        assertThrows(
                ChatTemplateException.class, () -> first.encode(hello.withTools(List.of(tool))));
        ChatPrompt unknown = ChatPrompt.of(List.of(new ChatMessage("narrator", "Hi")));
        assertThrows(ChatTemplateException.class, () -> first.encode(unknown));
        ChatPrompt silent = ChatPrompt.of(List.of(new ChatMessage("assistant", "")));
        assertThrows(ChatTemplateException.class, () -> first.encode(silent));
        Tokenizer withoutControl =
                Tokenizer.of(
                        TokenizerModelFile.read(folder().resolve(FILES.get(MistralVersion.V1)))
                                .build());
        assertThrows(
                TokenizerException.class,
                () -> MistralPrompt.of(withoutControl, MistralVersion.V3));
    }

    @Test
    void versionsByFileName() {
        assertEquals(Optional.of(MistralVersion.V1), MistralVersion.ofFile("tokenizer.model"));
        assertEquals(Optional.of(MistralVersion.V3), MistralVersion.ofFile("tokenizer.model.v3"));
        assertEquals(Optional.of(MistralVersion.V7), MistralVersion.ofFile("t.model.v7m1"));
        assertEquals(Optional.empty(), MistralVersion.ofFile("tokenizer.model.v11"));
        assertEquals(Optional.empty(), MistralVersion.ofFile("tekken.json"));
    }

    private static ChatPrompt request(Path file) throws IOException {
        Map<?, ?> request = (Map<?, ?>) json(file);
        List<ChatMessage> messages =
                ((List<?>) request.get("messages"))
                        .stream().map(MistralPromptTest::message).toList();
        ChatPrompt prompt = ChatPrompt.of(messages);
        return request.get("tools") instanceof List<?> tools ? prompt.withTools(tools) : prompt;
    }

    @SuppressWarnings("unchecked")
    private static ChatMessage message(Object members) {
        return new ChatMessage((Map<String, Object>) members);
    }

    private static Object json(Path file) throws IOException {
        return PlainJson.read(Files.readString(file));
    }
}

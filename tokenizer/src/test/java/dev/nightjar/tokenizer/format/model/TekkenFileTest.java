package dev.nightjar.tokenizer.format.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.TokenizerFormatException;
import dev.nightjar.tokenizer.format.LoadedTokenizer;
import dev.nightjar.tokenizer.format.TokenizerLoader;
import dev.nightjar.tokenizer.format.json.Mutations;
import dev.nightjar.tokenizer.format.syntax.JsonFile;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import dev.nightjar.tokenizer.mistral.MistralPrompt;
import dev.nightjar.tokenizer.mistral.MistralVersion;
import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small file in the real layout; the ids are those of src/test/python/tekken_goldens.py. */
class TekkenFileTest {
    private static final byte[] FILE = resource("tekken.json");

    @Test
    void folderWithNothingElse(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("tekken.json"), FILE);
        LoadedTokenizer loaded = TokenizerLoader.ofFolder(folder);
        assertEquals(Optional.of(MistralVersion.V11), loaded.promptFormat());
        Tokenizer tokenizer = loaded.tokenizer();
        JsonNode cases = JsonFile.read(resource("tekken-goldens.json"), "goldens");
        for (JsonNode golden : cases.elements()) {
            String text = golden.require("text").string();
            int[] ids =
                    golden.require("ids").elements().stream()
                            .mapToInt(id -> id.integer(0, Integer.MAX_VALUE))
                            .toArray();
            assertArrayEquals(ids, tokenizer.encode(text), text);
            assertEquals(text, tokenizer.decode(ids));
        }
        assertEquals("<SPECIAL_31>", tokenizer.vocabulary().token(31));
        assertArrayEquals(new int[] {1, 32 + 'a'}, tokenizer.withBos(tokenizer.encode("a")));
    }

    @Test
    void conversationsAsIds() {
        Tokenizer tokenizer = Tokenizer.of(TekkenFile.read(FILE, "test").spec().build());
        Map<String, Object> call =
                Map.of(
                        "id",
                        "123456789",
                        "function",
                        Map.of("name", "f", "arguments", Map.of("a", 1)));
        ChatPrompt prompt =
                ChatPrompt.of(
                                List.of(
                                        new ChatMessage("user", "[INST]"),
                                        new ChatMessage("assistant", "")
                                                .with("tool_calls", List.of(call)),
                                        new ChatMessage("tool", "2")
                                                .with("tool_call_id", "123456789"),
                                        new ChatMessage("user", "b")))
                        .withTools(List.of(Map.of("function", Map.of("name", "f"))));
        String tools =
                "[AVAILABLE_TOOLS][{\"type\": \"function\", \"function\": {\"name\": \"f\","
                        + " \"description\": \"\", \"parameters\": {}}}][/AVAILABLE_TOOLS]";
        assertEquals(
                "<s>[INST][INST][/INST][TOOL_CALLS]f[CALL_ID]123456789[ARGS]{\"a\": 1}</s>"
                        + "[TOOL_RESULTS]123456789[TOOL_CONTENT]2[/TOOL_RESULTS]"
                        + tools
                        + "[INST]b[/INST]",
                text(tokenizer, MistralVersion.V11, prompt));
        assertEquals(
                "<s>"
                        + tools
                        + "[INST][INST][/INST][TOOL_CALLS]f[ARGS]{\"a\": 1}</s>"
                        + "[TOOL_RESULTS]2[/TOOL_RESULTS][INST]b[/INST]",
                text(tokenizer, MistralVersion.V13, prompt));
    }

    private static String text(Tokenizer tokenizer, MistralVersion version, ChatPrompt prompt) {
        int[] ids = MistralPrompt.of(tokenizer, version).encode(prompt);
        return tokenizer.decodeWithSpecials(ids);
    }

    @Test
    void whatIsNotUnderstood() {
        refuses("\"v11\"", "\"v99\"", "expected a version");
        refuses("\"rank\":300", "\"rank\":301", "expected a whole number from 300 to 300");
        refuses("\"default_vocab_size\":4", "\"default_vocab_size\":9", "whole number");
        refuses("\\\\p{N}|", "\\\\p{N}+|", "expected a known pattern");
        refuses("\"special_tokens\"", "\"others\"", "special_tokens");
        refuses("\"rank\":2,\"token_str\":\"</s>\"", "\"rank\":1,\"token_str\":\"</s>\"", "two");
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void damagedFiles(@ForAll Random random) {
        try {
            Tokenizer tokenizer =
                    Tokenizer.of(
                            TekkenFile.read(Mutations.of(FILE, random), "test").spec().build());
            tokenizer.decode(tokenizer.encode("Hello world 12"));
        } catch (TokenizerException e) {
            assertTrue(!e.getMessage().isBlank());
        }
    }

    private static void refuses(String part, String changed, String message) {
        String json = new String(FILE, StandardCharsets.UTF_8);
        assertTrue(json.contains(part), part);
        byte[] bytes = json.replace(part, changed).getBytes(StandardCharsets.UTF_8);
        TokenizerFormatException e =
                assertThrows(TokenizerFormatException.class, () -> TekkenFile.read(bytes, "test"));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private static byte[] resource(String name) {
        try (InputStream in = TekkenFileTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

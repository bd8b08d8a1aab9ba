package dev.nightjar.tokenizer.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateFilesTest {
    private static final String CONFIG = "tokenizer_config.json";

    @TempDir private Path folder;

    @Test
    void folderWithoutTemplateHasNone() throws IOException {
        assertEquals(Optional.empty(), TemplateFiles.read(folder));
        write(CONFIG, "{\"bos_token\": \"<s>\"}");
        assertEquals(Optional.empty(), TemplateFiles.read(folder));
    }

    @Test
    void configurationHoldsOneOrSeveralAndTheTokens() throws IOException {
        write(
                CONFIG,
                """
                {"chat_template": "one", "bos_token": {"content": "<s>"}, "eos_token": "</s>",
                 "unk_token": null, "additional_special_tokens": ["<a>", {"content": "<b>"}]}""");
        TemplateSources sources = read();
        assertEquals(Map.of("default", "one"), sources.sources());
        assertEquals(
                Map.of(
                        "bos_token", "<s>",
                        "eos_token", "</s>",
                        "additional_special_tokens", List.of("<a>", "<b>")),
                sources.tokens());
        write(
                CONFIG,
                """
                {"chat_template": [{"name": "default", "template": "plain"},
                                   {"name": "tool_use", "template": "tools"}, 5]}""");
        assertEquals(Map.of("default", "plain", "tool_use", "tools"), read().sources());
    }

    @Test
    void filesOfTheirOwnGoFirst() throws IOException {
        write(CONFIG, "{\"chat_template\": \"old\", \"eos_token\": \"</s>\"}");
        write("chat_template.json", "{\"chat_template\": \"newer\"}");
        assertEquals(Map.of("default", "newer"), read().sources());
        write("chat_template.jinja", "newest");
        Files.createDirectory(folder.resolve("additional_chat_templates"));
        write("additional_chat_templates/rag.jinja", "documents");
        assertEquals(Map.of("default", "newest", "rag", "documents"), read().sources());
        assertEquals(Map.of("eos_token", "</s>"), read().tokens());
    }

    @Test
    void malformedFileIsNamed() throws IOException {
        write(CONFIG, "{\"chat_template\": ");
        String message =
                assertThrows(UnsupportedTemplateException.class, () -> TemplateFiles.read(folder))
                        .getMessage();
        assertTrue(message.contains(CONFIG), message);
    }

    private TemplateSources read() {
        return TemplateFiles.read(folder).orElseThrow();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}

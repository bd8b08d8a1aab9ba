package dev.nightjar.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.tokenizer.template.ChatTemplates;
import dev.nightjar.tokenizer.template.TemplateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PublishedTemplatesTest {
    @Test
    void dump() throws IOException {
        Path folder = SharedFiles.get("data", "templates", "jinja");
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                ChatStyle style =
                        ChatStyle.of(
                                ChatTemplates.of(Files.readString(file)),
                                AnswerChoice.byTemplate());
                System.out.println("DUMP " + file.getFileName() + " " + style);
            }
        }
    }
}

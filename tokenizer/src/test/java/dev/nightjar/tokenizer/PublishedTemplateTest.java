package dev.nightjar.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatTemplates;
import dev.nightjar.tokenizer.template.UnsupportedTemplateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Templates of published models: what is recognised renders exactly, all others are refused. */
class PublishedTemplateTest {
    private static final String CHATML_MODEL = "teknium/OpenHermes-2.5-Mistral-7B";

    @Test
    void rendersExactlyOrNotAtAll() throws IOException {
        Path path = SharedData.path("data/templates/llamacpp_chat.json");
        List<ChatMessage> conversation = new ArrayList<>();
        List<String> rendered = new ArrayList<>();
        for (Map<String, String> entry : readObjects(path)) {
            if (entry.containsKey("role")) {
                conversation.add(new ChatMessage(entry.get("role"), entry.get("content")));
            } else if (entry.get("name").equals(CHATML_MODEL)) {
                assertEquals(
                        entry.get("expected_output"),
                        ChatTemplates.of(entry.get("template_str")).render(conversation));
                rendered.add(entry.get("name"));
            } else {
                assertThrows(
                        UnsupportedTemplateException.class,
                        () -> ChatTemplates.of(entry.get("template_str")),
                        entry.get("name"));
            }
        }
        assertEquals(6, conversation.size());
        assertEquals(List.of(CHATML_MODEL), rendered);
    }

    /** The innermost objects of a file, in order, with their text fields. */
    private static List<Map<String, String>> readObjects(Path path) throws IOException {
        List<Map<String, String>> objects = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(path.toFile())) {
            Map<String, String> fields = new HashMap<>();
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                switch (token) {
                    case START_OBJECT -> fields = new HashMap<>();
                    case VALUE_STRING -> fields.put(json.currentName(), json.getText());
                    case END_OBJECT -> {
                        objects.add(fields);
                        fields = new HashMap<>();
                    }
                    default -> {}
                }
            }
        }
        objects.removeIf(Map::isEmpty);
        return objects;
    }
}

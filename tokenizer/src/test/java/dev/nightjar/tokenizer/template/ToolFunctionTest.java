package dev.nightjar.tokenizer.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolFunctionTest {

    @Test
    void isWhatTemplatesKnow() {
        Map<String, Object> tool = ToolFunction.of("now", "The time.", "{\"type\": \"object\"}");
        assertEquals(List.of("type", "function"), List.copyOf(tool.keySet()));
        assertEquals("function", tool.get("type"));
        Map<?, ?> function = (Map<?, ?>) tool.get("function");
        assertEquals(List.of("name", "description", "parameters"), List.copyOf(function.keySet()));
        assertEquals(Map.of("type", "object"), function.get("parameters"));
    }

    @Test
    void refusesWhatIsNoSchema() {
        for (String wrong : List.of("[]", "{oops", "", "3")) {
            ChatTemplateException refused =
                    assertThrows(
                            ChatTemplateException.class, () -> ToolFunction.of("now", "", wrong));
            assertTrue(refused.getMessage().contains("tool now"), refused.getMessage());
        }
    }
}

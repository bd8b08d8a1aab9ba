package dev.nightjar.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import dev.nightjar.tokenizer.template.ChatTemplates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Row O21: a system's message works with every model. */
class SystemRoleTest {

    private static final String SHOWING =
            "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}";
    private static final String REFUSING =
            "{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}"
                    + "{% endif %}"
                    + SHOWING;
    private static final String SILENT =
            "{% for m in messages if m.role != 'system' %}<{{ m.role }}>{{ m.content }}{% endfor %}";
    private static final ChatMessage SYSTEM = new ChatMessage("system", "Be brief.");
    private static final ChatMessage USER = new ChatMessage("user", "Hi");
    private static final ChatMessage ASSISTANT = new ChatMessage("assistant", "Yes?");

    private static String rendered(String template, ChatMessage... messages) {
        return new ChatRenderer(Optional.of(ChatTemplates.of(template)), Map.of())
                .render(new Prompt.Chat(List.of(messages)), "m");
    }

    @Test
    void templatesThatShowItAreLeftAlone() {
        assertTrue(SystemRole.isKnownTo(ChatTemplates.of(SHOWING)));
        assertEquals("<system>Be brief.<user>Hi", rendered(SHOWING, SYSTEM, USER));
        assertTrue(SystemRole.isKnownTo(ChatTemplates.of("{{ raise_exception('never') }}")));
    }

    @Test
    void othersGetItWithTheFirstUsersMessage() {
        for (String template : List.of(REFUSING, SILENT)) {
            assertFalse(SystemRole.isKnownTo(ChatTemplates.of(template)));
            assertEquals("<user>Be brief.\n\nHi", rendered(template, SYSTEM, USER));
            assertEquals(
                    "<user>Be brief.\n\nBe brief.\n\nHi<assistant>Yes?",
                    rendered(template, SYSTEM, SYSTEM, USER, ASSISTANT));
            assertEquals("<user>Be brief.<assistant>Yes?", rendered(template, SYSTEM, ASSISTANT));
            assertEquals("<user>Hi", rendered(template, USER));
        }
    }

    @Test
    void theRequestsOwnTemplateIsTakenAtItsWord() {
        ChatRenderer renderer = new ChatRenderer(Optional.of(ChatTemplates.of(REFUSING)), Map.of());
        Prompt.Chat own =
                new Prompt.Chat(ChatPrompt.of(List.of(SYSTEM, USER)), Optional.of(REFUSING));
        assertThrows(InvalidRequestException.class, () -> renderer.render(own, "m"));
    }
}

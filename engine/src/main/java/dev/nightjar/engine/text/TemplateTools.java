package dev.nightjar.engine.text;

import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import dev.nightjar.tokenizer.template.ChatTemplate;
import dev.nightjar.tokenizer.template.ChatTemplateException;
import java.util.List;
import java.util.Map;

/**
 * What a template makes of tools, found out by rendering small conversations.
 *
 * @param showsTools whether tools reach the prompt
 * @param showsCallsAmongTools whether calls and their results do if tools are given, too
 * @param showsCallsAlone whether they do if none are
 */
record TemplateTools(boolean showsTools, boolean showsCallsAmongTools, boolean showsCallsAlone) {

    private static final String TOOL = "probe_of_tool";
    private static final String ARGUMENT = "probe_of_argument";
    private static final String RESULT = "probe of result";

    private static final ChatMessage USER = new ChatMessage("user", "probe");

    /** A template that needs no help. */
    static TemplateTools complete() {
        return new TemplateTools(true, true, true);
    }

    /** A template that cannot do anything with tools. */
    static TemplateTools none() {
        return new TemplateTools(false, false, false);
    }

    /** Examines a template; what it refuses it cannot do. */
    static TemplateTools of(ChatTemplate template) {
        ChatPrompt withTools = ChatPrompt.of(List.of(USER)).withTools(List.of(tool()));
        ChatPrompt withCalls = ChatPrompt.of(List.of(USER, call(), result()));
        String shown = render(template, withTools);
        String history = render(template, withCalls.withTools(List.of(tool())));
        String bare = render(template, withCalls);
        return new TemplateTools(
                shown.contains(TOOL), isWhole(history), isWhole(bare) && bare.contains(TOOL));
    }

    /** Whether a conversation's calls need no help. */
    boolean showsCalls(boolean hasTools) {
        return hasTools && showsTools ? showsCallsAmongTools : showsCallsAlone;
    }

    private static boolean isWhole(String history) {
        return history.contains(ARGUMENT) && history.contains(RESULT);
    }

    private static String render(ChatTemplate template, ChatPrompt prompt) {
        try {
            return template.render(prompt);
        } catch (ChatTemplateException refused) {
            return "";
        }
    }

    private static Map<String, Object> tool() {
        return Map.of(
                "type",
                "function",
                "function",
                Map.of(
                        "name",
                        TOOL,
                        "description",
                        "probe",
                        "parameters",
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of(ARGUMENT, Map.of("type", "string", "description", "probe")),
                                "required",
                                List.of(ARGUMENT))));
    }

    private static ChatMessage call() {
        Map<String, Object> function =
                Map.of("name", TOOL, "arguments", Map.of(ARGUMENT, "probe"));
        return new ChatMessage("assistant", "")
                .with(
                        "tool_calls",
                        List.of(
                                Map.of(
                                        "id",
                                        "probe1234",
                                        "type",
                                        "function",
                                        "function",
                                        function)));
    }

    private static ChatMessage result() {
        return new ChatMessage("tool", RESULT)
                .with("name", TOOL)
                .with("tool_call_id", "probe1234");
    }
}

package dev.nightjar.engine.prompt;

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
 * @param wantsFlatCalls whether it looks for name and arguments in a call itself, not in the
 *     function of the call
 */
record TemplateTools(
        boolean showsTools,
        boolean showsCallsAmongTools,
        boolean showsCallsAlone,
        boolean wantsFlatCalls) {

    private static final String TOOL = "probe_of_tool";
    private static final String ARGUMENT = "probe_of_argument";
    private static final String RESULT = "probe of result";

    private static final ChatMessage USER = new ChatMessage("user", "probe");

    /** A template that needs no help. */
    static TemplateTools complete() {
        return new TemplateTools(true, true, true, false);
    }

    /** A template that cannot do anything with tools. */
    static TemplateTools none() {
        return new TemplateTools(false, false, false, false);
    }

    /** Examines a template; what it refuses it cannot do. */
    static TemplateTools of(ChatTemplate template) {
        ChatPrompt user = ChatPrompt.of(List.of(USER)).withTools(List.of(tool()));
        boolean showsTools = render(template, user).contains(TOOL);
        ChatPrompt calls = ChatPrompt.of(List.of(USER, call(), result()));
        TemplateTools nested = examine(template, calls, showsTools, false);
        if (nested.showsCallsAmongTools) {
            return nested;
        }
        TemplateTools flat = examine(template, ToolPrompt.flat(calls), showsTools, true);
        return flat.showsCallsAmongTools ? flat : nested;
    }

    private static TemplateTools examine(
            ChatTemplate template, ChatPrompt calls, boolean showsTools, boolean isFlat) {
        String history = render(template, calls.withTools(List.of(tool())));
        String bare = render(template, calls);
        return new TemplateTools(
                showsTools, isWhole(history), isWhole(bare) && bare.contains(TOOL), isFlat);
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
        Map<String, Object> function = Map.of("name", TOOL, "arguments", Map.of(ARGUMENT, "probe"));
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
        return new ChatMessage("tool", RESULT).with("name", TOOL).with("tool_call_id", "probe1234");
    }
}

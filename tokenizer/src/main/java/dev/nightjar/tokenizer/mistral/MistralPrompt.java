package dev.nightjar.tokenizer.mistral;

import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.Vocabulary;
import dev.nightjar.tokenizer.mistral.Turn.AssistantTurn;
import dev.nightjar.tokenizer.mistral.Turn.Call;
import dev.nightjar.tokenizer.mistral.Turn.SystemTurn;
import dev.nightjar.tokenizer.mistral.Turn.ToolTurn;
import dev.nightjar.tokenizer.mistral.Turn.UserTurn;
import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import dev.nightjar.tokenizer.template.ChatTemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Conversations as ids for the checkpoints that come with Mistral's own {@code tokenizer.model.vN}
 * and no chat template. Immutable, safe for use by many threads.
 *
 * <p>No text is assembled: every message is encoded by itself, and control tokens are put between
 * as ids. So the spelling of a control token in a message stays text, and cannot steer the model.
 */
public final class MistralPrompt {
    private final Tokenizer tokenizer;
    private final MistralVersion version;

    private MistralPrompt(Tokenizer tokenizer, MistralVersion version) {
        this.tokenizer = tokenizer;
        this.version = version;
    }

    /**
     * The prompts of a checkpoint.
     *
     * @throws TokenizerException if the vocabulary lacks a control token of the version
     */
    public static MistralPrompt of(Tokenizer tokenizer, MistralVersion version) {
        for (Control control : Control.values()) {
            if (version.isAtLeast(control.since)) {
                control.id(tokenizer.vocabulary());
            }
        }
        return new MistralPrompt(tokenizer, version);
    }

    /**
     * The ids of a conversation, BOS included. After {@link ChatPrompt.Ending#LAST_MESSAGE} a last
     * message of the assistant stays open, so that the model goes on with it.
     *
     * @throws ChatTemplateException if the version cannot express the messages or tools
     */
    public int[] encode(ChatPrompt prompt) {
        List<Turn> turns = new ArrayList<>(Turn.of(prompt.messages()));
        String system = "";
        if (!version.isAtLeast(MistralVersion.V7)) {
            system = systemText(turns);
            turns = new ArrayList<>(turnsWithoutSystem(prompt.messages()));
            if (turns.isEmpty() || !(turns.getFirst() instanceof UserTurn)) {
                turns.addFirst(new UserTurn(""));
            }
        }
        return new Writer(turns, system, prompt).write();
    }

    /** The ids as pieces of the vocabulary, one after the other: the prompt for people to read. */
    public String text(int[] ids) {
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(tokenizer.vocabulary().token(id));
        }
        return text.toString();
    }

    private static String systemText(List<Turn> turns) {
        return turns.stream()
                .filter(SystemTurn.class::isInstance)
                .map(turn -> ((SystemTurn) turn).content())
                .filter(content -> !content.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }

    private static List<Turn> turnsWithoutSystem(List<ChatMessage> messages) {
        return Turn.of(messages).stream().filter(turn -> !(turn instanceof SystemTurn)).toList();
    }

    /** The control tokens of the formats and the first version that has them. */
    private enum Control {
        BEGIN_USER("[INST]", MistralVersion.V2),
        END_USER("[/INST]", MistralVersion.V2),
        BEGIN_TOOLS("[AVAILABLE_TOOLS]", MistralVersion.V2),
        END_TOOLS("[/AVAILABLE_TOOLS]", MistralVersion.V2),
        TOOL_CALLS("[TOOL_CALLS]", MistralVersion.V2),
        BEGIN_RESULTS("[TOOL_RESULTS]", MistralVersion.V2),
        END_RESULTS("[/TOOL_RESULTS]", MistralVersion.V2),
        BEGIN_SYSTEM("[SYSTEM_PROMPT]", MistralVersion.V7),
        END_SYSTEM("[/SYSTEM_PROMPT]", MistralVersion.V7),
        RESULT_CONTENT("[TOOL_CONTENT]", MistralVersion.V7),
        BOS("<s>", MistralVersion.V1),
        EOS("</s>", MistralVersion.V1);

        private final String token;
        private final MistralVersion since;

        Control(String token, MistralVersion since) {
            this.token = token;
            this.since = since;
        }

        private int id(Vocabulary vocabulary) {
            return vocabulary
                    .id(token)
                    .orElseThrow(
                            () ->
                                    new TokenizerException(
                                            "expected the control token %s, found none; use the"
                                                            .formatted(token)
                                                    + " tokenizer file of the checkpoint"));
        }
    }

    /** One conversation on its way. */
    private final class Writer {
        private final List<Turn> turns;
        private final String system;
        private final List<?> tools;
        private final boolean staysOpen;
        private final int lastUser;
        private final List<Integer> ids = new ArrayList<>();

        private Writer(List<Turn> turns, String system, ChatPrompt prompt) {
            this.turns = turns;
            this.system = system;
            this.tools = prompt.tools().<List<?>>map(list -> list).orElse(List.of());
            this.staysOpen = prompt.ending() == ChatPrompt.Ending.LAST_MESSAGE;
            int last = turns.size() - 1;
            while (last >= 0 && !(turns.get(last) instanceof UserTurn)) {
                last--;
            }
            this.lastUser = last;
        }

        private int[] write() {
            control(Control.BOS);
            for (int i = 0; i < turns.size(); i++) {
                switch (turns.get(i)) {
                    case SystemTurn turn -> system(turn);
                    case UserTurn turn -> user(turn, i);
                    case AssistantTurn turn -> assistant(turn, i);
                    case ToolTurn turn -> tool(turn, i);
                }
            }
            return ids.stream().mapToInt(Integer::intValue).toArray();
        }

        private void system(SystemTurn turn) {
            control(Control.BEGIN_SYSTEM);
            text(turn.content());
            control(Control.END_SYSTEM);
        }

        private void user(UserTurn turn, int index) {
            if (version == MistralVersion.V1) {
                refuseTools(!tools.isEmpty());
                boolean isFirst = index == 0 && !system.isEmpty();
                text("[INST] " + (isFirst ? system + "\n\n" : "") + turn.content() + " [/INST]");
                return;
            }
            boolean isLast = index == lastUser;
            if (isLast && !tools.isEmpty()) {
                control(Control.BEGIN_TOOLS);
                text(PythonJson.of(tools.stream().map(MistralPrompt::tool).toList()));
                control(Control.END_TOOLS);
            }
            control(Control.BEGIN_USER);
            boolean hasSystem = isLast && !system.isEmpty();
            text(hasSystem ? system + "\n\n" + turn.content() : turn.content());
            control(Control.END_USER);
        }

        private void assistant(AssistantTurn turn, int index) {
            refuseTools(version == MistralVersion.V1 && !turn.calls().isEmpty());
            boolean hasBoth = !turn.content().isEmpty() && !turn.calls().isEmpty();
            if (turn.content().isEmpty() && turn.calls().isEmpty()
                    || hasBoth && !version.isAtLeast(MistralVersion.V7)) {
                throw new ChatTemplateException(
                        "format %s: expected an assistant message with %s, found %s"
                                .formatted(
                                        version,
                                        hasBoth ? "content or tool calls" : "content",
                                        hasBoth ? "both" : "none"));
            }
            if (!turn.calls().isEmpty() && version == MistralVersion.V2 && index < lastUser) {
                return;
            }
            if (!turn.content().isEmpty()) {
                text(version == MistralVersion.V1 ? turn.content() : stripped(turn.content()));
            }
            if (!turn.calls().isEmpty()) {
                control(Control.TOOL_CALLS);
                text(PythonJson.of(turn.calls().stream().map(this::call).toList()));
            }
            if (!(staysOpen && index == turns.size() - 1)) {
                control(Control.EOS);
            }
        }

        private void tool(ToolTurn turn, int index) {
            refuseTools(version == MistralVersion.V1);
            switch (version) {
                case V1 -> throw new IllegalStateException("refused before");
                case V2 -> resultList(index);
                case V3 -> {
                    Map<String, Object> result = new LinkedHashMap<>();
                    result.put("content", PythonJson.parsed(turn.content()));
                    result.put("call_id", turn.callId());
                    control(Control.BEGIN_RESULTS);
                    text(PythonJson.of(result));
                    control(Control.END_RESULTS);
                }
                case V7 -> {
                    control(Control.BEGIN_RESULTS);
                    text(turn.callId());
                    control(Control.RESULT_CONTENT);
                    text(turn.content());
                    control(Control.END_RESULTS);
                }
            }
        }

        /** Version 2: neighbouring results are one list, written where the first of them stands. */
        private void resultList(int index) {
            if (index < lastUser || turns.get(index - 1) instanceof ToolTurn) {
                return;
            }
            List<Object> results = new ArrayList<>();
            for (int i = index; i < turns.size(); i++) {
                if (!(turns.get(i) instanceof ToolTurn turn)) {
                    break;
                }
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("name", turn.name());
                result.put("content", PythonJson.parsed(turn.content()));
                results.add(result);
            }
            control(Control.BEGIN_RESULTS);
            text(PythonJson.of(results));
            control(Control.END_RESULTS);
        }

        private Map<String, Object> call(Call call) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", call.name());
            members.put("arguments", call.arguments());
            if (version.isAtLeast(MistralVersion.V3) && !call.id().isEmpty()) {
                members.put("id", call.id());
            }
            return members;
        }

        private void control(Control control) {
            ids.add(control.id(tokenizer.vocabulary()));
        }

        private void text(String text) {
            for (int id : tokenizer.encode(text)) {
                ids.add(id);
            }
        }

        private void refuseTools(boolean hasTools) {
            if (hasTools) {
                throw new ChatTemplateException(
                        "format V1 knows no tools; leave them out, or use a newer checkpoint");
            }
        }
    }

    private static String stripped(String content) {
        int end = content.length();
        while (end > 0 && content.charAt(end - 1) == ' ') {
            end--;
        }
        return content.substring(0, end);
    }

    /** A tool with the members and the order that the checkpoints were trained on. */
    private static Map<String, Object> tool(Object tool) {
        if (!(tool instanceof Map<?, ?> members)
                || !(members.get("function") instanceof Map<?, ?> function)) {
            throw new ChatTemplateException("expected a tool with a function, found " + tool);
        }
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("name", function.get("name"));
        Object description = function.get("description");
        ordered.put("description", description == null ? "" : description);
        Object parameters = function.get("parameters");
        ordered.put("parameters", parameters == null ? Map.of() : parameters);
        Map<String, Object> typed = new LinkedHashMap<>();
        typed.put("type", "function");
        typed.put("function", ordered);
        return typed;
    }
}

package dev.nightjar.tokenizer.mistral;

import dev.nightjar.tokenizer.mistral.Turn.AssistantTurn;
import dev.nightjar.tokenizer.mistral.Turn.SystemTurn;
import dev.nightjar.tokenizer.mistral.Turn.ToolTurn;
import dev.nightjar.tokenizer.mistral.Turn.UserTurn;
import dev.nightjar.tokenizer.template.ChatPrompt;
import dev.nightjar.tokenizer.template.ChatTemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One conversation on its way to ids. Used once. */
final class ConversationWriter {
    private final IdWriter out;
    private final MistralVersion version;
    private final ToolWriter toolWriter;
    private final List<Turn> turns;

    /** What stands before a message of the user in versions without system messages. */
    private final String system;

    private final List<?> tools;
    private final boolean staysOpen;
    private final int lastUser;

    /** The message of the user that the tools stand before. */
    private final int toolsUser;

    ConversationWriter(
            IdWriter out,
            MistralVersion version,
            List<Turn> turns,
            String system,
            ChatPrompt prompt) {
        this.out = out;
        this.version = version;
        this.toolWriter = new ToolWriter(out, version);
        this.turns = turns;
        this.system = system;
        this.tools = prompt.tools().<List<?>>map(list -> list).orElse(List.of());
        this.staysOpen = prompt.ending() == ChatPrompt.Ending.LAST_MESSAGE;
        int[] users =
                IntStream.range(0, turns.size())
                        .filter(i -> turns.get(i) instanceof UserTurn)
                        .toArray();
        lastUser = users.length == 0 ? -1 : users[users.length - 1];
        toolsUser = users.length > 0 && version.isAtLeast(MistralVersion.V13) ? users[0] : lastUser;
    }

    int[] write() {
        out.control(Control.BOS);
        for (int i = 0; i < turns.size(); i++) {
            switch (turns.get(i)) {
                case SystemTurn turn -> system(turn);
                case UserTurn turn -> user(turn, i);
                case AssistantTurn turn -> assistant(turn, i);
                case ToolTurn turn -> tool(turn, i);
            }
        }
        return out.finish();
    }

    private void system(SystemTurn turn) {
        out.control(Control.BEGIN_SYSTEM);
        out.text(turn.content());
        out.control(Control.END_SYSTEM);
    }

    private void user(UserTurn turn, int index) {
        if (version == MistralVersion.V1) {
            refuseTools(!tools.isEmpty());
            boolean isFirst = index == 0 && !system.isEmpty();
            out.text("[INST] " + (isFirst ? system + "\n\n" : "") + turn.content() + " [/INST]");
            return;
        }
        if (index == toolsUser && !tools.isEmpty()) {
            toolWriter.tools(tools);
        }
        out.control(Control.BEGIN_USER);
        boolean hasSystem = index == lastUser && !system.isEmpty();
        out.text(hasSystem ? system + "\n\n" + turn.content() : turn.content());
        out.control(Control.END_USER);
    }

    private void assistant(AssistantTurn turn, int index) {
        refuseTools(version == MistralVersion.V1 && !turn.calls().isEmpty());
        requireExpressible(turn);
        if (!turn.calls().isEmpty() && version == MistralVersion.V2 && index < lastUser) {
            return;
        }
        if (!turn.content().isEmpty()) {
            out.text(version == MistralVersion.V1 ? turn.content() : stripped(turn.content()));
        }
        if (!turn.calls().isEmpty()) {
            toolWriter.calls(turn.calls());
        }
        if (!(staysOpen && index == turns.size() - 1)) {
            out.control(Control.EOS);
        }
    }

    private void requireExpressible(AssistantTurn turn) {
        boolean isEmpty = turn.content().isEmpty() && turn.calls().isEmpty();
        boolean hasBoth = !turn.content().isEmpty() && !turn.calls().isEmpty();
        if (isEmpty || hasBoth && !version.isAtLeast(MistralVersion.V7)) {
            throw new ChatTemplateException(
                    "format %s: expected an assistant message with %s, found %s"
                            .formatted(
                                    version,
                                    hasBoth ? "content or tool calls" : "content",
                                    hasBoth ? "both" : "none"));
        }
    }

    private void tool(ToolTurn turn, int index) {
        refuseTools(version == MistralVersion.V1);
        if (version != MistralVersion.V2) {
            toolWriter.results(List.of(turn));
        } else if (index > lastUser && !(turns.get(index - 1) instanceof ToolTurn)) {
            toolWriter.results(neighbours(index));
        }
    }

    /** The results from here to the next turn of another kind. */
    private List<ToolTurn> neighbours(int index) {
        List<ToolTurn> results = new ArrayList<>();
        for (int i = index; i < turns.size() && turns.get(i) instanceof ToolTurn turn; i++) {
            results.add(turn);
        }
        return results;
    }

    private static void refuseTools(boolean hasTools) {
        if (hasTools) {
            throw new ChatTemplateException(
                    "format V1 knows no tools; leave them out, or use a newer checkpoint");
        }
    }

    private static String stripped(String content) {
        int end = content.length();
        while (end > 0 && content.charAt(end - 1) == ' ') {
            end--;
        }
        return content.substring(0, end);
    }
}

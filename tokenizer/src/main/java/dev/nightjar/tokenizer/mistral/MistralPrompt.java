package dev.nightjar.tokenizer.mistral;

import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.mistral.Turn.SystemTurn;
import dev.nightjar.tokenizer.mistral.Turn.UserTurn;
import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import dev.nightjar.tokenizer.template.ChatTemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Conversations as ids for the checkpoints that come with Mistral's own {@code tokenizer.model.vN}
 * or {@code tekken.json} and no chat template. Immutable, safe for use by many threads.
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
            if (control.isOf(version)) {
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
        return new ConversationWriter(new IdWriter(tokenizer), version, turns, system, prompt)
                .write();
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
}

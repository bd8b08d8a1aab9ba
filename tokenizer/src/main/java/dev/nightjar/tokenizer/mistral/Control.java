package dev.nightjar.tokenizer.mistral;

import dev.nightjar.tokenizer.TokenizerException;
import dev.nightjar.tokenizer.Vocabulary;

/** The control tokens of the formats, and the versions that have them. */
enum Control {
    BEGIN_USER("[INST]", MistralVersion.V2),
    END_USER("[/INST]", MistralVersion.V2),
    BEGIN_TOOLS("[AVAILABLE_TOOLS]", MistralVersion.V2),
    END_TOOLS("[/AVAILABLE_TOOLS]", MistralVersion.V2),
    TOOL_CALLS("[TOOL_CALLS]", MistralVersion.V2),
    BEGIN_RESULTS("[TOOL_RESULTS]", MistralVersion.V2),
    END_RESULTS("[/TOOL_RESULTS]", MistralVersion.V2),
    BEGIN_SYSTEM("[SYSTEM_PROMPT]", MistralVersion.V7),
    END_SYSTEM("[/SYSTEM_PROMPT]", MistralVersion.V7),
    RESULT_CONTENT("[TOOL_CONTENT]", MistralVersion.V7, MistralVersion.V11),
    CALL_ID("[CALL_ID]", MistralVersion.V11, MistralVersion.V11),
    CALL_ARGUMENTS("[ARGS]", MistralVersion.V11),
    BOS("<s>", MistralVersion.V1),
    EOS("</s>", MistralVersion.V1);

    private final String token;
    private final MistralVersion first;
    private final MistralVersion last;

    Control(String token, MistralVersion first) {
        this(token, first, MistralVersion.V13);
    }

    Control(String token, MistralVersion first, MistralVersion last) {
        this.token = token;
        this.first = first;
        this.last = last;
    }

    /** Whether prompts of a version need it. */
    boolean isOf(MistralVersion version) {
        return version.isAtLeast(first) && last.isAtLeast(version);
    }

    /**
     * Its id.
     *
     * @throws TokenizerException if the vocabulary lacks it
     */
    int id(Vocabulary vocabulary) {
        return vocabulary
                .id(token)
                .orElseThrow(
                        () ->
                                new TokenizerException(
                                        ("expected the control token %s, found none; use the"
                                                        + " tokenizer file of the checkpoint")
                                                .formatted(token)));
    }
}

package dev.nightjar.server.dialect.openai.surface;

import java.util.EnumSet;
import java.util.Set;

/** What a place takes beyond OpenAI's API. */
public enum Liberty {
    /** The model may be left out. */
    MODEL_OPTIONAL,
    /** Messages may come as {@code inputs}, also as one string. */
    INPUTS,
    /** {@code max_new_tokens} and {@code do_sample}, as Hugging Face's libraries name them. */
    GENERATION_NAMES,
    /** Messages may be strings; one without a role, or with an unknown one, is the user's. */
    LOOSE_MESSAGES,
    /** A model without chat template answers the contents one after the other. */
    PLAIN_CONVERSATION;

    /** None of them. */
    public static Set<Liberty> none() {
        return EnumSet.noneOf(Liberty.class);
    }
}

package dev.nightjar.server.dialect.tei;

import dev.nightjar.engine.encoder.EmbedOptions;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.encoder.Prompt;
import dev.nightjar.engine.format.EncoderPrompts;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code prompt_name}: which of the model's prompts goes in front of texts. */
final class PromptField {

    private static final Field<String> NAME =
            Field.string(
                    "prompt_name",
                    "The name of a prompt of the model's files that goes in front of each text;"
                            + " default theirs, if they have one.");

    private PromptField() {}

    /** The member. */
    static List<Field<?>> all() {
        return List.of(NAME);
    }

    /**
     * The options with the prompt that is asked for.
     *
     * @throws dev.nightjar.server.error.ApiException if the model has none of this name
     */
    static EmbedOptions apply(RequestObject body, EncoderModel encoder, EmbedOptions options) {
        Optional<String> name = known(body, encoder);
        return name.isPresent() ? options.withPrompt(new Prompt.Named(name.get())) : options;
    }

    /**
     * What goes in front of each text; possibly nothing.
     *
     * @throws dev.nightjar.server.error.ApiException if the model has no prompt of this name
     */
    static String text(RequestObject body, EncoderModel encoder) {
        EncoderPrompts prompts = encoder.prompts();
        return known(body, encoder).map(prompts.byName()::get).orElse(prompts.standard());
    }

    private static Optional<String> known(RequestObject body, EncoderModel encoder) {
        Optional<String> name = body.get(NAME);
        Set<String> known = encoder.prompts().byName().keySet();
        if (name.isPresent() && !known.contains(name.get())) {
            throw refused(body.required(NAME.name()), name.get(), known);
        }
        return name;
    }

    private static RuntimeException refused(RequestField field, String name, Set<String> known) {
        String message =
                known.isEmpty()
                        ? "it has none, so put the prompt in front of the text and leave prompt_name out"
                        : "it has " + String.join(", ", known);
        return field.refused(
                "%s must be the name of one of the model's prompts, found '%s'; %s"
                        .formatted(field.path(), name, message));
    }
}

package dev.nightjar.server.generation;

import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.server.api.NotServed;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The object {@code structured_outputs}, with one member that says which form. */
final class StructuredOutputs {

    private static final List<String> FORMS =
            List.of("json", "regex", "choice", "grammar", "json_object");
    private static final Set<String> NAMES =
            Set.copyOf(
                    Stream.concat(
                                    FORMS.stream(),
                                    Stream.of("structural_tag", "whitespace_pattern", "backend"))
                            .toList());

    private StructuredOutputs() {}

    static Optional<AskedFormat> read(RequestField field) {
        RequestObject object = field.object();
        object.ignoreAllBut(NAMES);
        for (String name : List.of("structural_tag", "whitespace_pattern")) {
            object.field(name)
                    .ifPresent(
                            found -> {
                                throw NotServed.refusal(found);
                            });
        }
        List<RequestField> found =
                FORMS.stream().flatMap(name -> object.field(name).stream()).toList();
        if (found.size() != 1) {
            return field.expected(
                    "an object with one of json, regex, choice, grammar, json_object",
                    found.isEmpty() ? "none of them" : found.size() + " of them");
        }
        RequestField form = found.getFirst();
        return format(form, form.path().substring(field.path().length() + 1))
                .map(format -> new AskedFormat(format, form.path()));
    }

    private static Optional<OutputFormat> format(RequestField form, String name) {
        return switch (name) {
            case "json" -> Optional.of(Formats.schema(form));
            case "regex" -> Optional.of(Formats.regex(form));
            case "choice" -> Optional.of(Formats.choice(form));
            case "grammar" -> Optional.of(Formats.grammar(form));
            default -> form.bool() ? Optional.of(new OutputFormat.JsonObject()) : Optional.empty();
        };
    }
}

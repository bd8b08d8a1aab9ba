package dev.nightjar.server.generation;

import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** OpenAI's {@code response_format}. */
final class ResponseFormat {

    private static final List<String> TYPES = List.of("text", "json_object", "json_schema");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private ResponseFormat() {}

    static Optional<AskedFormat> read(RequestField field) {
        RequestObject format = field.object();
        return switch (format.required("type").word(TYPES)) {
            case "json_object" -> Optional.of(new AskedFormat(object(format), field.path()));
            case "json_schema" ->
                    Optional.of(
                            new AskedFormat(
                                    schema(format.required("json_schema").object()), field.path()));
            default -> Optional.empty();
        };
    }

    /** Some clients put a schema beside the type of any object. */
    private static OutputFormat object(RequestObject format) {
        format.ignoreAllBut(Set.of("type", "schema"));
        return format.field("schema")
                .map(Formats::schema)
                .orElseGet(() -> new OutputFormat.JsonObject());
    }

    /** The text is valid whether it has to be strictly so or not. */
    private static OutputFormat schema(RequestObject format) {
        format.ignoreAllBut(Set.of("name", "description", "strict", "schema"));
        format.field("strict").ifPresent(RequestField::bool);
        format.field("description").ifPresent(RequestField::string);
        format.field("name").ifPresent(ResponseFormat::checkName);
        return Formats.schema(format.required("schema"));
    }

    private static void checkName(RequestField name) {
        if (!NAME.matcher(name.string()).matches()) {
            name.expected("1 to 64 letters, digits, '_' and '-'", "'" + name.string() + "'");
        }
    }
}

package dev.nightjar.engine.format.hf.lookup;

import dev.nightjar.engine.format.json.JsonFields;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonArray;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The token that a {@code tokenizer.json} has for what its vocabulary cannot express: {@code
 * model.unk_token}, or the piece at {@code model.unk_id}.
 */
final class UnknownToken {

    private UnknownToken() {}

    /** The token; empty if the folder has no such file or the vocabulary expresses everything. */
    static Optional<String> read(Path folder) {
        Path file = folder.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonFields root = JsonFields.of(file.toString(), JsonReader.readObject(file));
        return root.optionalFields("model")
                .flatMap(model -> model.optionalText("unk_token").or(() -> piece(model)));
    }

    private static Optional<String> piece(JsonFields model) {
        OptionalLong id = model.optionalInteger("unk_id");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        List<JsonValue> pieces = model.optionalArray("vocab").orElse(List.of());
        if (id.getAsLong() < 0 || id.getAsLong() >= pieces.size()) {
            throw model.error(
                    "unk_id",
                    "expected 0 to %d, found %d".formatted(pieces.size() - 1, id.getAsLong()));
        }
        if (pieces.get((int) id.getAsLong()) instanceof JsonArray pair
                && !pair.elements().isEmpty()
                && pair.elements().getFirst() instanceof JsonString piece) {
            return Optional.of(piece.value());
        }
        throw model.error("vocab", "expected pairs of a piece and its score");
    }
}

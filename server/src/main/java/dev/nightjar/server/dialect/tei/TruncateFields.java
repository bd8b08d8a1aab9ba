package dev.nightjar.server.dialect.tei;

import dev.nightjar.engine.encoder.Overflow;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.List;
import java.util.Locale;

/** Whether texts that are too long are cut, and where. */
public final class TruncateFields {

    private static final List<String> SIDES = List.of("Right", "Left", "right", "left");

    /** Whether. */
    public static final Field<Boolean> TRUNCATE =
            Field.bool(
                    "truncate", "Cuts texts that are too long instead of refusing; default false.");

    private static final Field<String> DIRECTION =
            Field.of(
                    "truncation_direction",
                    FieldSchema.words(SIDES),
                    "Where a text is cut: its end (Right, the default) or its beginning (Left).",
                    TruncateFields::side);

    private TruncateFields() {}

    /** Both. */
    public static List<Field<?>> all() {
        return List.of(TRUNCATE, DIRECTION);
    }

    /** What becomes of texts that are too long. */
    public static Overflow read(RequestObject body) {
        Overflow cut =
                body.get(DIRECTION).filter("left"::equals).isPresent()
                        ? Overflow.CUT_BEGINNING
                        : Overflow.CUT;
        return body.get(TRUNCATE).orElse(false) ? cut : Overflow.REFUSE;
    }

    private static String side(RequestField field) {
        return field.word(SIDES).toLowerCase(Locale.ROOT);
    }
}

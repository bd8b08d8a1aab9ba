package dev.nightjar.server.embedding;

import dev.nightjar.engine.encoder.EmbedOptions;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.RequestObject;
import java.util.List;

/** The members that say what vectors look like. */
public final class VectorFields {

    /** How many elements. */
    public static final Field<Integer> DIMENSIONS =
            Field.integer(
                    "dimensions",
                    1,
                    Integer.MAX_VALUE,
                    "Keeps the first so many elements, before the scaling; default all.");

    /** Their length. */
    public static final Field<Boolean> NORMALIZE =
            Field.bool("normalize", "Whether vectors are scaled to length 1; default true.");

    private static final Field<String> ENCODING_FORMAT =
            Field.word(
                    "encoding_format",
                    List.of("float", "base64"),
                    "Numbers, or the bytes of 32-bit floats, little endian; default float.");

    private VectorFields() {}

    /** All of them. */
    public static List<Field<?>> all() {
        return List.of(ENCODING_FORMAT, DIMENSIONS, NORMALIZE);
    }

    /** What vectors are to be; texts that are too long are refused. */
    public static EmbedOptions options(RequestObject body) {
        EmbedOptions options = EmbedOptions.defaults();
        if (!body.get(NORMALIZE).orElse(true)) {
            options = options.withScaling(EmbedOptions.Scaling.RAW);
        }
        return body.get(DIMENSIONS).map(options::withDimensions).orElse(options);
    }

    /** How they are written. */
    public static VectorFormat format(RequestObject body) {
        return body.get(ENCODING_FORMAT).filter("base64"::equals).isPresent()
                ? VectorFormat.BASE64
                : VectorFormat.NUMBERS;
    }
}

package dev.nightjar.engine.quantize;

import dev.nightjar.kernels.tensor.DType;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An exception to a mixture: tensors by name, and their type.
 *
 * @param names a regular expression that is looked for anywhere in a name
 * @param dtype a type that can be written
 */
public record KeptTensors(Pattern names, DType dtype) {

    /**
     * Reads {@code PATTERN=TYPE}, such as {@code ffn_down=Q6_K}.
     *
     * @throws IllegalArgumentException if it is not of that form or no regular expression
     * @throws UnknownMixtureException if nothing can be quantized to the type
     */
    public static KeptTensors parse(String text) {
        int at = text.lastIndexOf('=');
        if (at < 1) {
            throw new IllegalArgumentException(
                    "expected PATTERN=TYPE such as ffn_down=Q6_K, found '%s'".formatted(text));
        }
        DType dtype = Mixture.type(text.substring(at + 1));
        try {
            return new KeptTensors(Pattern.compile(text.substring(0, at)), dtype);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "expected a regular expression before '=', found '%s': %s"
                            .formatted(text.substring(0, at), e.getDescription()),
                    e);
        }
    }

    boolean matches(String name) {
        return names.matcher(name).find();
    }
}

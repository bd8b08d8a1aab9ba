package dev.nightjar.engine.quantize;

import java.util.ArrayList;
import java.util.List;

/**
 * What a file is to become: a mixture, and tensors that get a type of their own.
 *
 * @param mixture the types in general
 * @param exceptions the first one that matches a name decides
 */
public record Recipe(Mixture mixture, List<KeptTensors> exceptions) {

    /** Copies the list. */
    public Recipe {
        exceptions = List.copyOf(exceptions);
    }

    /** The mixture as it is. */
    public static Recipe of(Mixture mixture) {
        return new Recipe(mixture, List.of());
    }

    /** This recipe with one more exception, after those that it has. */
    public Recipe keep(KeptTensors exception) {
        List<KeptTensors> more = new ArrayList<>(exceptions);
        more.add(exception);
        return new Recipe(mixture, more);
    }
}

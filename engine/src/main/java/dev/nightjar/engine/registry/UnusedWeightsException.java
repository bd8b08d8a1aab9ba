package dev.nightjar.engine.registry;

import dev.nightjar.engine.format.ModelFormatException;
import java.util.List;

/**
 * A checkpoint's layers hold tensors that its architecture, as built here, does not compute with.
 */
public final class UnusedWeightsException extends ModelFormatException {

    private static final long serialVersionUID = 1L;

    private static final int NAMED = 5;

    UnusedWeightsException(List<String> tensors) {
        super(
                ("the file holds %d layer tensors that this architecture does not use, so its"
                                + " results would be wrong: %s")
                        .formatted(
                                tensors.size(),
                                String.join(
                                        ", ",
                                        tensors.subList(0, Math.min(NAMED, tensors.size())))));
    }
}

package dev.nightjar.engine.format;

import java.util.List;

/** A checkpoint lacks a tensor that its architecture needs. */
public final class MissingTensorException extends ModelFormatException {
    private static final long serialVersionUID = 1L;

    private final String name;

    MissingTensorException(String file, String name, String expected, List<String> nearNames) {
        super(
                "%s: tensor %s is missing, expected with shape %s; %s"
                        .formatted(file, name, expected, hint(nearNames)));
        this.name = name;
    }

    /** Full name of the tensor that was looked for. */
    public String name() {
        return name;
    }

    private static String hint(List<String> nearNames) {
        return nearNames.isEmpty()
                ? "the file holds no tensor of a similar name"
                : "similar names in the file: " + String.join(", ", nearNames);
    }
}

package dev.nightjar.engine.format.onnx.proto;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model file.
 *
 * @param producer name and version of what wrote it, or empty
 * @param opsets version by domain; the domain of plain operators is empty
 * @param graph of it
 */
public record OnnxModel(String producer, Map<String, Long> opsets, OnnxGraph graph) {

    /** Protects the map. */
    public OnnxModel {
        opsets = Collections.unmodifiableMap(new LinkedHashMap<>(opsets));
    }
}

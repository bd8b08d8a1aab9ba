package dev.nightjar.engine.format.hf.encoder;

import dev.nightjar.engine.format.PipelineModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What modules behind the pooling say. A normalization at the end is left to callers; {@code
 * Dropout} does nothing outside of training.
 *
 * @param modules in order
 * @param denseFolders where the weights of projections are, by the name of their tensors
 */
public record VectorModules(List<PipelineModule> modules, Map<String, Path> denseFolders) {

    /** Copies the collections. */
    public VectorModules {
        modules = List.copyOf(modules);
        denseFolders = Map.copyOf(denseFolders);
    }

    /**
     * Reads them.
     *
     * @param index of the first one in its pipeline
     * @throws dev.nightjar.engine.format.ModelFormatException if one asks for something that is not
     *     implemented
     */
    public static VectorModules read(List<SentenceModules.Module> listed, int index) {
        List<PipelineModule> modules = new ArrayList<>();
        Map<String, Path> folders = new LinkedHashMap<>();
        for (int i = 0; i < listed.size(); i++) {
            SentenceModules.Module module = listed.get(i);
            String name = "dense_" + (index + i);
            switch (module.type()) {
                case "Dense" -> {
                    modules.add(DenseModule.read(module, name));
                    folders.put(name, module.folder());
                }
                case "Normalize" -> modules.add(new PipelineModule.Normalize());
                case "Dropout" -> {}
                default -> throw module.unsupported("Dense or Normalize behind the pooling");
            }
        }
        while (!modules.isEmpty() && modules.getLast() instanceof PipelineModule.Normalize) {
            modules.removeLast();
        }
        return new VectorModules(modules, folders);
    }
}

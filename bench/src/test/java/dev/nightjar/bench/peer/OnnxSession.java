package dev.nightjar.bench.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.Map;

/** An encoder of {@code minilm.py} in ONNX Runtime, with all its optimizations. */
final class OnnxSession implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    OnnxSession(Path file, int threads) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(threads);
            // Its threads would spin on while others take their turn.
            options.addConfigEntry("session.force_spinning_stop", "1");
            session = environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not load " + file, e);
        }
    }

    /** Embeddings {@code [B, width]} of sequences of one length. */
    float[][] embed(long[][] ids) {
        try (OnnxTensor input = OnnxTensor.createTensor(environment, ids);
                OrtSession.Result result = session.run(Map.of("ids", input))) {
            return (float[][]) result.get(0).getValue();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not run", e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not close", e);
        }
    }
}

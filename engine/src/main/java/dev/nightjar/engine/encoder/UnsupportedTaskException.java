package dev.nightjar.engine.encoder;

/** An encoder is asked for something that its head cannot give. */
public final class UnsupportedTaskException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsupportedTaskException(String model, EncoderTask asked, EncoderTask offered) {
        super(
                "model %s cannot %s; it can %s. Use a model with such a head"
                        .formatted(model, verb(asked), verb(offered)));
    }

    private static String verb(EncoderTask task) {
        return switch (task) {
            case EMBED -> "embed texts";
            case RERANK -> "rerank texts";
            case CLASSIFY -> "classify texts";
        };
    }
}

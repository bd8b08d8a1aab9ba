/** Model files, paged cache, scheduler, architectures, and the {@code Engine} door. */
module dev.nightjar.engine {
    requires transitive dev.nightjar.kernels;
    requires transitive dev.nightjar.tokenizer;
    requires com.fasterxml.jackson.core;
    requires java.net.http;
    requires jdk.jfr;
    requires jdk.management;

    exports dev.nightjar.engine;
    exports dev.nightjar.engine.answer;
    exports dev.nightjar.engine.answer.part;
    exports dev.nightjar.engine.checkpoint;
    exports dev.nightjar.engine.encoder;
    exports dev.nightjar.engine.format;
    exports dev.nightjar.engine.format.gguf;
    exports dev.nightjar.engine.hub;
    exports dev.nightjar.engine.hub.select;
    exports dev.nightjar.engine.hub.store;
    exports dev.nightjar.engine.lifecycle;
    exports dev.nightjar.engine.metrics;
    exports dev.nightjar.engine.predict;
    exports dev.nightjar.engine.prompt;
    exports dev.nightjar.engine.quantize;
    exports dev.nightjar.engine.request;
    exports dev.nightjar.engine.synthetic;
    exports dev.nightjar.engine.tabular;
    exports dev.nightjar.engine.text;
}

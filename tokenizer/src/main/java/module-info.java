/** Tokenizers, streaming decoders and chat templates; knows no model and no HTTP. */
module dev.nightjar.tokenizer {
    requires com.fasterxml.jackson.core;

    exports dev.nightjar.tokenizer;
    exports dev.nightjar.tokenizer.encoding;
    exports dev.nightjar.tokenizer.format;
    exports dev.nightjar.tokenizer.format.model;
    exports dev.nightjar.tokenizer.mistral;
    exports dev.nightjar.tokenizer.template;
}

package dev.nightjar.bench.peer;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;

/**
 * The native tokenizers library through its plainest calls: encode, take the ids, free. Its usual
 * Java door would copy tokens, masks and offsets as well, and be slower.
 */
final class PeerTokenizer implements AutoCloseable {
    private final long handle;

    private PeerTokenizer(long handle) {
        this.handle = handle;
    }

    static PeerTokenizer of(String tokenizerJson) {
        LibUtils.checkStatus();
        return new PeerTokenizer(TokenizersLibrary.LIB.createTokenizerFromString(tokenizerJson));
    }

    long[] encode(String text) {
        long encoding = TokenizersLibrary.LIB.encode(handle, text, false);
        try {
            return TokenizersLibrary.LIB.getTokenIds(encoding);
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }

    @Override
    public void close() {
        TokenizersLibrary.LIB.deleteTokenizer(handle);
    }
}

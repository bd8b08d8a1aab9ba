package dev.nightjar.tokenizer.algorithm;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes each token stands for, end to end in one array. Immutable. */
public final class TokenBytes {
    private final byte[] bytes;

    /** Token {@code id} is {@code bytes[offsets[id], offsets[id + 1])}; {@code [V + 1]}. */
    private final int[] offsets;

    private TokenBytes(byte[] bytes, int[] offsets) {
        this.bytes = bytes;
        this.offsets = offsets;
    }

    /** Joins the bytes of each token, in the order of the ids. */
    public static TokenBytes of(byte[][] tokens) {
        int[] offsets = new int[tokens.length + 1];
        for (int id = 0; id < tokens.length; id++) {
            offsets[id + 1] = Math.addExact(offsets[id], tokens[id].length);
        }
        byte[] bytes = new byte[offsets[tokens.length]];
        for (int id = 0; id < tokens.length; id++) {
            System.arraycopy(tokens[id], 0, bytes, offsets[id], tokens[id].length);
        }
        return new TokenBytes(bytes, offsets);
    }

    /** The number of tokens. */
    public int size() {
        return offsets.length - 1;
    }

    /** How many bytes a token has. */
    public int length(int id) {
        return offsets[id + 1] - offsets[id];
    }

    /** A copy of the bytes of a token. */
    public byte[] bytes(int id) {
        return Arrays.copyOfRange(bytes, offsets[id], offsets[id + 1]);
    }

    /** Appends the bytes of a token to a buffer with room for them. */
    public void copyTo(int id, ByteBuffer target) {
        target.put(bytes, offsets[id], length(id));
    }

    /** The byte of a token at an offset within its length. */
    byte at(int id, int offset) {
        return bytes[offsets[id] + offset];
    }

    /** The order of two tokens by their bytes, unsigned. */
    int compare(int id, int other) {
        return Arrays.compareUnsigned(
                bytes, offsets[id], offsets[id + 1], bytes, offsets[other], offsets[other + 1]);
    }

    boolean equalTo(int id, byte[] text, int from, int to) {
        return Arrays.equals(bytes, offsets[id], offsets[id + 1], text, from, to);
    }

    boolean spansWords(int id) {
        for (int i = offsets[id] + 1; i < offsets[id + 1]; i++) {
            if (bytes[i] == ' ' && bytes[i - 1] != ' ') {
                return true;
            }
        }
        return false;
    }

    int hash(int id) {
        return hash(bytes, offsets[id], offsets[id + 1]);
    }

    static int hash(byte[] text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text[i];
        }
        // Spreads short texts over the table, whose index is the low bits.
        return hash * 0x9E3779B9 ^ hash >>> 15;
    }
}

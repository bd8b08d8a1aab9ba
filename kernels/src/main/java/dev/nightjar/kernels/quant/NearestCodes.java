package dev.nightjar.kernels.quant;

/**
 * Finds the nearest of a few whole numbers in constant time. The middle between two of them is a
 * multiple of one half, so which is nearest is the same everywhere between two multiples.
 */
final class NearestCodes {

    private final float[] values;
    private final byte[] codes;

    /** {@code values}: ascending; the code of a value is its index. */
    NearestCodes(byte[] values) {
        this.values = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            this.values[i] = values[i];
        }
        int last = values.length - 1;
        codes = new byte[2 * (values[last] - values[0])];
        int code = 0;
        for (int i = 0; i < codes.length; i++) {
            float middleOfBucket = values[0] + i / 2f + 0.25f;
            while (code < last && middleOfBucket > (values[code] + values[code + 1]) / 2f) {
                code++;
            }
            codes[i] = (byte) code;
        }
    }

    /** The code of the value nearest to {@code x}. */
    int code(float x) {
        int bucket = (int) (2 * (x - values[0]));
        return bucket <= 0 ? 0 : bucket < codes.length ? codes[bucket] : values.length - 1;
    }

    /** The value of a code. */
    float value(int code) {
        return values[code];
    }
}

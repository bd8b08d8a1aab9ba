package dev.nightjar.tokenizer.algorithm;

/** Leads places in UTF-8 to places in the string it was made of. */
public final class CharPlaces {
    private CharPlaces() {}

    /**
     * For each byte, and for the end, the index of the UTF-16 unit it is part of {@code [n + 1]}. A
     * place inside a character is that of its beginning.
     */
    public static int[] of(byte[] utf8) {
        int[] places = new int[utf8.length + 1];
        int units = 0;
        for (int i = 0; i < utf8.length; ) {
            int length = CodePoints.length(utf8[i]);
            for (int j = i; j < i + length; j++) {
                places[j] = units;
            }
            units += length == 4 ? 2 : 1;
            i += length;
        }
        places[utf8.length] = units;
        return places;
    }

    /** The end of the character that {@code end} stands in or behind. */
    public static int roundUp(byte[] utf8, int end) {
        int i = end;
        while (i < utf8.length && (utf8[i] & 0xC0) == 0x80) {
            i++;
        }
        return i;
    }
}

package dev.nightjar.tokenizer.algorithm;

/** The words of BLOOM: {@code ?[^(\s|.,!?…。，、।۔،)]+}. */
final class BloomWords implements WordMatcher {
    private static final String SIGNS = "(|.,!?)\u2026\u3002\uFF0C\u3001\u0964\u06D4\u060C";

    @Override
    public int end(byte[] utf8, int from, int to) {
        int start = utf8[from] == ' ' ? from + 1 : from;
        int i = start;
        while (Runs.isNot(utf8, i, to, CodePoints.SPACE)
                && SIGNS.indexOf(CodePoints.codePoint(utf8, i)) < 0) {
            i = Runs.after(utf8, i);
        }
        return i > start ? i : from;
    }
}

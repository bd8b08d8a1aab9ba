package dev.nightjar.engine.format.hf;

import java.util.ArrayList;
import java.util.List;

/**
 * Patterns of dotted names: {@code #} stands for a number between dots, a final {@code *} for
 * {@code weight} or {@code bias}. {@code layers.#.self_attn.q_proj.*} matches {@code
 * layers.3.self_attn.q_proj.bias}.
 */
final class NamePattern {
    private static final int MAX_DIGITS = 9;

    private NamePattern() {}

    /**
     * A name taken apart.
     *
     * @param pattern the name with {@code #} for numbers
     * @param open the same with {@code *} in place of a final {@code weight} or {@code bias}
     * @param numbers what {@code #} stands for
     * @param last the final part
     */
    record Match(String pattern, String open, List<Integer> numbers, String last) {

        /** A pattern with its wildcards filled in, numbers in order of appearance. */
        String fill(String target) {
            StringBuilder name = new StringBuilder();
            int next = 0;
            for (int i = 0; i < target.length(); i++) {
                switch (target.charAt(i)) {
                    case '#' -> name.append(numbers.get(next++));
                    case '*' -> name.append(last);
                    default -> name.append(target.charAt(i));
                }
            }
            return name.toString();
        }
    }

    /** Takes a name apart. */
    static Match match(String name) {
        List<Integer> numbers = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (String part : name.split("\\.", -1)) {
            boolean isNumber =
                    !part.isEmpty()
                            && part.length() <= MAX_DIGITS
                            && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (isNumber) {
                numbers.add(Integer.parseInt(part));
            }
            // A name with wildcards of its own fits no pattern.
            boolean isWild = part.equals("#") || part.equals("*");
            parts.add(isNumber ? "#" : isWild ? "?" : part);
        }
        String pattern = String.join(".", parts);
        String last = parts.removeLast();
        parts.add(last.equals("weight") || last.equals("bias") ? "*" : last);
        return new Match(pattern, String.join(".", parts), List.copyOf(numbers), last);
    }
}

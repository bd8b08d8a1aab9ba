package dev.nightjar.tokenizer.algorithm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes tables of replacements as models carry them: one block of 256 units for each node. */
final class CharsMaps {
    private static final int BLOCK = 256;
    private static final int HAS_VALUE = 1 << 8;

    private final List<int[]> blocks = new ArrayList<>();
    private final ByteArrayOutputStream replacements = new ByteArrayOutputStream();

    private CharsMaps() {}

    /** The table of these rules. */
    static byte[] table(Map<String, String> rules) {
        Map<String, String> byBytes = new TreeMap<>();
        rules.forEach((from, to) -> byBytes.put(latin(from), to));
        CharsMaps writer = new CharsMaps();
        writer.blocks.add(new int[BLOCK]);
        writer.node(byBytes, "", 0);
        ByteBuffer table =
                ByteBuffer.allocate(
                                4 + 4 * BLOCK * writer.blocks.size() + writer.replacements.size())
                        .order(ByteOrder.LITTLE_ENDIAN);
        table.putInt(4 * BLOCK * writer.blocks.size());
        for (int[] block : writer.blocks) {
            for (int unit : block) {
                table.putInt(unit);
            }
        }
        return table.put(writer.replacements.toByteArray()).array();
    }

    /** Places the children of the node at {@code position}, whose bytes are {@code prefix}. */
    private void node(Map<String, String> rules, String prefix, int position) {
        int block = blocks.size();
        blocks.add(new int[BLOCK]);
        unit(position, (position ^ block * BLOCK) << 10);
        if (rules.containsKey(prefix)) {
            unit(position, HAS_VALUE);
            unit(block * BLOCK, 1 << 31 | replacements.size());
            replacements.writeBytes(rules.get(prefix).getBytes(StandardCharsets.UTF_8));
            replacements.write(0);
        }
        for (char label = 1; label < BLOCK; label++) {
            String child = prefix + label;
            if (rules.keySet().stream().anyMatch(rule -> rule.startsWith(child))) {
                unit(block * BLOCK ^ label, label);
                node(rules, child, block * BLOCK ^ label);
            }
        }
    }

    private void unit(int position, int bits) {
        blocks.get(position / BLOCK)[position % BLOCK] |= bits;
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}

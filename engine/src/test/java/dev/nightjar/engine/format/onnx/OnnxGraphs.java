package dev.nightjar.engine.format.onnx;

import dev.nightjar.engine.format.protobuf.ProtoWriter;

/** Small files, written field by field. */
final class OnnxGraphs {

    private OnnxGraphs() {}

    /** A model of one node from {@code x}, [−1, width] floats, to {@code y}. */
    static byte[] of(int width, ProtoWriter node, ProtoWriter... constants) {
        return model(graph(width, node, constants)).toBytes();
    }

    static ProtoWriter model(ProtoWriter graph) {
        return new ProtoWriter()
                .varint(1, 8)
                .text(2, "test")
                .message(7, graph)
                .message(8, new ProtoWriter().text(1, "").varint(2, 13))
                .message(8, new ProtoWriter().text(1, "ai.onnx.ml").varint(2, 3));
    }

    static ProtoWriter graph(int width, ProtoWriter node, ProtoWriter... constants) {
        ProtoWriter graph = new ProtoWriter().message(1, node).text(2, "test");
        for (ProtoWriter constant : constants) {
            graph.message(5, constant);
        }
        return graph.message(11, info("x", 1, -1, width)).message(12, info("y", 1, -1, width));
    }

    static ProtoWriter info(String name, int type, long... sizes) {
        ProtoWriter shape = new ProtoWriter();
        for (long size : sizes) {
            ProtoWriter dim = new ProtoWriter();
            shape.message(1, size < 0 ? dim.text(2, "N") : dim.varint(1, size));
        }
        ProtoWriter tensor = new ProtoWriter().varint(1, type).message(2, shape);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }

    /** A node from {@code x} and constants to {@code y}. */
    static ProtoWriter node(String domain, String operator, String... inputs) {
        ProtoWriter node = new ProtoWriter().text(1, "x");
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, "y").text(4, operator).text(7, domain);
    }

    static ProtoWriter floats(String name, float... values) {
        ProtoWriter attribute = new ProtoWriter().text(1, name).varint(20, 6);
        for (float value : values) {
            attribute.float32(7, value);
        }
        return attribute;
    }

    static ProtoWriter text(String name, String value) {
        return new ProtoWriter().text(1, name).varint(20, 3).text(4, value);
    }

    static ProtoWriter whole(String name, long value) {
        return new ProtoWriter().text(1, name).varint(20, 2).varint(3, value);
    }

    static ProtoWriter tensor(String name, int type, long... sizes) {
        ProtoWriter tensor = new ProtoWriter();
        for (long size : sizes) {
            tensor.varint(1, size);
        }
        return tensor.varint(2, type).text(8, name);
    }
}

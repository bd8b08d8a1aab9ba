package dev.nightjar.engine.format.onnx.proto;

import dev.nightjar.engine.format.protobuf.ProtoReader;
import dev.nightjar.engine.tabular.graph.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code ValueInfoProto} and {@code TypeProto}. */
final class ValueInfoReader {
    private String name = "";
    private String kind = "value of no type";
    private Optional<ElementType> type = Optional.empty();
    private Optional<List<Long>> shape = Optional.empty();

    private ValueInfoReader() {}

    static OnnxValueInfo read(ProtoReader fields) {
        ValueInfoReader reader = new ValueInfoReader();
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> reader.name = fields.text();
                case 2 -> reader.type(fields.message());
                default -> fields.skip();
            }
        }
        return new OnnxValueInfo(reader.name, reader.kind, reader.type, reader.shape);
    }

    private void type(ProtoReader fields) {
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> tensor(fields.message());
                case 4 -> other("sequence", fields);
                case 5 -> other("map", fields);
                case 8 -> other("sparse tensor", fields);
                case 9 -> other("optional value", fields);
                default -> fields.skip();
            }
        }
    }

    private void other(String found, ProtoReader fields) {
        kind = found;
        fields.skip();
    }

    private void tensor(ProtoReader fields) {
        kind = "tensor";
        while (fields.next()) {
            switch (fields.field()) {
                case 1 -> type = ElementTypes.of(fields.varint());
                case 2 -> shape = Optional.of(shape(fields.message()));
                default -> fields.skip();
            }
        }
    }

    private static List<Long> shape(ProtoReader fields) {
        List<Long> sizes = new ArrayList<>();
        while (fields.next()) {
            if (fields.field() == 1) {
                sizes.add(size(fields.message()));
            } else {
                fields.skip();
            }
        }
        return List.copyOf(sizes);
    }

    private static long size(ProtoReader fields) {
        long size = -1;
        while (fields.next()) {
            if (fields.field() == 1) {
                size = fields.varint();
            } else {
                fields.skip();
            }
        }
        return size;
    }
}

package dev.nightjar.engine.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes safetensors files and indexes for tests. */
final class SafetensorsWriter {

    private SafetensorsWriter() {}

    static byte[] bytes(Map<String, WrittenTensor> tensors) {
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        tensors.forEach(
                (name, tensor) -> {
                    int begin = data.size();
                    data.writeBytes(tensor.bytes());
                    header.append(
                            ",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                                    .formatted(
                                            name,
                                            tensor.dtype(),
                                            tensor.shape(),
                                            begin,
                                            data.size()));
                });
        byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data.toByteArray())
                .array();
    }

    static void write(Path folder, Map<String, WrittenTensor> tensors) throws IOException {
        Files.write(folder.resolve("model.safetensors"), bytes(tensors));
    }

    /** Deals the tensors out to files in turn, with an index. */
    static void writeSharded(Path folder, Map<String, WrittenTensor> tensors, int count)
            throws IOException {
        List<Map<String, WrittenTensor>> shards = new ArrayList<>();
        Map<String, String> index = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            shards.add(new LinkedHashMap<>());
        }
        int next = 0;
        for (Map.Entry<String, WrittenTensor> tensor : tensors.entrySet()) {
            int shard = next++ % count;
            shards.get(shard).put(tensor.getKey(), tensor.getValue());
            index.put(tensor.getKey(), shardName(shard, count));
        }
        for (int i = 0; i < count; i++) {
            Files.write(folder.resolve(shardName(i, count)), bytes(shards.get(i)));
        }
        StringBuilder json = new StringBuilder("{\"metadata\":{\"total_size\":1},\"weight_map\":{");
        String comma = "";
        for (Map.Entry<String, String> entry : index.entrySet()) {
            json.append(comma).append("\"%s\":\"%s\"".formatted(entry.getKey(), entry.getValue()));
            comma = ",";
        }
        Files.writeString(
                folder.resolve("model.safetensors.index.json"), json.append("}}").toString());
    }

    private static String shardName(int shard, int count) {
        return String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", shard + 1, count);
    }
}

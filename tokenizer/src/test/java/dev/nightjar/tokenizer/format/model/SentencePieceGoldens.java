package dev.nightjar.tokenizer.format.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What C++ SentencePiece gives, as src/test/python/sentencepiece_goldens.py wrote it down.
 *
 * @param texts the cases
 * @param models what each model makes of them
 */
record SentencePieceGoldens(List<String> texts, List<Model> models) {

    /**
     * One model.
     *
     * @param file path in the shared folder
     * @param ids ids of each case
     * @param decoded those ids as text
     * @param botchan CRC-32 over the ids of all lines of a book
     */
    record Model(String file, List<List<Integer>> ids, List<String> decoded, long botchan) {
        @Override
        public String toString() {
            return file;
        }
    }

    static SentencePieceGoldens read() throws IOException {
        try (InputStream file =
                        SentencePieceGoldens.class.getResourceAsStream(
                                "sentencepiece-goldens.json");
                JsonParser json = new JsonFactory().createParser(file)) {
            List<String> texts = new ArrayList<>();
            List<Model> models = new ArrayList<>();
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isTexts = json.currentName().equals("texts");
                json.nextToken();
                if (isTexts) {
                    texts.addAll(strings(json));
                } else {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        models.add(model(json));
                    }
                }
            }
            return new SentencePieceGoldens(texts, models);
        }
    }

    private static Model model(JsonParser json) throws IOException {
        String file = "";
        List<List<Integer>> ids = List.of();
        List<String> decoded = List.of();
        long botchan = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "model" -> file = json.getText();
                case "ids" -> ids = lists(json);
                case "decoded" -> decoded = strings(json);
                case "botchan" -> botchan = json.getLongValue();
                default -> throw new IOException("unknown field " + name);
            }
        }
        return new Model(file, ids, decoded, botchan);
    }

    private static List<String> strings(JsonParser json) throws IOException {
        List<String> strings = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            strings.add(json.getText());
        }
        return strings;
    }

    private static List<List<Integer>> lists(JsonParser json) throws IOException {
        List<List<Integer>> lists = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_ARRAY) {
            List<Integer> list = new ArrayList<>();
            while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                list.add(json.getIntValue());
            }
            lists.add(list);
        }
        return lists;
    }
}

package dev.nightjar.engine.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.request.OutputFormat;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMaskTest {

    private static final SmallVocabulary BYTES =
            SmallVocabulary.ofBytes(
                    "{\"", "\":", "\",", "\"}", "}}", "]}", "true", "\\u", "12", "é");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":1}",
                "{\"a\": 1, \"b\":[true,null, \"x\"]}",
                "{\"\":{\"\":{}}}",
                "{\"é\":\"\\u00e9\\ud83d\\ude00\\n\"}",
                "{\"n\":-0.5e-7}",
            })
    void takesJsonObjects(String text) {
        assertTrue(BYTES.accepts(any(), text), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{ }",
                "{\"a\":  1}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\ud83d\"}",
                "{\"a\":\"\\ude00\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":1}}",
                "{\"a\":1} ",
                "{a:1}",
                "{\"a\":+1}",
                "{\"a\":1e400}",
            })
    void refusesAllElse(String text) {
        assertTrue(!BYTES.accepts(any(), text), text);
    }

    @Test
    void nestsToItsLimitOnly() {
        String deepest = "{\"a\":".repeat(64) + "1" + "}".repeat(64);
        assertTrue(BYTES.accepts(any(), deepest));
        assertTrue(!BYTES.accepts(any(), "{\"a\":" + deepest + "}"));
    }

    @Test
    void randomTextsParse() {
        int numTexts = 0;
        Walk walk = new Walk(BYTES.texts.size() + 70, BYTES.texts::get, 3);
        for (int i = 0; i < 300; i++) {
            String text = walk.text(any().start(), BYTES.end, 0.5, 2000);
            if (text != null) {
                JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8), "text", 0);
                numTexts++;
            }
        }
        assertTrue(numTexts > 200, "finished: " + numTexts);
    }

    /** Schema, text, and whether it is valid; the texts are in the order that is generated. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"integer\",\"minimum\":-7,\"exclusiveMaximum\":103} | -7 | true",
                "{\"type\":\"integer\",\"minimum\":-7,\"exclusiveMaximum\":103} | 102 | true",
                "{\"type\":\"integer\",\"minimum\":-7,\"exclusiveMaximum\":103} | 103 | false",
                "{\"type\":\"integer\",\"minimum\":-7,\"exclusiveMaximum\":103} | -8 | false",
                "{\"type\":\"integer\",\"multipleOf\":7} | -49 | true",
                "{\"type\":\"integer\",\"multipleOf\":7} | 50 | false",
                "{\"type\":\"number\",\"exclusiveMinimum\":0.5,\"maximum\":1} | 0.5 | false",
                "{\"type\":\"number\",\"exclusiveMinimum\":0.5,\"maximum\":1} | 0.500001 | true",
                "{\"type\":\"number\",\"exclusiveMinimum\":0.5,\"maximum\":1} | 1.000 | true",
                "{\"type\":\"number\",\"exclusiveMinimum\":0.5,\"maximum\":1} | 1.001 | false",
                "{\"type\":\"number\",\"maximum\":-2.25} | -2.25 | true",
                "{\"type\":\"number\",\"maximum\":-2.25} | -2.2 | false",
                "{\"type\":\"number\",\"maximum\":-2.25} | -10 | true",
                "{\"type\":\"string\",\"maxLength\":2} | \"é😀\" | true",
                "{\"type\":\"string\",\"maxLength\":2} | \"abc\" | false",
                "{\"type\":\"string\",\"minLength\":2} | \"\\ud83d\\ude00\" | false",
                "{\"type\":\"string\",\"maxLength\":1000000000} | \"abc\" | true",
                "{\"pattern\":\"^a.c$\"} | \"a\\\"c\" | true",
                "{\"pattern\":\"b\"} | \"abc\" | true",
                "{\"pattern\":\"b\"} | \"ac\" | false",
                "{\"pattern\":\"b\",\"maxLength\":2} | \"abc\" | false",
                "{\"pattern\":\"b\",\"maxLength\":3} | \"abc\" | true",
                "{\"format\":\"date\",\"type\":\"string\"} | \"2024-02-29\" | true",
                "{\"format\":\"date\",\"type\":\"string\"} | \"2023-02-29\" | false",
                "{\"enum\":[\"a\",1,null,[1,{\"b\":2}]]} | [1,{\"b\": 2}] | true",
                "{\"enum\":[1,5,9],\"minimum\":5} | 1 | false",
                "{\"enum\":[1,5,9],\"minimum\":5} | 9 | true",
                "{\"type\":[\"string\",\"null\"]} | null | true",
                "{\"type\":\"string\",\"nullable\":true} | null | true",
                "{\"items\":{\"type\":\"integer\"},\"minItems\":1,\"maxItems\":2} | [] | false",
                "{\"items\":{\"type\":\"integer\"},\"minItems\":1,\"maxItems\":2} | [1, 2] | true",
                "{\"items\":{\"type\":\"integer\"},\"minItems\":1,\"maxItems\":2} | [1,2,3] | false",
                "{\"prefixItems\":[{\"const\":1}],\"items\":false} | [1] | true",
                "{\"prefixItems\":[{\"const\":1}],\"items\":false} | [1,2] | false",
                "{\"prefixItems\":[{\"const\":1}]} | [1,\"x\",{}] | true",
                "{\"properties\":{\"a\":{\"type\":\"integer\"}},\"additionalProperties\":false} | {} | true",
                "{\"properties\":{\"a\":{\"type\":\"integer\"}}} | {\"a\":1,\"b\":[]} | true",
                "{\"properties\":{\"a\":{\"type\":\"integer\"}}} | {\"b\":1} | true",
                "{\"properties\":{\"a\":{\"type\":\"integer\"}}} | {\"a\":\"x\"} | false",
                "{\"properties\":{\"a\":{\"type\":\"integer\"}}} | {\"ab\":\"x\"} | true",
                "{\"properties\":{\"a\":{\"type\":\"integer\"}}} | {\"b\":1,\"a\":\"x\"} | false",
                "{\"properties\":{\"a\":true,\"b\":true},\"required\":[\"b\"]} | {\"a\":1} | false",
                "{\"properties\":{\"a\":true,\"b\":true},\"required\":[\"b\"]} | {\"b\":1} | true",
                "{\"required\":[\"x\"],\"additionalProperties\":{\"type\":\"null\"}} | {\"x\":null} | true",
                "{\"required\":[\"x\"],\"additionalProperties\":{\"type\":\"null\"}} | {\"x\":1} | false",
                "{\"patternProperties\":{\"^n_\":{\"type\":\"integer\"}},\"additionalProperties\":false} | {\"n_1\":4} | true",
                "{\"patternProperties\":{\"^n_\":{\"type\":\"integer\"}},\"additionalProperties\":false} | {\"n_1\":\"\"} | false",
                "{\"patternProperties\":{\"^n_\":{\"type\":\"integer\"}},\"additionalProperties\":false} | {\"m\":4} | false",
                "{\"type\":\"object\",\"propertyNames\":{\"maxLength\":2}} | {\"ab\":1} | true",
                "{\"type\":\"object\",\"propertyNames\":{\"maxLength\":2}} | {\"abc\":1} | false",
                "{\"type\":\"object\",\"minProperties\":1,\"maxProperties\":2} | {} | false",
                "{\"type\":\"object\",\"minProperties\":1,\"maxProperties\":2} | {\"a\":1,\"b\":2} | true",
                "{\"type\":\"object\",\"minProperties\":1,\"maxProperties\":2} | {\"a\":1,\"b\":2,\"c\":3} | false",
                "{\"properties\":{\"a\":true,\"b\":true,\"c\":true},\"additionalProperties\":false,\"minProperties\":2} | {\"c\":1} | false",
                "{\"properties\":{\"a\":true,\"b\":true,\"c\":true},\"additionalProperties\":false,\"minProperties\":2} | {\"a\":1,\"c\":1} | true",
                "{\"$ref\":\"#/$defs/n\",\"$defs\":{\"n\":{\"type\":\"object\",\"properties\":{\"n\":{\"$ref\":\"#/$defs/n\"}},\"additionalProperties\":false}}} | {\"n\":{\"n\":{}}} | true",
                "{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}} | [[],[[]]] | true",
                "{\"allOf\":[{\"minimum\":1},{\"maximum\":3}],\"type\":\"integer\"} | 3 | true",
                "{\"allOf\":[{\"minimum\":1},{\"maximum\":3}],\"type\":\"integer\"} | 4 | false",
                "{\"allOf\":[{\"properties\":{\"a\":{\"type\":\"integer\"}}},{\"properties\":{\"a\":{\"minimum\":5}},\"required\":[\"a\"]}]} | {\"a\":4} | false",
                "{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"string\"}],\"maxLength\":1} | \"ab\" | false",
                "{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"string\"}],\"maxLength\":1} | 12 | true",
                "{\"oneOf\":[{\"type\":\"null\"},{\"const\":\"x\"}]} | \"x\" | true",
                "true | [{\"a\":1}] | true",
            })
    void valuesFollowTheirSchema(String schema, String text, boolean isValid) {
        assertEquals(isValid, BYTES.accepts(schema(schema), text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"properties\":{\"a/b\":{\"not\":{}}}} | #/properties/a~1b/not",
                "{\"type\":\"array\",\"uniqueItems\":true} | #/uniqueItems",
                "{\"type\":\"object\",\"if\":{}} | #/if",
                "{\"$ref\":\"#/$defs/none\"} | #/$ref",
                "{\"$ref\":\"http://x/y\"} | #/$ref",
                "{\"$ref\":\"#\"} | #/$ref",
                "{\"type\":\"strin\"} | #/type",
                "{\"type\":\"string\",\"minLength\":-1} | #/minLength",
                "{\"type\":\"string\",\"format\":\"iban\"} | #/format",
                "{\"type\":\"string\",\"pattern\":\"(?=a)\"} | #/pattern",
                "{\"type\":\"number\",\"multipleOf\":0.1} | #/multipleOf",
                "{\"oneOf\":[{\"type\":\"integer\"},{\"minimum\":3}]} | #/oneOf",
                "{\"items\":3} | #/items",
                "{\"anyOf\":[]} | #/anyOf",
                "{\"type\":\"object\",\"minProperties\":5} | minProperties",
                "{\"enum\":[]} | root",
                "{\"type\":\"integer\",\"minimum\":5,\"maximum\":4} | root",
                "{\"type\":\"object\",\"required\":[\"a\"],\"additionalProperties\":false} | root",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#\"}},\"required\":[\"a\"]} | root",
                "false | root",
                "{\"type\": | #",
            })
    void namesTheKeywordThatItRefuses(String schema, String place) {
        GrammarException refused = assertThrows(GrammarException.class, () -> schema(schema));
        assertEquals(place, refused.place(), refused.getMessage());
    }

    @Test
    void oneOfWithADiscriminatorIsATaggedUnion() {
        CompiledGrammar grammar =
                schema(
                        """
                        {"oneOf":[
                          {"properties":{"kind":{"const":"a"},"x":{"type":"integer"}},
                           "required":["kind","x"]},
                          {"properties":{"kind":{"const":"b"}},"required":["kind"]}],
                         "type":"object"}
                        """);
        assertTrue(BYTES.accepts(grammar, "{\"kind\":\"a\",\"x\":1}"));
        assertTrue(BYTES.accepts(grammar, "{\"kind\":\"b\"}"));
        assertTrue(!BYTES.accepts(grammar, "{\"kind\":\"a\"}"));
    }

    @Test
    void compiledGrammarsAreRemembered() {
        assertNotNull(any());
        assertTrue(any() == any());
    }

    private static CompiledGrammar any() {
        return BYTES.compiler.compile(new OutputFormat.JsonObject());
    }

    private static CompiledGrammar schema(String schema) {
        return BYTES.compiler.compile(new OutputFormat.JsonSchema(schema));
    }
}

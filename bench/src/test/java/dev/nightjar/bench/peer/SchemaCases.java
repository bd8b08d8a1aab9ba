package dev.nightjar.bench.peer;

import java.util.ArrayList;
import java.util.List;

/** Schemas over all keywords that structured output knows, each alone and inside of others. */
final class SchemaCases {

    private static final String ALONE =
            """
            true
            {}
            {'type':'null'}
            {'type':'boolean'}
            {'type':'integer'}
            {'type':'number'}
            {'type':'string'}
            {'type':'array','maxItems':3}
            {'type':'object','maxProperties':3}
            {'type':['integer','null']}
            {'type':['string','boolean']}
            {'enum':['red','green','blue']}
            {'enum':[1,2.5,null,true,'x',[1,2],{'a':1}]}
            {'const':'fixed'}
            {'const':{'deep':[{'a':null}]}}
            {'enum':['a','bb','ccc',4],'minLength':2}
            {'enum':[1,5,10,100],'minimum':5,'exclusiveMaximum':100}
            {'enum':['quote\\"','back\\\\slash','é😀','tab\\t']}
            {'type':'integer','minimum':0}
            {'type':'integer','maximum':-1}
            {'type':'integer','minimum':-17,'maximum':1234}
            {'type':'integer','exclusiveMinimum':99,'exclusiveMaximum':102}
            {'type':'integer','minimum':0.5,'maximum':9.5}
            {'type':'integer','multipleOf':7}
            {'type':'integer','multipleOf':12,'minimum':100,'maximum':1000}
            {'type':'integer','minimum':9007199254740991}
            {'type':'number','minimum':0,'maximum':1}
            {'type':'number','exclusiveMinimum':0,'exclusiveMaximum':1}
            {'type':'number','minimum':-273.15}
            {'type':'number','maximum':-0.001}
            {'type':'number','exclusiveMinimum':-1.5,'maximum':1e3}
            {'type':'number','multipleOf':5}
            {'type':'integer','format':'int32'}
            {'type':'string','minLength':3}
            {'type':'string','maxLength':5}
            {'type':'string','minLength':2,'maxLength':9}
            {'type':'string','minLength':4,'maxLength':4}
            {'type':'string','maxLength':0}
            {'type':'string','pattern':'^[A-Z]{2}[0-9]{3}$'}
            {'type':'string','pattern':'b+'}
            {'type':'string','pattern':'^x|y$'}
            {'type':'string','pattern':'^(?:foo|bar)[.-]?\\\\d*$'}
            {'type':'string','pattern':'^[^a-z]*$','maxLength':6}
            {'type':'string','pattern':'^\\\\w+\\\\s\\\\S+$','minLength':5,'maxLength':12}
            {'allOf':[{'pattern':'^a'},{'pattern':'z$'},{'maxLength':8}],'type':'string'}
            {'type':'string','format':'date'}
            {'type':'string','format':'time'}
            {'type':'string','format':'date-time'}
            {'type':'string','format':'duration'}
            {'type':'string','format':'uuid'}
            {'type':'string','format':'ipv4'}
            {'type':'string','format':'ipv6'}
            {'type':'string','format':'email'}
            {'type':'string','format':'uri'}
            {'type':'string','format':'hostname'}
            {'type':'array','items':{'type':'integer'},'minItems':2,'maxItems':4}
            {'type':'array','items':{'enum':['a','b']},'minItems':1}
            {'type':'array','prefixItems':[{'type':'integer'},{'type':'boolean'}],'items':false}
            {'type':'array','prefixItems':[{'const':1},{'const':2}],'items':{'const':3},'minItems':2}
            {'type':'array','items':{'type':'array','items':{'type':'null'},'maxItems':2},'maxItems':2}
            {'type':'array','items':false}
            {'type':'array','maxItems':0}
            {'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'null'}},'required':['a','b'],'additionalProperties':false}
            {'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'null'}},'additionalProperties':false}
            {'type':'object','properties':{'a':{'type':'integer'},'ab':{'type':'null'}},'required':['ab']}
            {'type':'object','properties':{'a':{'const':1}},'additionalProperties':{'type':'boolean'}}
            {'type':'object','additionalProperties':{'type':'integer'},'minProperties':1,'maxProperties':2}
            {'type':'object','required':['x','y'],'additionalProperties':{'type':'integer'}}
            {'type':'object','patternProperties':{'^n_':{'type':'integer'},'_s$':{'type':['integer','string'],'maxLength':3}},'additionalProperties':false}
            {'type':'object','propertyNames':{'pattern':'^[a-z]{1,3}$'},'additionalProperties':{'const':0}}
            {'type':'object','properties':{'a':true,'b':true,'c':true},'additionalProperties':false,'minProperties':2}
            {'type':'object','properties':{'a':{'const':1},'b':{'const':2},'c':{'const':3}},'additionalProperties':false,'maxProperties':1}
            {'type':'object','properties':{'a':false,'b':{'const':1}},'additionalProperties':false}
            {'anyOf':[{'type':'integer','minimum':3},{'type':'string','maxLength':2}]}
            {'oneOf':[{'type':'integer'},{'type':'string','maxLength':3},{'type':'null'}]}
            {'oneOf':[{'type':'integer','maximum':3},{'type':'integer','minimum':4}]}
            {'type':'object','oneOf':[{'properties':{'k':{'const':'a'},'v':{'type':'integer'}},'required':['k','v']},{'properties':{'k':{'const':'b'}},'required':['k']}],'maxProperties':3}
            {'allOf':[{'type':'integer','minimum':5},{'maximum':7}]}
            {'allOf':[{'properties':{'a':{'type':'integer'}},'required':['a']},{'properties':{'a':{'minimum':10},'b':{'type':'null'}}}],'type':'object','maxProperties':3}
            {'title':'t','description':'d','default':1,'examples':[1],'$comment':'c','deprecated':true,'type':'boolean'}
            """;

    private SchemaCases() {}

    /** All of them. */
    static List<String> all() {
        List<String> schemas = new ArrayList<>();
        for (String line : ALONE.strip().split("\n")) {
            String schema = line.replace('\'', '"');
            schemas.add(schema);
            schemas.add(
                    "{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/it\"},\"maxItems\":2,"
                            + "\"$defs\":{\"it\":%s}}".formatted(schema));
            schemas.add(
                    ("{\"type\":\"object\",\"properties\":{\"first\":%s,\"next\":{\"$ref\":\"#\"}},"
                                    + "\"required\":[\"first\"],\"additionalProperties\":false}")
                            .formatted(schema));
        }
        return schemas;
    }
}

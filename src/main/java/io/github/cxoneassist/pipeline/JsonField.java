package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.JqExpression;
import org.apache.camel.model.language.JsonPathExpression;
import org.apache.camel.support.DefaultExchange;

/** One place in foreign JSON, by an expression in a language of Camel's. */
final class JsonField {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final CamelContext camelContext;
    private final String text;
    private final boolean jq;
    private final Expression expression;

    private JsonField(CamelContext camelContext, boolean jq, String text) {
        this.camelContext = camelContext;
        this.text = text;
        this.jq = jq;
        this.expression = (jq ? new JqExpression(text) : path(text)).createExpression(camelContext);
        expression.init(camelContext);
        if (!jq) {
            // a JSONPath is not read before it is needed, and a wrong one has to stop the start
            in(JsonNodeFactory.instance.objectNode());
        }
    }

    /**
     * @param text blank: there is no such field
     * @throws RuntimeException where the language cannot read the expression, or is not on the class path
     */
    static Optional<JsonField> of(CamelContext camelContext, String language, String text) {
        boolean jq =
                switch (language) {
                    case "jq" -> true;
                    case "jsonpath" -> false;
                    default -> throw new IllegalArgumentException("language must be jsonpath or jq, not " + language);
                };
        return text == null || text.isBlank()
                ? Optional.empty()
                : Optional.of(new JsonField(camelContext, jq, text.strip()));
    }

    private static ExpressionDefinition path(String text) {
        JsonPathExpression path = new JsonPathExpression(text);
        // JSONPath and nothing else: no ${...}, and no guessing at what a filter may have meant
        path.setAllowSimple("false");
        path.setAllowEasyPredicate("false");
        path.setSuppressExceptions("true");
        // a path with a filter always finds a list
        path.setUnpackArray("true");
        return path;
    }

    /** A missing node where nothing is found, or null is. */
    JsonNode in(JsonNode foreign) {
        // of its own: an expression sees the JSON and nothing else of the message, and changes none of it
        Exchange scratch = new DefaultExchange(camelContext);
        scratch.getMessage().setBody(jq ? foreign : MAPPER.convertValue(foreign, new TypeReference<Object>() {}));
        Object found = expression.evaluate(scratch, Object.class);
        JsonNode node = found instanceof JsonNode json ? json : MAPPER.valueToTree(found);
        return node == null || node.isNull() ? MissingNode.getInstance() : node;
    }

    /** As the one who wired it wrote it. */
    @Override
    public String toString() {
        return text;
    }
}

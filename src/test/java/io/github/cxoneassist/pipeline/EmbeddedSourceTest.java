package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cxoneassist.component.CxoneAssistComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** What docs/sources.md has for an application that brings its suggestions itself works as it stands there. */
class EmbeddedSourceTest extends PipelineTestBase {

    private static final String ARTICLE =
            "{\"call\": {\"id\": 4711}, \"article\": {\"text\": \"Offer a refund\", \"score\": 0.9}}";

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        // nothing here is about a session that is not there yet
        created.getComponent("cxone-assist", CxoneAssistComponent.class)
                .getConfiguration()
                .setSendTimeout(20_000);
        return created;
    }

    @Test
    void theRouteOfThePageSendsAnArticle() throws Exception {
        loadThePage();

        JsonNode outcome = answer(offer("direct:articles", ARTICLE));

        assertThat(outcome.get("status").asText()).isEqualTo("sent");
        assertThat(cxone.referee().suggestions("4711"))
                .singleElement()
                .satisfies(sent -> assertThat(sent.frame().content()).isEqualTo("Offer a refund"));
    }

    @Test
    void theSameArticleIsADuplicateByTheDigestThatIsItsId() throws Exception {
        loadThePage();
        offer("direct:articles", ARTICLE);

        assertThat(answer(offer("direct:articles", ARTICLE)).get("reason").asText())
                .isEqualTo("duplicate");
    }

    @Test
    void whatCannotBeMappedIsRefusedAndRecordedWithFieldAndExpression() throws Exception {
        loadThePage();

        JsonNode outcome =
                answer(offer("direct:articles", "{\"call\": {\"id\": \"c\"}, \"article\": {\"text\": [1, 2]}}"));

        assertThat(outcome.get("status").asText()).isEqualTo("refused");
        assertThat(outcome.get("reason").asText()).isEqualTo("invalid");
        assertThat(outcome.get("interactionId").asText()).isEqualTo("c");
        assertThat(outcome.at("/violations/0/field").asText()).isEqualTo("content");
        assertThat(outcome.at("/violations/0/message").asText())
                .isEqualTo("must be a text, but $.article.text finds an array of 2");
        assertThat(outcome.at("/violations/1/message").asText())
                .isEqualTo("is missing: $.article.score finds nothing in what came");
        assertThat(audit.details("validation_failed"))
                .singleElement()
                .asString()
                .contains("$.article.text finds an array of 2");
    }

    @Test
    void whatIsNoJsonIsRefusedAsMalformed() throws Exception {
        loadThePage();

        assertThat(answer(offer("direct:articles", "{\"call\"")).get("reason").asText())
                .isEqualTo("malformed");
    }

    @Test
    void theJavaOfThePageDoesTheSame() throws Exception {
        String mapping = "kamelet:cxone-assist-map-action?interactionId=$.call.id&content=$.article.text"
                + "&relevanceScore=$.article.score";
        assertThat(page())
                .contains("from(\"direct:articles\")\n    .to(\"" + mapping
                        + "\")\n    .to(\"kamelet:cxone-assist-sink\");");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:articles").to(mapping).to("kamelet:cxone-assist-sink");
            }
        });

        assertThat(answer(offer("direct:articles", ARTICLE)).get("status").asText())
                .isEqualTo("sent");
    }

    private void loadThePage() throws Exception {
        Matcher block =
                Pattern.compile("(?s)```yaml\\n(# routes of your own\\n.*?)```").matcher(page());
        assertThat(block.find()).isTrue();
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("own.camel.yaml", block.group(1)));
    }

    private static String page() throws Exception {
        return Files.readString(Path.of("docs/sources.md"));
    }
}

package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.ConfigurationPropertiesValidationResult;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Kaoto and the IDEs make of the component's metadata, by the catalog that they ask. */
class ToolingCatalogTest {

    private static final Path METADATA =
            Path.of("src/generated/resources/META-INF/io/github/cxoneassist/component/cxone-assist.json");

    private final CamelCatalog catalog = new DefaultCamelCatalog();

    @BeforeEach
    void load() throws IOException {
        catalog.addComponent(
                "cxone-assist", "io.github.cxoneassist.component.CxoneAssistComponent", Files.readString(METADATA));
    }

    @Test
    void anEndpointAsTheDocumentsHaveItIsRight() {
        EndpointValidationResult result = catalog.validateEndpointProperties(
                "cxone-assist:main?region=us&clientId=a&clientSecret=RAW({{cxone.client-secret}})");

        assertThat(result.isSuccess()).as(result.summaryErrorMessage(false)).isTrue();
    }

    @Test
    void aTypoInAnOptionIsReported() {
        EndpointValidationResult result = catalog.validateEndpointProperties("cxone-assist:main?regoin=us");

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.getUnknown()).containsExactly("regoin");
    }

    @Test
    void aValueOfAnotherTypeIsReported() {
        EndpointValidationResult result = catalog.validateEndpointProperties("cxone-assist:main?inFlight=many");

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.getInvalidInteger()).containsEntry("inFlight", "many");
    }

    @Test
    void aTypoInAPropertyOfTheComponentIsReported() {
        ConfigurationPropertiesValidationResult result =
                catalog.validateConfigurationProperty("camel.component.cxone-assist.client-secrte=x");

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.getUnknown()).containsExactly("camel.component.cxone-assist.client-secrte");
    }

    @Test
    void aPropertyOfTheComponentIsRight() {
        assertThat(catalog.validateConfigurationProperty("camel.component.cxone-assist.client-secret=x")
                        .isSuccess())
                .isTrue();
    }
}

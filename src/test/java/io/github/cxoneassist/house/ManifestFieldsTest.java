package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fields that Kubernetes and Camel K know, and no other. */
class ManifestFieldsTest extends ManifestsFixture {

    @ParameterizedTest
    @MethodSource("kubernetesObjects")
    void everyObjectOfKubernetesHasFieldsThatKubernetesKnowsAndNoOther(Manifest manifest) {
        assertThat(manifest).matches(KubernetesModels::know, "is of a kind that has a model");
        assertThat(KubernetesModels.problem(manifest)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("camelKObjects")
    void everyObjectOfCamelKFitsItsDefinition(Manifest manifest) {
        assertThat(CamelKDefinitions.problems(manifest)).isEmpty();
    }

    @Test
    void aMisspeltFieldOfAPodIsReported() {
        Manifest deployment = Manifests.whole("Deployment").get(0);
        ((ObjectNode) deployment.at("/spec/template/spec/containers/0/securityContext"))
                .put("readOnlyRootFileSystem", true);

        assertThat(KubernetesModels.problem(deployment).orElseThrow()).contains("readOnlyRootFileSystem");
    }

    @Test
    void aMisspeltOptionOfATraitIsReported() {
        Manifest integration = Manifests.whole("Integration").get(0);
        ((ObjectNode) integration.at("/spec/traits/deployment")).put("stratgy", "Recreate");

        assertThat(CamelKDefinitions.problems(integration))
                .singleElement()
                .asString()
                .contains("stratgy");
    }
}

package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods are found by their selectors and reached by their ports, and by nothing else. */
class ManifestNetworkTest extends ManifestsFixture {

    /** The labels that pods get from their Deployment, or from Camel K, which names them by the Integration. */
    @ParameterizedTest
    @MethodSource("foldersWithAWorkload")
    void everySelectorFindsTheFoldersOwnPods(Kustomization kustomization) {
        List<ObjectNode> pods = pods(kustomization.objects());
        List<JsonNode> selectors = selectors(kustomization.objects());

        assertThat(pods).isNotEmpty();
        assertThat(selectors).hasSizeGreaterThanOrEqualTo(2).allSatisfy(selector -> assertThat(pods)
                .allMatch(labels -> matches(selector, labels)));
    }

    @Test
    void everyPortThatIsNamedIsThePortOfTheContainer() {
        for (Kustomization kustomization : Manifests.kustomizations()) {
            List<Manifest> objects = kustomization.objects();
            List<String> ports = new ArrayList<>();
            objects.forEach(object -> {
                list(object, "/spec/template/spec/containers/0/ports")
                        .forEach(port -> ports.add(port.path("name").asText()));
                if (object.is("Integration")) {
                    ports.add(object.at("/spec/traits/container/portName").asText());
                }
            });
            List<String> named = new ArrayList<>();
            objects.forEach(object -> {
                if (object.is("Service")) {
                    list(object, "/spec/ports")
                            .forEach(port -> named.add(port.path("targetPort").asText()));
                }
                if (object.is("PodMonitor")) {
                    list(object, "/spec/podMetricsEndpoints")
                            .forEach(endpoint -> named.add(endpoint.path("port").asText()));
                }
                for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                    list(object, "/spec/template/spec/containers")
                            .forEach(container -> named.add(
                                    container.at("/" + probe + "/httpGet/port").asText()));
                }
            });
            if (!kustomization.folder().endsWith("pipes")) {
                assertThat(ports).containsExactly("http");
                assertThat(named).isNotEmpty().containsOnly("http");
            }
        }
    }

    /** Readiness depends on CXone, and a restart does not bring it back. */
    @Test
    void onlyTheProbeOfReadinessAsksForReadiness() {
        JsonNode container = Manifests.whole("Deployment").get(0).at("/spec/template/spec/containers/0");
        JsonNode health = Manifests.whole("Integration").get(0).at("/spec/traits/health");

        for (String probe : List.of("startupProbe", "livenessProbe")) {
            assertThat(container.path(probe).at("/httpGet/path").asText()).isEqualTo("/observe/health/live");
            assertThat(health.path(probe).asText()).isEqualTo("/observe/health/live");
        }
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/observe/health/ready");
        assertThat(health.path("readinessProbe").asText()).isEqualTo("/observe/health/ready");
    }

    @Test
    void theProgramListensOnThePortOfTheContainerAndOnAllAddresses() {
        Manifest deployment = Manifests.whole("Deployment").get(0);
        Manifest integration = Manifests.whole("Integration").get(0);
        Properties settings = Manifests.read(Manifests.KUBERNETES.resolve("base/cxone-assist.properties"));

        assertThat(deployment
                        .at("/spec/template/spec/containers/0/ports/0/containerPort")
                        .asText())
                .isEqualTo(settings.getProperty("cxone.http-port"))
                .isEqualTo("8080");
        assertThat(settings.getProperty("cxone.http-host")).isEqualTo("0.0.0.0");
        assertThat(integration.at("/spec/traits/container/port").asText()).isEqualTo("8080");
        assertThat(Manifests.all("Integration").stream()
                        .map(Manifests::environment)
                        .filter(variables -> !variables.isEmpty()))
                .hasSize(2)
                .allSatisfy(variables -> assertThat(variables)
                        .containsEntry("CXONE_HTTP_PORT", "8080")
                        .containsEntry("CXONE_HTTP_HOST", "0.0.0.0"));
    }

    @Test
    void theNetworkPolicyLetsThePortOfTheContainerIn() {
        assertThat(Manifests.whole("NetworkPolicy"))
                .filteredOn(policy -> policy.tree().at("/spec").has("ingress"))
                .hasSize(2)
                .allSatisfy(
                        policy -> assertThat(policy.tree().at("/spec/ingress").findValuesAsText("port"))
                                .containsExactly("8080"));
    }

    @Test
    void theNetworkPolicyShutsBothDirectionsButForWhatItNames() {
        assertThat(Manifests.whole("NetworkPolicy")).hasSize(3).allSatisfy(policy -> {
            assertThat(list(policy, "/spec/policyTypes"))
                    .extracting(JsonNode::asText)
                    .containsExactlyInAnyOrder("Ingress", "Egress");
            Stream.concat(list(policy, "/spec/ingress").stream(), list(policy, "/spec/egress").stream())
                    .forEach(rule -> {
                        // a rule without one of these is for everybody, or for every port
                        assertThat(rule.has("from") ? rule.path("from") : rule.path("to"))
                                .isNotEmpty();
                        assertThat(rule.path("ports")).isNotEmpty();
                    });
            assertThat(policy.tree().findValues("namespaceSelector"))
                    .allSatisfy(selector -> assertThat(selector.path("matchLabels")
                                    .path("kubernetes.io/metadata.name")
                                    .asText())
                            .isNotBlank());
        });
    }

    @Test
    void theInternetIsNotThePrivateNetworkNorTheMetadataOfTheCloud() {
        assertThat(Manifests.whole("NetworkPolicy")).allSatisfy(policy -> {
            List<JsonNode> blocks = policy.tree().findValues("ipBlock");
            assertThat(blocks).hasSize(2);
            assertThat(blocks.get(0).path("except"))
                    .extracting(JsonNode::asText)
                    .contains("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16");
            assertThat(blocks.get(1).path("except"))
                    .extracting(JsonNode::asText)
                    .contains("fc00::/7", "fe80::/10");
        });
    }
}

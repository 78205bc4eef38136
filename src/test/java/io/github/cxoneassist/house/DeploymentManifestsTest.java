package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code config/kubernetes} and {@code config/camel-k} offer to a cluster, as far as it can be judged without one. */
class DeploymentManifestsTest {

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(secret|password|passphrase|token|credential|api.?key|client.?id|access.?key|\\buser).*");
    private static final String INTEGRATION_LABEL = "camel.apache.org/integration";

    /** Made by whoever runs a cluster; the templates or a comment beside them say what is in them. */
    private static final Set<String> MADE_ELSEWHERE = Set.of("ConfigMap cxone-assist-database-authority");

    static List<Manifest> kubernetesObjects() {
        return Manifests.all().stream()
                .filter(manifest -> !CamelKDefinitions.know(manifest))
                .toList();
    }

    static List<Manifest> camelKObjects() {
        return Stream.concat(
                        Manifests.all().stream(),
                        Yaml.kameletFiles().stream().map(file -> new Manifest(file, Yaml.read(file))))
                .filter(CamelKDefinitions::know)
                .toList();
    }

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

    @Test
    void everyResourceOfAKustomizationIsThere() {
        assertThat(Manifests.kustomizations()).hasSize(7).allSatisfy(kustomization -> assertThat(
                        kustomization.resources())
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(
                                Files.isDirectory(resource) ? resource.resolve("kustomization.yaml") : resource)
                        .isRegularFile()));
    }

    /** One that is named nowhere is never applied, and nobody notices. */
    @Test
    void everyFileIsNamedByAKustomizationOrIsATemplate() {
        Set<Path> named = new TreeSet<>();
        for (Kustomization kustomization : Manifests.kustomizations()) {
            named.addAll(kustomization.resources());
            kustomization.patches().forEach(patch -> named.add(kustomization.fileOf(patch)));
        }

        assertThat(Manifests.files())
                .filteredOn(file -> !Manifests.isKustomization(file) && !Manifests.isTemplate(file))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(named).contains(file));
    }

    @Test
    void everyPatchHasATarget() {
        List<String> patched = new ArrayList<>();
        for (Kustomization kustomization : Manifests.kustomizations()) {
            for (JsonNode patch : kustomization.patches()) {
                for (Manifest target : targets(kustomization, patch)) {
                    assertThat(kustomization.objects())
                            .as("%s", target)
                            .filteredOn(target::isOfSameNameAs)
                            .hasSize(1);
                    patched.add(target.kind());
                }
            }
        }
        assertThat(patched).contains("Deployment", "Integration", "NetworkPolicy", "PersistentVolumeClaim");
    }

    /** Such a patch has no kind by which it could be read itself: what it adds is judged where it is added. */
    @Test
    void whatAnOperationAddsFitsItsTarget() {
        int operations = 0;
        for (Kustomization kustomization : Manifests.kustomizations()) {
            for (JsonNode patch : kustomization.patches()) {
                if (patch.has("target")) {
                    Manifest target = Manifests.only(
                            kustomization.objects(),
                            targets(kustomization, patch).get(0)::isOfSameNameAs);
                    for (JsonNode operation : Yaml.documents(kustomization.fileOf(patch))) {
                        assertThat(operation.path("op").asText()).isEqualTo("add");
                        String path = operation.path("path").asText();
                        assertThat(path).endsWith("/-");
                        ((ArrayNode) target.at(path.replaceFirst("/-$", ""))).add(operation.path("value"));
                        operations++;
                    }
                    assertThat(KubernetesModels.problem(target)).isEmpty();
                }
            }
        }
        assertThat(operations).isEqualTo(2);
    }

    /** A container of another name would be a second one. */
    @Test
    void everyContainerThatAPatchChangesIsThere() {
        for (Kustomization kustomization : Manifests.kustomizations()) {
            for (JsonNode patch : kustomization.patches()) {
                for (Manifest target : targets(kustomization, patch)) {
                    assertThat(names(target.at("/spec/template/spec/containers")))
                            .allSatisfy(name -> assertThat(kustomization.objects())
                                    .filteredOn(target::isOfSameNameAs)
                                    .singleElement()
                                    .satisfies(whole -> assertThat(names(whole.at("/spec/template/spec/containers")))
                                            .contains(name)));
                }
            }
        }
    }

    @Test
    void everyKameletOfTheFolderIsPutIntoTheCluster() {
        assertThat(new Kustomization(Path.of("kamelets")).resources())
                .containsExactlyInAnyOrderElementsOf(Yaml.kameletFiles());
    }

    @Test
    void noOtherCopyOfAKameletIsThere() {
        assertThat(Manifests.all("Kamelet")).isEmpty();
    }

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

    static List<Kustomization> foldersWithAWorkload() {
        return Manifests.kustomizations();
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

    @Test
    void everyVariableOfTheEnvironmentIsASetting() {
        Set<String> settings = new TreeSet<>();
        defaults().stringPropertyNames().forEach(name -> settings.add(variable(name)));
        Set<String> variables = new TreeSet<>();
        Manifests.all()
                .forEach(manifest ->
                        variables.addAll(Manifests.environment(manifest).keySet()));
        Manifests.all("Secret")
                .forEach(secret -> secret.tree().path("stringData").fieldNames().forEachRemaining(key -> {
                    if (key.equals(key.toUpperCase())) {
                        variables.add(key);
                    }
                }));
        variables.remove("JAVA_OPTS");

        assertThat(variables).hasSizeGreaterThan(10).isSubsetOf(settings);
    }

    @Test
    void everySettingOfAPropertiesFileExists() {
        Set<String> names = new TreeSet<>();
        Manifests.propertiesFiles().values().forEach(file -> names.addAll(file.stringPropertyNames()));
        names.removeIf(name -> name.startsWith("camel.kamelet."));

        assertThat(names).hasSizeGreaterThan(10).isSubsetOf(defaults().stringPropertyNames());
    }

    @Test
    void everyPropertyThatIsGivenToAKameletIsOneOfIts() {
        Set<String> names = new TreeSet<>();
        Manifests.propertiesFiles().values().forEach(file -> names.addAll(file.stringPropertyNames()));
        names.removeIf(name -> !name.startsWith("camel.kamelet."));

        assertThat(names).hasSize(9).allSatisfy(name -> {
            String[] parts = name.split("\\.");
            assertThat(parts).hasSize(4);
            assertThat(ClusterKamelets.properties(parts[2])).contains(parts[3]);
        });
    }

    @Test
    void everyPipeNamesKameletsThatThereAreAndPropertiesThatTheyHave() {
        assertThat(Manifests.all("Pipe")).hasSize(2).allSatisfy(pipe -> assertThat(endpoints(pipe))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(endpoint -> {
                    String kamelet = endpoint.at("/ref/name").asText();
                    assertThat(ClusterKamelets.names()).contains(kamelet);
                    endpoint.path("properties").fieldNames().forEachRemaining(property -> assertThat(
                                    ClusterKamelets.properties(kamelet))
                            .as(kamelet)
                            .contains(property));
                }));
    }

    /** What a Kamelet must be given stands in the Pipe or, where it is secret, in the template of the Secret. */
    @Test
    void everyPropertyThatAKameletOfAPipeMustHaveIsGiven() {
        Set<String> given = Manifests.propertiesFiles().values().stream()
                .flatMap(file -> file.stringPropertyNames().stream())
                .collect(Collectors.toSet());

        assertThat(Manifests.all("Pipe")).allSatisfy(pipe -> endpoints(pipe).forEach(endpoint -> {
            String kamelet = endpoint.at("/ref/name").asText();
            assertThat(ClusterKamelets.required(kamelet))
                    .as(kamelet)
                    .allMatch(property -> endpoint.path("properties").has(property)
                            || given.contains("camel.kamelet." + kamelet + "." + property));
        }));
    }

    @Test
    void everyTraitOfAPipeExists() {
        List<String> annotations = new ArrayList<>();
        Manifests.all("Pipe").forEach(pipe -> pipe.at("/metadata/annotations")
                .fieldNames()
                .forEachRemaining(name -> annotations.add(name.replace("trait.camel.apache.org/", ""))));

        assertThat(annotations).isNotEmpty().allSatisfy(annotation -> {
            String[] parts = annotation.split("\\.");
            assertThat(CamelKDefinitions.traits().has(parts[0])).isTrue();
            List<String> options = new ArrayList<>();
            CamelKDefinitions.traits()
                    .path(parts[0])
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(option -> options.add(kebab(option)));
            assertThat(options).contains(parts[1]);
        });
    }

    @Test
    void noTemplateOfASecretHasAValue() {
        assertThat(Manifests.all("Secret")).hasSize(5).allSatisfy(secret -> {
            assertThat(secret.tree().has("data")).isFalse();
            secret.tree().path("stringData").properties().forEach(entry -> {
                if (entry.getKey().endsWith(".properties")) {
                    assertThat(Manifests.parse(entry.getValue().asText()).values())
                            .isNotEmpty()
                            .allSatisfy(value -> assertThat(value).asString().isBlank());
                } else {
                    assertThat(entry.getValue().asText()).isEmpty();
                }
            });
        });
    }

    /** Applied, it would put nothing in the place of what is there. */
    @Test
    void noKustomizationAppliesATemplateOfASecret() {
        assertThat(Manifests.kustomizations()).allSatisfy(kustomization -> assertThat(kustomization.objects())
                .noneMatch(object -> object.is("Secret")));
    }

    @Test
    void nothingSecretStandsWhereEverybodyMayRead() {
        List<String> readable = new ArrayList<>();
        Manifests.propertiesFiles().forEach((file, properties) -> {
            if (!file.contains("secret.template.yaml")) {
                properties.forEach((name, value) -> readable.add(file + ": " + name));
            }
        });
        Manifests.all().forEach(manifest -> Manifests.environment(manifest)
                .keySet()
                .forEach(name -> readable.add(manifest + ": " + name.replaceAll("_KEY_FILE$", "_FILE"))));
        Manifests.all("Pipe").forEach(pipe -> endpoints(pipe).forEach(endpoint -> endpoint.path("properties")
                .fieldNames()
                .forEachRemaining(name -> readable.add(pipe + ": " + name))));
        // what masks secrets names them
        readable.removeIf(name -> name.endsWith(": camel.main.additional-sensitive-keywords"));

        assertThat(readable).hasSizeGreaterThan(20).noneMatch(name -> SECRET_NAME
                .matcher(name.substring(name.lastIndexOf(": ")))
                .matches());
    }

    @Test
    void noAddressCarriesAPassword() throws IOException {
        for (Path file : Manifests.files()) {
            assertThat(Files.readString(file)).doesNotContainPattern("://[^/\\s]*:[^/\\s]*@|[?&](password|user)=");
        }
    }

    @Test
    void thereIsOnePodAndTheOldOneIsGoneBeforeTheNewOneStarts() {
        assertThat(Manifests.whole("Deployment")).singleElement().satisfies(deployment -> {
            assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(1);
            assertThat(deployment.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
        });
        assertThat(Manifests.whole("Integration")).singleElement().satisfies(integration -> {
            assertThat(integration.at("/spec/replicas").asInt()).isEqualTo(1);
            assertThat(integration.at("/spec/traits/deployment/enabled").asBoolean())
                    .isTrue();
            assertThat(integration.at("/spec/traits/deployment/strategy").asText())
                    .isEqualTo("Recreate");
        });
        assertThat(Manifests.all("Pipe")).hasSize(2).allSatisfy(pipe -> {
            assertThat(pipe.at("/spec/replicas").asInt()).isEqualTo(1);
            JsonNode annotations = pipe.at("/metadata/annotations");
            assertThat(annotations
                            .path("trait.camel.apache.org/deployment.enabled")
                            .asText())
                    .isEqualTo("true");
            assertThat(annotations
                            .path("trait.camel.apache.org/deployment.strategy")
                            .asText())
                    .isEqualTo("Recreate");
        });
    }

    @Test
    void noPatchAddsAPod() {
        assertThat(Manifests.all())
                .filteredOn(manifest -> manifest.tree().at("/spec").has("replicas"))
                .hasSize(4)
                .allMatch(manifest -> manifest.at("/spec/replicas").asInt() == 1);
        assertThat(Manifests.all()).noneMatch(manifest -> manifest.is("HorizontalPodAutoscaler"));
    }

    /** A budget that never lets the one pod go would hold up each drain of its node for good. */
    @Test
    void theOnlyPodCanBeEvicted() {
        assertThat(Manifests.whole("PodDisruptionBudget")).hasSize(3).allSatisfy(budget -> {
            assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
            assertThat(budget.at("/spec/unhealthyPodEvictionPolicy").asText()).isEqualTo("AlwaysAllow");
        });
    }

    @Test
    void everyImageHasATagThatIsAVersion() {
        List<String> images = new ArrayList<>();
        for (Kustomization kustomization : Manifests.kustomizations()) {
            kustomization.objects().forEach(object -> {
                list(object, "/spec/template/spec/containers")
                        .forEach(container -> images.add(
                                kustomization.image(container.path("image").asText())));
            });
        }
        Manifests.all("Integration")
                .forEach(integration -> images.add(
                        integration.at("/spec/traits/container/image").asText()));

        assertThat(images).hasSize(6).allMatch(image -> image.matches(".+:[0-9]+\\.[0-9]+\\.[0-9]+"));
        assertThat(images).allMatch(image -> image.endsWith(":" + projectVersion()));
    }

    @Test
    void thePodHasNoRightsAndWritesNowhereButIntoItsVolumes() {
        JsonNode pod = Manifests.whole("Deployment").get(0).at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0/securityContext");

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("hostNetwork").asBoolean()).isFalse();
        assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(container.at("/capabilities").has("add")).isFalse();
    }

    @Test
    void theContainerOfTheIntegrationHasNoRights() {
        JsonNode traits = Manifests.whole("Integration").get(0).at("/spec/traits");

        assertThat(traits.at("/container/runAsNonRoot").asBoolean()).isTrue();
        assertThat(traits.at("/container/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(traits.at("/container/capabilitiesDrop/0").asText()).isEqualTo("ALL");
        assertThat(traits.at("/container/seccompProfileType").asText()).isEqualTo("RuntimeDefault");
        assertThat(traits.at("/security-context/runAsNonRoot").asBoolean()).isTrue();
    }

    /** Nothing of ours calls the cluster, so no token of it lies in a pod. */
    @Test
    void noServiceAccountHasAToken() {
        assertThat(Manifests.all("ServiceAccount")).hasSize(3).allMatch(account -> !account.tree()
                .path("automountServiceAccountToken")
                .asBoolean(true));
        assertThat(Manifests.all()).noneMatch(manifest -> manifest.kind().contains("Role"));
    }

    @Test
    void everyServiceAccountOfAWorkloadIsThere() {
        for (Kustomization kustomization : Manifests.kustomizations()) {
            List<Manifest> objects = kustomization.objects();
            Set<String> used = new TreeSet<>();
            objects.forEach(
                    object -> object.tree().findValues("serviceAccountName").forEach(name -> used.add(name.asText())));
            assertThat(used).isNotEmpty().allSatisfy(name -> assertThat(objects)
                    .anyMatch(object ->
                            object.is("ServiceAccount") && object.name().equals(name)));
        }
    }

    @Test
    void aPodHasTheTimeToStopThatTheProgramTakes() {
        int routes = Integer.parseInt(defaults().getProperty("camel.main.shutdown-timeout"));
        int session = 5;

        assertThat(Manifests.whole("Deployment")
                        .get(0)
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asInt())
                .isGreaterThanOrEqualTo(routes + session + 10);
    }

    @Test
    void everyMountHasAVolume() {
        JsonNode base = Manifests.whole("Deployment").get(0).at("/spec/template/spec");
        Set<String> volumes = new TreeSet<>(names(base.path("volumes")));
        assertThat(names(base.at("/containers/0/volumeMounts"))).isSubsetOf(volumes);

        Manifests.all("Deployment").forEach(patch -> {
            JsonNode pod = patch.at("/spec/template/spec");
            Set<String> all = new TreeSet<>(names(pod.path("volumes")));
            all.addAll(volumes);
            assertThat(names(pod.at("/containers/0/volumeMounts"))).isSubsetOf(all);
        });
    }

    @Test
    void everyVolumeIsMadeOfSomethingThatIsThere() {
        Set<String> there = new TreeSet<>(MADE_ELSEWHERE);
        Manifests.all().forEach(manifest -> there.add(manifest.kind() + " " + manifest.name()));
        Manifests.kustomizations()
                .forEach(kustomization ->
                        kustomization.generatedConfigMaps().forEach(name -> there.add("ConfigMap " + name)));
        Set<String> used = new TreeSet<>();
        Manifests.all("Deployment").forEach(deployment -> {
            list(deployment, "/spec/template/spec/volumes").forEach(volume -> {
                add(used, "PersistentVolumeClaim", volume.at("/persistentVolumeClaim/claimName"));
                add(used, "Secret", volume.at("/secret/secretName"));
                add(used, "ConfigMap", volume.at("/configMap/name"));
            });
            list(deployment, "/spec/template/spec/containers/0/envFrom")
                    .forEach(source -> add(used, "Secret", source.at("/secretRef/name")));
        });
        mounts().forEach(mount -> add(used, mount));

        assertThat(used)
                .contains(
                        "PersistentVolumeClaim cxone-assist-anchor",
                        "PersistentVolumeClaim cxone-assist-pipe-data",
                        "Secret cxone-assist-keys",
                        "Secret cxone-assist-pipes",
                        "ConfigMap cxone-assist",
                        "ConfigMap cxone-assist-pipes")
                .isSubsetOf(there);
    }

    /** The root of the file system can only be read. */
    @Test
    void everythingThatIsWrittenLiesOnAVolume() {
        List<String> mounts =
                list(Manifests.whole("Deployment").get(0), "/spec/template/spec/containers/0/volumeMounts").stream()
                        .filter(mount -> !mount.path("readOnly").asBoolean())
                        .map(mount -> mount.path("mountPath").asText())
                        .toList();
        Properties settings = Manifests.read(Manifests.KUBERNETES.resolve("base/cxone-assist.properties"));

        assertThat(mounts).contains("/tmp");
        assertThat(Stream.of("cxone.inbox", "cxone.database-url", "cxone.audit.anchor")
                        .map(settings::getProperty)
                        .map(value -> value.replaceAll("^(jdbc:sqlite:|file:)|\\?.*$", "")))
                .allMatch(path -> mounts.stream().anyMatch(mount -> (path + "/").startsWith(mount + "/")));
    }

    /** Whoever can change the database can change what lies beside it. */
    @Test
    void theAnchorIsNotOnTheVolumeOfTheDatabase() {
        Properties settings = Manifests.read(Manifests.KUBERNETES.resolve("base/cxone-assist.properties"));
        String database = settings.getProperty("cxone.database-url").replaceAll("^jdbc:sqlite:|/[^/]*$", "");
        List<String> anchors = new ArrayList<>(List.of(settings.getProperty("cxone.audit.anchor")));
        Manifests.all("Integration").stream()
                .map(Manifests::environment)
                .filter(variables -> !variables.isEmpty())
                .forEach(variables -> anchors.add(variables.get("CXONE_AUDIT_ANCHOR")));

        // which is the one that DeploymentTest tries
        assertThat(Set.copyOf(anchors)).hasSize(1);
        assertThat(anchors).hasSize(3).allSatisfy(anchor -> assertThat(anchor)
                .startsWith("file:/var/lib/cxone-assist-anchor?")
                .doesNotStartWith("file:" + database + "/"));
    }

    /** The Deployment and the Integration start the image as it starts by itself, so each has the file where it looks. */
    @Test
    void theImageReadsTheFileThatIsMounted() throws IOException {
        String image = Files.readString(Manifests.KUBERNETES.resolve("Containerfile"));
        JsonNode container = Manifests.whole("Deployment").get(0).at("/spec/template/spec/containers/0");
        List<String> arguments =
                list(container.path("args")).stream().map(JsonNode::asText).toList();

        assertThat(new ObjectMapper().readTree(image.substring(image.indexOf("CMD [") + 4)))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(arguments)
                .containsExactly("run", "--config", "/etc/cxone-assist/cxone-assist.properties");
        assertThat(container.path("volumeMounts"))
                .anyMatch(mount -> mount.path("mountPath").asText().equals("/etc/cxone-assist"));
        assertThat(mounts())
                .contains("secret:cxone-assist/cxone-assist.properties@/etc/cxone-assist/cxone-assist.properties");
    }

    @Test
    void theImageIsBuiltOfTheDistributionAndNothingElse() throws IOException {
        List<String> copied = new ArrayList<>();
        for (String line : Files.readAllLines(Manifests.KUBERNETES.resolve("Containerfile"))) {
            assertThat(line).doesNotStartWith("ADD ").doesNotStartWith("RUN ").doesNotContain(":latest");
            if (line.startsWith("COPY ")) {
                copied.add(line.split(" ")[1]);
            }
        }
        String distribution = Files.readString(Path.of("src/main/assembly/component.xml"));

        assertThat(copied)
                .contains("bin", "lib", "kamelets", "routes", "config")
                .allSatisfy(name -> assertThat(distribution)
                        .containsAnyOf(
                                "<outputDirectory>" + name.replaceFirst("/.*", "") + "</outputDirectory>",
                                "<source>" + name + "</source>"));
        assertThat(Path.of("config/production.properties")).isRegularFile();
    }

    @Test
    void theImageRunsAsTheUserOfThePod() throws IOException {
        JsonNode context = Manifests.whole("Deployment").get(0).at("/spec/template/spec/securityContext");

        assertThat(Files.readString(Manifests.KUBERNETES.resolve("Containerfile")))
                .contains("\nUSER " + context.path("runAsUser") + ":" + context.path("runAsGroup") + "\n");
        assertThat(context.path("runAsUser").asInt()).isEqualTo(10001);
        assertThat(Manifests.whole("Integration")
                        .get(0)
                        .at("/spec/traits/container/runAsUser")
                        .asInt())
                .isEqualTo(10001);
    }

    private static List<Manifest> targets(Kustomization kustomization, JsonNode patch) {
        Path file = kustomization.fileOf(patch);
        if (patch.has("target")) {
            ObjectNode target = patch.path("target").deepCopy();
            target.putObject("metadata").set("name", target.path("name"));
            return List.of(new Manifest(file, target));
        }
        return Yaml.documents(file).stream()
                .map(tree -> new Manifest(file, tree))
                .toList();
    }

    private static List<ObjectNode> pods(List<Manifest> objects) {
        List<ObjectNode> pods = new ArrayList<>();
        objects.forEach(object -> {
            if (object.is("Deployment")) {
                pods.add((ObjectNode) object.at("/spec/template/metadata/labels"));
                assertThat(object.at("/spec/selector/matchLabels")).isEqualTo(pods.get(pods.size() - 1));
            } else if (object.is("Integration") || object.is("Pipe")) {
                pods.add(new ObjectMapper().createObjectNode().put(INTEGRATION_LABEL, object.name()));
            }
        });
        return pods;
    }

    private static List<JsonNode> selectors(List<Manifest> objects) {
        List<JsonNode> selectors = new ArrayList<>();
        objects.forEach(object -> {
            switch (object.kind()) {
                case "Service" ->
                    selectors.add(
                            new ObjectMapper().createObjectNode().set("matchLabels", object.at("/spec/selector")));
                case "NetworkPolicy" -> selectors.add(object.at("/spec/podSelector"));
                case "PodDisruptionBudget", "PodMonitor" -> selectors.add(object.at("/spec/selector"));
                default -> {}
            }
        });
        return selectors;
    }

    private static boolean matches(JsonNode selector, JsonNode labels) {
        boolean matches = !selector.isEmpty();
        for (var label : selector.path("matchLabels").properties()) {
            matches &= label.getValue().equals(labels.path(label.getKey()));
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            matches &= expression.path("operator").asText().equals("In")
                    && list(expression.path("values"))
                            .contains(labels.path(expression.path("key").asText()));
        }
        return matches;
    }

    private static List<JsonNode> endpoints(Manifest pipe) {
        List<JsonNode> endpoints = new ArrayList<>(List.of(pipe.at("/spec/source"), pipe.at("/spec/sink")));
        JsonNode deadLetters = pipe.at("/spec/errorHandler/sink/endpoint");
        if (!deadLetters.isMissingNode()) {
            endpoints.add(deadLetters);
        }
        return endpoints;
    }

    /** What Camel K mounts, in its own words. */
    private static List<String> mounts() {
        List<String> mounts = new ArrayList<>();
        Manifests.all("Integration").forEach(integration -> {
            list(integration, "/spec/traits/mount/resources").forEach(mount -> mounts.add(mount.asText()));
            list(integration, "/spec/traits/mount/volumes").forEach(mount -> mounts.add(mount.asText()));
        });
        Manifests.all("Pipe")
                .forEach(pipe -> pipe.at("/metadata/annotations").properties().forEach(annotation -> {
                    if (annotation.getKey().matches(".*/mount\\.(configs|volumes)")) {
                        Yaml.parse(annotation.getValue().asText()).forEach(mount -> mounts.add(mount.asText()));
                    }
                }));
        return mounts;
    }

    private static void add(Set<String> used, String mount) {
        String name = mount.replaceFirst("^(secret|configmap):", "").replaceFirst("[/:@].*", "");
        if (mount.startsWith("secret:")) {
            used.add("Secret " + name);
        } else if (mount.startsWith("configmap:")) {
            used.add("ConfigMap " + name);
        } else {
            used.add("PersistentVolumeClaim " + name);
        }
    }

    private static void add(Set<String> used, String kind, JsonNode name) {
        if (!name.isMissingNode()) {
            used.add(kind + " " + name.asText());
        }
    }

    private static List<String> names(JsonNode array) {
        return list(array).stream().map(entry -> entry.path("name").asText()).toList();
    }

    private static List<JsonNode> list(Manifest manifest, String pointer) {
        return list(manifest.at(pointer));
    }

    private static List<JsonNode> list(JsonNode array) {
        return Manifests.list(array);
    }

    private static Properties defaults() {
        return Manifests.read(Path.of("config/application.properties"));
    }

    private static String variable(String setting) {
        return setting.toUpperCase().replace('.', '_').replace('-', '_');
    }

    private static String kebab(String option) {
        return option.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase();
    }

    private static String projectVersion() {
        return Kamelets.component().at("/component/version").asText();
    }
}

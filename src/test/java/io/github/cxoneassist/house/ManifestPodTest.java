package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One pod, with no rights and with room for what it writes. */
class ManifestPodTest extends ManifestsFixture {

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
}

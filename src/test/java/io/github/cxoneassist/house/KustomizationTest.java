package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the kustomizations name is there, and what is there is named. */
class KustomizationTest extends ManifestsFixture {

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
}

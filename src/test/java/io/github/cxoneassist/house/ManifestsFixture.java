package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is in config/kubernetes and config/camel-k, as the tests of it look at it. */
abstract class ManifestsFixture {

    static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(secret|password|passphrase|token|credential|api.?key|client.?id|access.?key|\\buser).*");
    static final String INTEGRATION_LABEL = "camel.apache.org/integration";

    /** Made by whoever runs a cluster; the templates or a comment beside them say what is in them. */
    static final Set<String> MADE_ELSEWHERE = Set.of("ConfigMap cxone-assist-database-authority");

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

    static List<Kustomization> foldersWithAWorkload() {
        return Manifests.kustomizations();
    }

    static List<Manifest> targets(Kustomization kustomization, JsonNode patch) {
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

    static List<ObjectNode> pods(List<Manifest> objects) {
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

    static List<JsonNode> selectors(List<Manifest> objects) {
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

    static boolean matches(JsonNode selector, JsonNode labels) {
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

    static List<JsonNode> endpoints(Manifest pipe) {
        List<JsonNode> endpoints = new ArrayList<>(List.of(pipe.at("/spec/source"), pipe.at("/spec/sink")));
        JsonNode deadLetters = pipe.at("/spec/errorHandler/sink/endpoint");
        if (!deadLetters.isMissingNode()) {
            endpoints.add(deadLetters);
        }
        return endpoints;
    }

    /** What Camel K mounts, in its own words. */
    static List<String> mounts() {
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

    static void add(Set<String> used, String mount) {
        String name = mount.replaceFirst("^(secret|configmap):", "").replaceFirst("[/:@].*", "");
        if (mount.startsWith("secret:")) {
            used.add("Secret " + name);
        } else if (mount.startsWith("configmap:")) {
            used.add("ConfigMap " + name);
        } else {
            used.add("PersistentVolumeClaim " + name);
        }
    }

    static void add(Set<String> used, String kind, JsonNode name) {
        if (!name.isMissingNode()) {
            used.add(kind + " " + name.asText());
        }
    }

    static List<String> names(JsonNode array) {
        return list(array).stream().map(entry -> entry.path("name").asText()).toList();
    }

    static List<JsonNode> list(Manifest manifest, String pointer) {
        return list(manifest.at(pointer));
    }

    static List<JsonNode> list(JsonNode array) {
        return Manifests.list(array);
    }

    static Properties defaults() {
        return Manifests.read(Path.of("config/application.properties"));
    }

    static String variable(String setting) {
        return setting.toUpperCase().replace('.', '_').replace('-', '_');
    }

    static String kebab(String option) {
        return option.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase();
    }

    static String projectVersion() {
        return Kamelets.component().at("/component/version").asText();
    }
}

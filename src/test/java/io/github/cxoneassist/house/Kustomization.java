package io.github.cxoneassist.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A folder that {@code kubectl apply -k} takes. */
record Kustomization(Path folder) {

    private static final String FILE = "kustomization.yaml";

    static Kustomization of(Path file) {
        return new Kustomization(file.getParent());
    }

    /** The files and folders that it is made of, whether they are there or not. */
    List<Path> resources() {
        return texts("/resources").map(this::resolve).toList();
    }

    /** The files that its ConfigMaps are made of. */
    List<Path> generatorFiles() {
        return elements("/configMapGenerator")
                .flatMap(generator -> elements(generator.path("files")))
                .map(JsonNode::asText)
                .map(this::resolve)
                .toList();
    }

    List<String> generatedConfigMaps() {
        return elements("/configMapGenerator")
                .map(generator -> generator.path("name").asText())
                .toList();
    }

    List<JsonNode> patches() {
        return elements("/patches").toList();
    }

    Path fileOf(JsonNode patch) {
        return resolve(patch.path("path").asText());
    }

    /** All objects, those of the folders that it builds on included, before any patch. */
    List<Manifest> objects() {
        List<Manifest> objects = new ArrayList<>();
        for (Path resource : resources()) {
            if (Files.isDirectory(resource)) {
                objects.addAll(new Kustomization(resource).objects());
            } else {
                Yaml.documents(resource).forEach(tree -> objects.add(new Manifest(resource, tree)));
            }
        }
        return objects;
    }

    /** What an image of that name becomes; the name itself where nothing is said. */
    String image(String image) {
        String name = image.replaceFirst(":[^:/]*$", "");
        return elements("/images")
                .filter(entry -> entry.path("name").asText().equals(name))
                .map(entry -> entry.path("newName").asText() + ":"
                        + entry.path("newTag").asText())
                .findFirst()
                .orElse(image);
    }

    private Path resolve(String name) {
        return folder.resolve(name).normalize();
    }

    private Stream<String> texts(String pointer) {
        return elements(pointer).map(JsonNode::asText);
    }

    private Stream<JsonNode> elements(String pointer) {
        return elements(Yaml.read(folder.resolve(FILE)).at(pointer));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}

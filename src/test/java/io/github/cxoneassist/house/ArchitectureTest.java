package io.github.cxoneassist.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.github.cxoneassist.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may import whom. */
class ArchitectureTest {

    private static final String ROOT = "io.github.cxoneassist";
    private static final Path SOURCES = Path.of("src/main/java/io/github/cxoneassist");

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @ParameterizedTest
    @CsvSource({
        "suggestion,",
        "tls,",
        "http,",
        "oauth, tls http",
        "sandbox,",
        "session, oauth tls http",
        "component, session oauth tls",
        "journal, suggestion",
        "ledger, suggestion",
        "webhook, suggestion tls http",
        "pipeline, suggestion ledger journal webhook session tls",
    })
    void aPackageUsesNothingOfOursBut(String name, String allowed) {
        checkRule(usesNothingOfOursBut(name, allowed == null ? List.of() : List.of(allowed.split(" "))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"component", "pipeline", "sandbox"})
    void onlyTheCommandLineUsesThePackage(String name) {
        checkRule(classes()
                .that()
                .resideInAPackage(within(name))
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage(within(name), within("cli")));
    }

    @Test
    void onlyMainUsesTheCommandLine() {
        checkRule(classes()
                .that()
                .resideInAPackage(within("cli"))
                .should()
                .onlyHaveDependentClassesThat(resideInAPackage(within("cli")).or(nameMatching(Main.class.getName()))));
    }

    @Test
    void packagesDoNotUseEachOtherInACircle() {
        checkRule(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "suggestion", "ledger", "journal", "webhook", "oauth", "sandbox", "tls", "http"})
    void aPackageBelowCamelKnowsNoCamel(String name) {
        checkRule(noClasses()
                .that()
                .resideInAPackage(within(name))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel.."));
    }

    @Test
    void onlyTheSenderOfWebhooksSpeaksHttp() {
        checkRule(noClasses()
                .that()
                .resideInAPackage(within("webhook"))
                .and()
                .haveNameNotMatching(".*\\.HttpSender(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "java.net.http.."));
    }

    @Test
    void theSuggestionNeedsJavaAndJacksonOnly() {
        checkRule(classes()
                .that()
                .resideInAPackage(within("suggestion"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "com.fasterxml.jackson..", within("suggestion")));
    }

    @Test
    void onlyTheCommandLineWritesToTheConsole() {
        checkRule(noClasses()
                .that()
                .resideOutsideOfPackage(within("cli"))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS));
    }

    @Test
    void nobodyLogsThroughJavaUtilLogging() {
        checkRule(noClasses().should(GeneralCodingRules.USE_JAVA_UTIL_LOGGING));
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        Set<Path> packages;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            packages = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .filter(folder -> !folder.equals(SOURCES))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(packages).isNotEmpty().allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                .isRegularFile()
                .content()
                .startsWith("/**"));
    }

    /** A package that no rule names would be one that may use everything. */
    @Test
    void theRulesNameEveryPackage() {
        assertThat(OURS.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals(ROOT))
                        // a package below another falls under the rules of that one
                        .map(name -> name.substring(ROOT.length() + 1).replaceFirst("\\..*", ""))
                        .distinct())
                .containsExactlyInAnyOrder(
                        "cli",
                        "component",
                        "http",
                        "journal",
                        "ledger",
                        "oauth",
                        "pipeline",
                        "sandbox",
                        "session",
                        "suggestion",
                        "tls",
                        "webhook");
    }

    @Test
    void aRuleOverAPackageWithoutClassesFails() {
        assertThatThrownBy(() -> checkRule(usesNothingOfOursBut("nowhere", List.of())))
                .hasMessageContaining("failed to check any classes");
    }

    @Test
    void aForbiddenUseIsReported() {
        assertThatThrownBy(() -> checkRule(usesNothingOfOursBut("component", List.of("oauth"))))
                .hasMessageContaining("component.SharedSession")
                .hasMessageContaining("session.AssistSession");
    }

    private static ArchRule usesNothingOfOursBut(String name, List<String> allowed) {
        String[] permitted = Stream.concat(Stream.of(name), allowed.stream())
                .map(ArchitectureTest::within)
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(within(name))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(permitted)));
    }

    private static void checkRule(ArchRule rule) {
        rule.allowEmptyShould(false).check(OURS);
    }

    private static String within(String name) {
        return ROOT + "." + name + "..";
    }
}

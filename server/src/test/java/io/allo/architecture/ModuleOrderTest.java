package io.allo.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which way the rooms lean: docs/design.md, section 2. */
class ModuleOrderTest {

    /** Each module and the modules it may use. Sim, conformance and bench are held by their poms. */
    private static final Map<String, List<String>> MAY_USE = Map.of(
            "core", List.of(),
            "sip", List.of("core"),
            "media", List.of("core"),
            "io", List.of("core", "sip", "media"),
            "pbx", List.of("core", "sip", "media", "io"),
            "gate", List.of("core", "sip", "media", "io", "pbx"),
            "server", List.of("core", "sip", "media", "io", "pbx", "gate"));

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.allo");

    @ParameterizedTest
    @ValueSource(strings = {"core", "sip", "media", "io", "pbx", "gate", "server"})
    void moduleUsesOnlyTheModulesBelowIt(String module) {
        var forbidden = MAY_USE.keySet().stream()
                .filter(other -> !other.equals(module) && !MAY_USE.get(module).contains(other))
                .map(ModuleOrderTest::packagesOf)
                .toArray(String[]::new);
        if (forbidden.length == 0) {
            return; // server stands on top
        }
        noClasses()
                .that()
                .resideInAPackage(packagesOf(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .because(module + " may use " + MAY_USE.get(module) + ", not " + Arrays.toString(forbidden)
                        + ": move the shared type down, or let the lower module ask through an interface of its own")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.allo.(**)")
                .should()
                .beFreeOfCycles()
                .because("rooms that need each other are one room: move the type both need into a third, lower one")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void aGateNeverUsesAnotherGate() {
        slices().matching("io.allo.gate.(*)..")
                .should()
                .notDependOnEachOther()
                .because("a gate translates what pbx says: put what two gates share into pbx")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void anApplicationNeverUsesAnotherApplication() {
        slices().matching("io.allo.pbx.app.(*)..")
                .should()
                .notDependOnEachOther()
                .because("what two applications share lives in pbx.call.* or pbx.dialplan")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    private static String packagesOf(String module) {
        return "io.allo." + module + "..";
    }
}

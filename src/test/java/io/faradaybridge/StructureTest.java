package io.faradaybridge;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The packages and what they may use, held by the build. */
@AnalyzeClasses(packages = "io.faradaybridge", importOptions = DoNotIncludeTests.class)
class StructureTest {

    private static final String[] CAPABILITIES = {
        "io.faradaybridge.incoming..",
        "io.faradaybridge.outgoing..",
        "io.faradaybridge.export..",
        "io.faradaybridge.connection..",
        "io.faradaybridge.access..",
        "io.faradaybridge.setup..",
        "io.faradaybridge.vulnerabilities..",
        "io.faradaybridge.adoption..",
        "io.faradaybridge.relink..",
        "io.faradaybridge.takeover..",
        "io.faradaybridge.switches..",
        "io.faradaybridge.comments..",
        "io.faradaybridge.statistics..",
        "io.faradaybridge.events..",
        "io.faradaybridge.flows..",
        "io.faradaybridge.health..",
        "io.faradaybridge.console.."
    };

    @ArchTest
    static final ArchRule packages_form_no_cycle =
            slices().matching("io.faradaybridge.(*)..").should().beFreeOfCycles();

    /** A package below another one is a slice of its own, and so is the one above. */
    @ArchTest
    static final ArchRule packages_within_packages_form_no_cycle = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                    return javaClass.getPackageName().startsWith("io.faradaybridge.")
                            ? SliceIdentifier.of(javaClass.getPackageName())
                            : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                    return "packages";
                }
            })
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule the_core_does_not_know_the_capabilities = noClasses()
            .that()
            .resideInAnyPackage(
                    "..link..",
                    "..jira..",
                    "..faraday..",
                    "..configuration..",
                    "..fields..",
                    "..template..",
                    "..activity..",
                    "..deadletter..",
                    "..broker..",
                    "..secrets..",
                    "..web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CAPABILITIES);

    /** Beside what was made for them: the interpreter of templates, and the clauses of a statement. */
    @ArchTest
    static final ArchRule jira_faraday_and_template_know_nothing_of_the_rest = classes()
            .that()
            .resideInAnyPackage("..jira..", "..faraday..", "..template..")
            .should(new ArchCondition<JavaClass>("depend on no other package of the bridge") {
                @Override
                public void check(JavaClass javaClass, ConditionEvents events) {
                    javaClass.getDirectDependenciesFromSelf().stream()
                            .map(dependency -> dependency.getTargetClass())
                            .filter(target -> target.getPackageName().startsWith("io.faradaybridge"))
                            .filter(target -> !room(target).equals(room(javaClass)))
                            .filter(target -> !(room(javaClass).equals("template")
                                    && room(target).equals("jinja2")))
                            .filter(target -> !(room(javaClass).equals("faraday")
                                    && target.getSimpleName().equals("SqlClauses")))
                            .forEach(target -> events.add(SimpleConditionEvent.violated(
                                    javaClass, javaClass.getName() + " depends on " + target.getName())));
                }
            });

    @ArchTest
    static final ArchRule capabilities_do_not_use_each_other = slices().matching("io.faradaybridge.(*)..")
            .namingSlices("$1")
            .should(new ArchCondition<com.tngtech.archunit.library.dependencies.Slice>("not use another capability") {
                @Override
                public void check(com.tngtech.archunit.library.dependencies.Slice slice, ConditionEvents events) {
                    if (!isCapability(slice.getDescription())) {
                        return;
                    }
                    slice.getDependenciesFromSelf().stream()
                            .filter(dependency -> isCapability(room(dependency.getTargetClass()))
                                    && !room(dependency.getTargetClass()).equals(slice.getDescription()))
                            .forEach(dependency ->
                                    events.add(SimpleConditionEvent.violated(slice, dependency.getDescription())));
                }
            });

    /** The decision, mapping, planning, signing and classification can be read and tested without any framework. */
    @ArchTest
    static final ArchRule rules_are_plain_classes = noClasses()
            .that()
            .haveNameMatching(
                    "io\\.faradaybridge\\.(link\\.(decision\\.(Decision|StatusPair)|RetryDelay|OwnTransition)"
                            + "|jira\\.(http\\.RequestSignature|PercentEncoding|failures\\.FailureClassification"
                            + "|client\\.TransitionPlan|answers\\.JiraReader)"
                            + "|configuration\\.(StatusMapping|IntegrationSettings|ProjectSettings)|fields\\.(IssueFields|Field(Type|Form|Text)|Reference|Cascade|BareId)).*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "org.springframework..");

    /** The others would be ignored: PermissionsFirst checks this one alone, and only at calls of the API. */
    @ArchTest
    static final ArchRule permissions_are_declared_by_one_annotation = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "org.springframework.security.access.annotation..",
                            "org.springframework.security.access.prepost..",
                            "jakarta.annotation.security..")
                    .and(not(equivalentTo(PreAuthorize.class))));

    @ArchTest
    static final ArchRule permissions_are_declared_where_they_are_checked = methods()
            .that()
            .areAnnotatedWith(PreAuthorize.class)
            .should()
            .beMetaAnnotatedWith(RequestMapping.class)
            .andShould()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(RestController.class);

    /** No bean has a proxy that would read them. */
    @ArchTest
    static final ArchRule annotations_that_would_be_ignored_are_not_used = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.springframework.transaction.annotation..",
                    "org.springframework.scheduling.annotation..",
                    "org.springframework.cache.annotation..",
                    "org.springframework.jms.annotation..",
                    "org.aspectj.."));

    /** L2: a lease, a retry, an age of anything in the database is measured by the database's clock, not by a replica's. */
    @ArchTest
    static final ArchRule the_databases_clock_counts = noClasses()
            .that()
            .resideInAnyPackage("..link..", "..export..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.OffsetDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.time.Clock.class);

    /** It could be a library: what users write is interpreted by code that knows nothing of the service. */
    @ArchTest
    static final ArchRule the_jinja_interpreter_stands_alone = classes()
            .that()
            .resideInAPackage("io.faradaybridge.jinja2..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.faradaybridge.jinja2..", "java..", "com.sun.management..", "org.jspecify..");

    @ArchTest
    static final ArchRule the_jinja_interpreter_is_used_by_its_entrance = noClasses()
            .that()
            .resideOutsideOfPackage("io.faradaybridge.jinja2..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.faradaybridge.jinja2.syntax..",
                    "io.faradaybridge.jinja2.filters..",
                    "io.faradaybridge.jinja2.runtime..",
                    "io.faradaybridge.jinja2.python..",
                    "io.faradaybridge.jinja2.values..",
                    "io.faradaybridge.jinja2.text..");

    @ArchTest
    static final ArchRule the_jinja_interpreters_packages_form_no_cycle =
            slices().matching("io.faradaybridge.jinja2.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_jinja_interpreters_entrance_is_above_its_packages = noClasses()
            .that()
            .resideInAPackage("io.faradaybridge.jinja2.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.faradaybridge.jinja2");

    @ArchTest
    static final ArchRule nullness_is_declared = classes()
            .should(new ArchCondition<JavaClass>("be in a @NullMarked package") {
                @Override
                public void check(JavaClass javaClass, ConditionEvents events) {
                    if (!javaClass.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(
                                javaClass, javaClass.getPackageName() + " has no @NullMarked package-info.java"));
                    }
                }
            });

    /** A repository would be wrapped in a proxy that translates exceptions, which {@code JdbcClient} does by itself. */
    @ArchTest
    static final ArchRule beans_are_components =
            noClasses().should().beAnnotatedWith(Repository.class).orShould().beAnnotatedWith(Service.class);

    @ArchTest
    static final ArchRule names_say_what_a_thing_is =
            noClasses().should().haveNameMatching(".*(Helper|Utils?|Manager|Processor)");

    private static String room(JavaClass javaClass) {
        if (!javaClass.getPackageName().startsWith("io.faradaybridge")) {
            return "";
        }
        String rest = javaClass.getPackageName().substring("io.faradaybridge".length());
        return rest.isEmpty() ? "" : rest.substring(1).split("\\.")[0];
    }

    private static boolean isCapability(String name) {
        return List.of(CAPABILITIES).contains("io.faradaybridge." + name + "..");
    }
}

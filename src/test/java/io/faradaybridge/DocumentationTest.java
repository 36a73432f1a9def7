package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.activity.Outcome;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.sandbox.Markdown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** What the pages in {@code docs/} say of the code is so. The calls of the API are held by {@code OpenApiStoryTest}. */
class DocumentationTest {

    private static final int WIDEST_ROW = 200;
    private static final Pattern RULE = Pattern.compile("\\b([LE]\\d{1,2})\\b");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");
    /** What the third column of the settings says where there is no default value. */
    private static final Set<String> NO_DEFAULT = Set.of("empty", "none", "absent", "generated");

    private static final Markdown PROTOCOL = Markdown.of("docs/protocol.md");
    private static final Markdown SETTINGS = Markdown.of("docs/settings.md");

    @Test
    void each_rule_that_the_code_names_is_defined_in_the_protocol() {
        Set<String> named = new TreeSet<>();
        Stream.of("src/main", "routes")
                .flatMap(DocumentationTest::filesBelow)
                .flatMap(file -> RULE.matcher(read(file)).results())
                .map(rule -> rule.group(1))
                .forEach(named::add);

        assertThat(named).contains("L1", "E1").isSubsetOf(rules().keySet());
    }

    @Test
    void each_rule_says_what_goes_wrong_without_it_and_names_a_test_that_is_there() {
        assertThat(rules()).hasSize(15 + 7).allSatisfy((rule, text) -> {
            assertThat(text).contains("Without it:", "1. ");
            List<MatchResult> tests = TEST.matcher(text).results().toList();
            assertThat(tests).isNotEmpty();
            tests.forEach(test -> assertThat(testMethods(test.group(1)))
                    .as("methods of the class " + test.group(1) + ", which docs/protocol.md names for " + rule)
                    .contains(test.group(2)));
        });
    }

    @Test
    void each_setting_is_on_the_page_of_settings_and_no_other() {
        Set<String> settings = new TreeSet<>(defaults().keySet());
        settings.addAll(boundSettings());

        assertThat(documentedSettings().keySet()).containsExactlyInAnyOrderElementsOf(settings);
    }

    @Test
    void each_setting_is_shown_with_its_variable_and_its_default() {
        Map<String, String> defaults = defaults();

        documentedSettings().forEach((setting, cells) -> {
            String variable = setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
            assertThat("BRIDGE_" + cells.get(1).replace("`", "")).isEqualTo(variable);
            String shown = cells.get(2).replace("`", "");
            String value = shown.startsWith("the value of ")
                    ? defaults.getOrDefault(shown.replace("the value of ", ""), "no such setting")
                    : NO_DEFAULT.contains(shown) ? "" : shown;
            assertThat(value).as("default of " + setting).isEqualTo(defaults.getOrDefault(setting, ""));
        });
    }

    @Test
    void each_class_that_the_pages_name_is_there() {
        Pattern name = Pattern.compile("`(?:[a-z0-9]+\\.)?([A-Z]\\w*[a-z]\\w*)`");
        Set<String> types = typesBelow("src");

        for (String page : List.of("docs/glossary.md", "docs/architecture.md")) {
            Set<String> named = name.matcher(read(Path.of(page)))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(named).as(page).isNotEmpty().isSubsetOf(types);
        }
    }

    @Test
    void each_code_that_answers_give_as_a_reason_is_explained() {
        String operations = read(Path.of("docs/operations.md"));
        Stream.concat(
                        Stream.of(JiraProblem.values()).map(JiraProblem::code),
                        Stream.of(BlockReason.class.getFields()).map(DocumentationTest::text))
                .forEach(code -> assertThat(operations).contains("`" + code + "`"));

        assertThat(Outcome.values()).allSatisfy(outcome -> assertThat(read(Path.of("docs/api.md")))
                .contains("`" + outcome.name().toLowerCase(Locale.ROOT) + "`"));
    }

    private static String text(Field constant) {
        try {
            return String.valueOf(constant.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void each_package_is_explained() {
        Path root = Path.of("src/main/java/io/faradaybridge");
        String explained = Markdown.of("docs/architecture.md").sections(2).get("Packages");

        assertThat(filesBelow(root.toString())
                        .map(file ->
                                root.relativize(file.getParent()).toString().replace('/', '.'))
                        .filter(name -> !name.isEmpty())
                        .distinct())
                .contains("link")
                .allSatisfy(name -> assertThat(explained).contains("| `" + name + "` |"));
    }

    @Test
    void each_table_of_the_bridge_is_explained() {
        Pattern created = Pattern.compile("CREATE TABLE (\\w+)");
        Set<String> tables = filesBelow("src/main/resources/db/migration")
                .flatMap(file -> created.matcher(read(file)).results())
                .map(table -> table.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        String explained = Markdown.of("docs/architecture.md").sections(2).get("Tables");

        assertThat(tables).contains("issue_link").allSatisfy(table -> assertThat(explained)
                .contains("`" + table + "`"));
    }

    @Test
    void links_between_the_pages_lead_to_files_and_headings_that_are_there() {
        Map<Path, Markdown> pages = Markdown.all().stream()
                .collect(Collectors.toMap(page -> page.file().toAbsolutePath().normalize(), page -> page));

        assertThat(pages.values()).allSatisfy(page -> page.links().forEach(link -> {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? page.file().toAbsolutePath().normalize()
                    : page.file().toAbsolutePath().resolveSibling(parts[0]).normalize();
            assertThat(target).as(link + " in " + page.file()).exists();
            if (parts.length == 2) {
                assertThat(pages).containsKey(target);
                assertThat(pages.get(target).anchors())
                        .as(link + " in " + page.file())
                        .contains(parts[1]);
            }
        }));
    }

    @Test
    void each_picture_of_the_readme_is_there_is_small_and_is_made_by_the_story() throws IOException {
        Set<String> shown = names("README.md", "src=\"docs/pictures/(\\w+)\\.png\"");

        assertThat(shown).hasSize(5);
        assertThat(names("src/test/java/io/faradaybridge/console/ConsoleStoryTest.java", "\\.picture\\(\"(\\w+)\"\\)"))
                .isEqualTo(shown);
        for (String name : shown) {
            assertThat(Path.of("docs/pictures", name + ".png")).exists();
            assertThat(Files.size(Path.of("docs/pictures", name + ".png"))).isLessThan(160_000);
        }
    }

    private static Set<String> names(String file, String pattern) {
        return Pattern.compile(pattern)
                .matcher(read(Path.of(file)))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void no_row_of_a_table_is_wider_than_a_screen() {
        assertThat(Markdown.all())
                .filteredOn(page -> !page.file().startsWith("routes"))
                .hasSizeGreaterThan(7)
                .allSatisfy(page -> assertThat(page.lines())
                        .filteredOn(line -> line.startsWith("|"))
                        .allSatisfy(row -> assertThat(row).hasSizeLessThanOrEqualTo(WIDEST_ROW)));
    }

    /** The text under each heading such as "L5 A blocked link ...", by the rule's name. */
    private static Map<String, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        PROTOCOL.sections(3)
                .forEach((heading, text) ->
                        RULE.matcher(heading).results().limit(1).forEach(rule -> rules.put(rule.group(1), text)));
        return rules;
    }

    private static Set<String> testMethods(String testClass) {
        Pattern method = Pattern.compile("\\b(?:void|ArchRule) (\\w+)\\b");
        return filesBelow("src/test/java")
                .filter(file -> file.endsWith(testClass + ".java"))
                .flatMap(file -> method.matcher(read(file)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> typesBelow(String folder) {
        Pattern type = Pattern.compile("\\b(?:class|record|enum|interface) (\\w+)");
        return filesBelow(folder)
                .filter(file -> file.toString().endsWith(".java"))
                .flatMap(file -> type.matcher(read(file)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** The rows of the settings page, by their setting. */
    private static Map<String, List<String>> documentedSettings() {
        Map<String, List<String>> documented = new TreeMap<>();
        SETTINGS.rows().stream()
                .filter(cells -> cells.get(0).startsWith("`bridge."))
                .forEach(cells -> assertThat(documented.put(cells.get(0).replace("`", ""), cells))
                        .as(cells.get(0) + " stands there twice")
                        .isNull());
        return documented;
    }

    /** What {@code application.yaml} says, with its placeholders filled in. */
    private static Map<String, String> defaults() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource("src/main/resources/application.yaml"));
        Properties properties = Objects.requireNonNull(yaml.getObject());
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(new PropertiesPropertySource("application.yaml", properties));
        PropertySourcesPropertyResolver resolver = new PropertySourcesPropertyResolver(sources);
        Map<String, String> defaults = new TreeMap<>();
        properties.keySet().stream()
                .map(String::valueOf)
                .filter(name -> name.startsWith("bridge."))
                .forEach(name -> defaults.put(name, String.valueOf(resolver.getProperty(name))));
        return defaults;
    }

    /** What is bound to records, whether or not it has a default. */
    private static Set<String> boundSettings() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        Set<String> settings = new TreeSet<>();
        scanner.findCandidateComponents("io.faradaybridge").forEach(candidate -> {
            Class<?> type = classOf(String.valueOf(candidate.getBeanClassName()));
            addComponents(
                    type, type.getAnnotation(ConfigurationProperties.class).value(), settings);
        });
        assertThat(settings).isNotEmpty();
        return settings;
    }

    private static void addComponents(Class<?> type, String prefix, Set<String> settings) {
        assertThat(type.isRecord())
                .as(type + " is bound by its record components")
                .isTrue();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                addComponents(component.getType(), name, settings);
            } else {
                settings.add(name);
            }
        }
    }

    private static Class<?> classOf(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Path> filesBelow(String folder) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().matches(".*\\.(java|sql|yaml|xml|md)")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.faradaybridge.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import freemarker.template.Configuration;
import freemarker.template.Template;
import io.faradaybridge.export.data.VulnerabilityView;
import io.faradaybridge.faraday.FaradayPages;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.Markdown;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.template.JinjaTexts;
import io.faradaybridge.template.TemplateSettings;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The shipped summary and description, of Faraday's sample vulnerabilities. */
class DefaultTemplatesTest {

    private static final JdbcTemplate JDBC =
            new JdbcTemplate(FaradayDatabase.shared().newSampleDatabase().dataSource());
    private static final AnnotationConfigApplicationContext CONTEXT = new AnnotationConfigApplicationContext();

    @BeforeAll
    static void start() {
        TestPropertyValues.of("bridge.routes.dir=nowhere").applyTo(CONTEXT);
        CONTEXT.registerBean(TemplateSettings.class, Duration.ofSeconds(1));
        CONTEXT.scan("io.faradaybridge.template");
        CONTEXT.refresh();
    }

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    @Test
    void the_summary_says_what_is_where() throws Exception {
        assertThat(render("summary.ftl", SampleFaraday.LOG4SHELL).strip())
                .isEqualTo("[Critical] Apache Log4j remote code execution (Log4Shell) (198.51.100.10:443)");
        assertThat(render("summary.ftl", 36).strip())
                .matches("\\[Unclassified] Printer port reachable from the office network \\([^:]+\\)");
    }

    @Test
    void the_description_contains_all_data_for_an_analyst() throws Exception {
        assertThat(render("description.ftl", SampleFaraday.LOG4SHELL).replaceAll("&#92;", "\\\\"))
                .contains(
                        "||Severity|Critical (confirmed)|\n",
                        "||CVSS 3|10 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H|\n",
                        "||Host|198.51.100.10",
                        "||Service|(443/tcp) https",
                        "||CVE|CVE-2021-44228, CVE-2021-45046|\n",
                        "||CWE|CWE-502, CWE-917|\n",
                        "||Faraday|[vulnerability 1|https://faraday.example/1]|\n",
                        "h3. Description\nThe logging library",
                        "h3. Resolution\nUpdate log4j-core to 2.17.1",
                        "h3. Data\n{noformat}\nHeader User-Agent was logged and resolved.\n{noformat}\n",
                        "h3. References\n* [https://nvd.nist.gov/vuln/detail/CVE-2021-44228]\n");
    }

    @Test
    void the_description_of_a_web_vulnerability_shows_the_request() throws Exception {
        assertThat(render("description.ftl", SampleFaraday.SQL_INJECTION))
                .contains("||Web|GET ", "/search, parameter q|\n", "h3. Request\n{noformat}\nGET /search?q=x%27");
    }

    @Test
    void nothing_of_a_vulnerability_counts_as_markup() throws Exception {
        assertThat(render("description.ftl", SampleFaraday.AWKWARD_TEXTS))
                .contains(
                        "\\{code\\}x\\{code\\}",
                        "\\*bold\\*",
                        "\\[link\\|https://evil.example\\]",
                        "\\{\\{ 7 \\* 7 \\}\\}");
    }

    @Test
    void every_kind_of_vulnerability_can_be_rendered() throws Exception {
        for (int id = 1; id <= 40; id++) {
            assertThat(render("summary.ftl", id).strip())
                    .as("summary of %d", id)
                    .isNotEmpty()
                    .doesNotContain("\n");
            assertThat(render("description.ftl", id))
                    .as("description of %d", id)
                    .contains("||Severity|");
        }
    }

    @Test
    void the_longest_texts_stay_below_what_jira_takes() throws Exception {
        for (String column : new String[] {"description", "resolution", "data", "request", "response"}) {
            JDBC.update("UPDATE vulnerability SET " + column + " = repeat('{', 100000) WHERE id = 28");
        }

        assertThat(render("description.ftl", 28)).hasSizeBetween(20_000, 32_767).doesNotContain("{{noformat");
    }

    @Test
    void the_examples_of_the_documentation_can_be_rendered() throws Exception {
        Markdown page = Markdown.of("docs/templates.md");
        Map<String, @Nullable Object> model = model(SampleFaraday.LOG4SHELL);
        JinjaTexts jinja = CONTEXT.getBean(JinjaTexts.class);

        assertThat(page.blocks("jinja")).hasSizeGreaterThan(2).allSatisfy(example -> {
            assertThat(jinja.names(example)).isSubsetOf(model.keySet());
            assertThat(jinja.render(example, model, false)).isNotBlank();
        });
        assertThat(jinja.render(page.blocks("jinja").get(0), model, false).strip())
                .isEqualTo(
                        "[Critical] Apache Log4j remote code execution (Log4Shell) (CVE-2021-44228, CVE-2021-45046)");
        for (String example : page.blocks("freemarker")) {
            assertThat(processed(new Template("example", example, CONTEXT.getBean(Configuration.class)), model))
                    .containsIgnoringCase("critical");
        }
    }

    @Test
    void each_name_that_a_template_sees_is_listed_with_an_example_that_works() throws Exception {
        BridgeWorld world = BridgeWorld.shared();
        JsonNode listed = BridgeWorld.json(
                world.get("/_api/v3/integrations/jira/template-names", BridgeWorld.basic("pentester", "pentester"))
                        .body());
        Map<String, @Nullable Object> model = model(SampleFaraday.LOG4SHELL);
        JinjaTexts jinja = CONTEXT.getBean(JinjaTexts.class);

        assertThat(listed.path("variables").findValuesAsText("name"))
                .containsExactlyInAnyOrderElementsOf(model.keySet().stream()
                        .filter(name -> !name.startsWith("_") && !name.startsWith("vuln"))
                        .toList());
        assertThat(listed.path("filters").findValuesAsText("name"))
                .containsExactlyInAnyOrderElementsOf(JinjaTexts.filters());
        for (JsonNode group : listed) {
            for (JsonNode one : group) {
                String name = one.path("name").asText();
                String example = one.path("example").asText();
                assertThat(one.path("meaning").asText()).as(name).isNotEmpty().doesNotContain("installation");
                assertThat(example).contains(name);
                assertThat(jinja.names(example)).as(example).isSubsetOf(model.keySet());
                jinja.render(example, model, false);
            }
        }
    }

    private static String render(String template, int id) throws Exception {
        return processed(CONTEXT.getBean(Configuration.class).getTemplate(template), model(id));
    }

    private static String processed(Template template, Map<String, @Nullable Object> model) throws Exception {
        StringWriter text = new StringWriter();
        template.process(model, text);
        return text.toString();
    }

    private static Map<String, @Nullable Object> model(int id) throws Exception {
        String sql =
                Files.readString(Path.of("routes/export-vulnerability.sql")).replace(":?ids", "'" + id + "'");
        return Objects.requireNonNull(new VulnerabilityView(new FaradayPages("https://faraday.example/{id}"))
                .read(JDBC.queryForList(sql))
                .get(id));
    }
}

package io.faradaybridge.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.configuration.FieldSetting;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssueFieldsTest {

    private final List<CreateMetaField> screen = new ArrayList<>(List.of(
            system("project", "Project", "project", true),
            system("issuetype", "Issue Type", "issuetype", true),
            system("summary", "Summary", "string", true),
            system("description", "Description", "string", false),
            system("reporter", "Reporter", "user", true)));
    private final Map<String, FieldSetting> settings = new LinkedHashMap<>();

    @Test
    void holds_project_type_and_the_two_texts() {
        assertThat(fields().forIssue("A summary", "A description", null, VariedFields.Values.NONE))
                .hasToString("{\"project\":{\"key\":\"SEC\"},\"issuetype\":{\"id\":\"10004\"},"
                        + "\"summary\":\"A summary\",\"description\":\"A description\"}");
    }

    @Test
    void finds_a_field_by_name_or_id_ignoring_case() {
        screen.add(custom("customfield_7", "Team", false, "string"));
        screen.add(custom("customfield_8", "Phase", false, "string"));
        set("team ", "Blue");
        set("customfield_8", "One");

        assertThat(fields().forIssue("s", "d", null, VariedFields.Values.NONE))
                .isEqualTo(fields().forIssue("s", "d", null, VariedFields.Values.NONE)
                        .put("customfield_7", "Blue")
                        .put("customfield_8", "One"));
    }

    @Test
    void knows_the_documented_names_where_jira_speaks_another_language() {
        screen.set(2, system("summary", "Zusammenfassung", "string", true));
        set("Summary", "Fest");

        assertThat(fields().summary()).map(IssueFields.Template::source).contains("Fest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ vuln.name }}", "{% if a %}x{% endif %}", "{# note #}", "a {{b"})
    void summary_and_description_are_templates_and_no_other_field_is(String template) {
        screen.add(custom("customfield_7", "Team", false, "string"));
        set("Summary", template);
        set("Description", template);
        set("Team", template);

        IssueFields fields = fields();

        assertThat(fields.problems())
                .isEqualTo(Map.of(
                        "Team",
                        "holds Jinja2 markup, but only Summary and Description are templates by their \"value\"; give it as"
                                + " \"template\""));
        assertThat(fields.summary()).contains(new IssueFields.Template("Summary", template, true, ""));
        assertThat(fields.description()).contains(new IssueFields.Template("Description", template, false, ""));
        assertThatThrownBy(() -> fields.forIssue("s", "d", null, VariedFields.Values.NONE))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_description_may_be_configured_to_print_markup_as_it_is() throws Exception {
        settings.put(
                "Description",
                FieldSetting.read(new ObjectMapper().readTree("{\"value\": \"{{ x }}\", \"wiki_markup\": \"raw\"}")));

        assertThat(fields().description()).contains(new IssueFields.Template("Description", "{{ x }}", true, ""));
    }

    @Test
    void a_required_reporter_is_the_account_that_creates_unless_one_is_configured() {
        IssueFields fields = fields();
        assertThat(fields.wantsReporter()).isTrue();
        fields.reportedBy("bridge");
        assertThat(fields.forIssue("s", "d", null, VariedFields.Values.NONE)
                        .at("/reporter/name")
                        .asText())
                .isEqualTo("bridge");

        set("Reporter", "jdoe");
        assertThat(fields().wantsReporter()).isFalse();
        assertThat(fields().forIssue("s", "d", null, VariedFields.Values.NONE)
                        .at("/reporter/name")
                        .asText())
                .isEqualTo("jdoe");
    }

    @Test
    void names_every_required_field_that_is_not_configured_and_what_it_takes() {
        screen.add(custom("customfield_7", "Team", true, "string"));
        screen.add(new CreateMetaField(
                "customfield_8",
                "Kind",
                true,
                false,
                "option",
                "",
                "",
                "x:select",
                List.of(option("1", "Bug"), option("2", "Leak"))));
        screen.add(new CreateMetaField("customfield_9", "Level", true, true, "option", "", "", "x:select", List.of()));
        set("Team", " ");

        assertThat(fields().problems())
                .isEqualTo(Map.of(
                        "Team",
                        "is required by Jira and not configured",
                        "Kind",
                        "is required by Jira and not configured; allowed are Bug, Leak"));
        assertThat(fields().refusal())
                .contains("issue type Bug cannot be filled: Team: is required by Jira and not configured; Kind: is"
                        + " required by Jira and not configured; allowed are Bug, Leak");
    }

    @Test
    void reports_one_problem_of_a_field_once() {
        screen.add(new CreateMetaField(
                "customfield_8", "Kind", true, false, "option", "", "", "x:select", List.of(option("1", "Bug"))));
        set("kind", "Leak");

        assertThat(fields().problems()).isEqualTo(Map.of("kind", "'Leak' is not allowed; allowed are Bug"));
    }

    @Test
    void says_so_when_a_configured_field_is_not_on_the_screen_or_not_the_only_one_of_its_name() {
        screen.add(custom("customfield_7", "Team", false, "string"));
        screen.add(custom("customfield_8", "Team", false, "string"));
        set("Team", "Blue");
        set("Colour", "Blue");

        assertThat(fields().problems())
                .isEqualTo(Map.of(
                        "Team",
                        "names several fields (customfield_7, customfield_8); use the id of one",
                        "Colour",
                        "is not on the create screen; add it there or remove it from the configuration"));
    }

    @Test
    void an_empty_screen_means_that_we_may_not_create() {
        screen.clear();

        assertThat(fields().refusal())
                .hasValueSatisfying(text -> assertThat(text).contains("SEC", "Bug", "account"));
    }

    @Test
    void leaves_out_a_description_that_is_not_on_the_screen() {
        screen.remove(3);

        assertThat(fields().forIssue("s", "d", null, VariedFields.Values.NONE).has("description"))
                .isFalse();
    }

    @Test
    void adds_the_marker_to_the_configured_labels() {
        screen.add(new CreateMetaField("labels", "Labels", false, false, "array", "string", "labels", "", List.of()));
        settings.put(
                "Labels",
                new FieldSetting(
                        "array", "string", JsonNodeFactory.instance.arrayNode().add("security")));
        IssueFields fields = fields();

        assertThat(fields.takesLabels()).isTrue();
        assertThat(fields.forIssue("s", "d", "marker-1", VariedFields.Values.NONE)
                        .path("labels"))
                .hasToString("[\"security\",\"marker-1\"]");
        assertThat(fields.forIssue("s", "d", "marker-2", VariedFields.Values.NONE)
                        .path("labels"))
                .hasToString("[\"security\",\"marker-2\"]");
    }

    @Test
    void leaves_out_the_marker_where_there_are_no_labels() {
        assertThat(fields().takesLabels()).isFalse();
        assertThat(fields().forIssue("s", "d", "marker", VariedFields.Values.NONE)
                        .has("labels"))
                .isFalse();
    }

    @Test
    void a_summary_is_one_line_of_at_most_255_characters() {
        String summary = fields().forIssue(" a\r\n b\t" + "🔓".repeat(200), "d", null, VariedFields.Values.NONE)
                .path("summary")
                .asText();

        assertThat(summary).startsWith("a b 🔓").endsWith("🔓…").hasSizeBetween(254, 255);
    }

    @Test
    void a_cut_description_leaves_no_block_open() {
        String long_ = "{noformat}\n" + "[~admin] ".repeat(5000) + "\n{noformat}";

        String description = fields().forIssue("s", long_, null, VariedFields.Values.NONE)
                .path("description")
                .asText();

        assertThat(description).hasSizeLessThanOrEqualTo(32_767).endsWith("…\n{noformat}");
    }

    private IssueFields fields() {
        return IssueFields.of("SEC", "10004", new TicketConfig("Bug", settings), screen, false, TemplateCheck.NONE);
    }

    private void set(String name, String value) {
        settings.put(name, new FieldSetting("string", null, TextNode.valueOf(value)));
    }

    private static CreateMetaField system(String id, String name, String type, boolean required) {
        return new CreateMetaField(id, name, required, false, type, "", id, "", List.of());
    }

    private static CreateMetaField custom(String id, String name, boolean required, String type) {
        return new CreateMetaField(id, name, required, false, type, "", "", "x:text", List.of());
    }

    private static JsonNode option(String id, String value) {
        return JsonNodeFactory.instance.objectNode().put("id", id).put("value", value);
    }
}

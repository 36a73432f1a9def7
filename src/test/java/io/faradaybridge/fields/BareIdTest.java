package io.faradaybridge.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sprints and teams, as Jira Software, Data Center's plans and Cloud tell them. Single quotes stand for JSON's double ones. */
class BareIdTest {

    private static final String SPRINT = "com.pyxis.greenhopper.jira:gh-sprint";
    private static final String CLOUD_TEAM = "com.atlassian.jira.plugin.system.customfieldtypes:atlassian-team";
    private static final String DATA_CENTER_TEAM = "com.atlassian.teams:rm-teams-custom-field-team";

    private static CreateMetaField field(String type, String items, String custom) {
        return new CreateMetaField("customfield_1", "Field", false, false, type, items, "", custom, List.of());
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    /** Only names are looked up. */
    private static Directory.Found found(Directory.Question question) {
        assertThat(question.field()).isEqualTo("cf[1]");
        return switch (question.text()) {
            case "Hardening" -> Directory.Found.named("20", "Hardening - Security board");
            case "Red team" -> Directory.Found.named("36885b3c-1bf0-4f85-a357-c5b858c31de4", "Red team");
            case "Sprint 3", "Blue team" -> Directory.Found.unknown("nobody knows '" + question.text() + "'");
            default -> throw new AssertionError("nobody has to be asked");
        };
    }

    @Test
    void a_name_is_stored_with_its_id_and_goes_out_as_the_id() throws Exception {
        CreateMetaField sprint = field("array", "json", SPRINT);

        assertThat(FieldType.of(sprint).toStored(json("'Hardening'"), sprint, BareIdTest::found))
                .isEqualTo(json("{'id':'20','name':'Hardening - Security board'}"));
        assertThat(sent(sprint, "['Hardening']")).hasToString("20");
        assertThat(sent(field("team", "", CLOUD_TEAM), "'Red team'"))
                .hasToString("\"36885b3c-1bf0-4f85-a357-c5b858c31de4\"");
    }

    private static JsonNode sent(CreateMetaField field, String stored) throws Exception {
        FieldType type = FieldType.of(field);
        JsonNode kept = type.toStored(json(stored), field, BareIdTest::found);
        assertThat(FieldSupport.of(field).level()).isEqualTo(FieldSupport.Level.FULL);
        return type.toJira(kept, field, true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "json; 17",
                "json; '17'",
                "string; ['17']",
                "json; [{'id':17,'name':'Sprint 3'}]",
                "string; {'id':'17'}"
            })
    void a_sprint_goes_out_as_its_number(String items, String stored) throws Exception {
        assertThat(sent(field("array", items, SPRINT), stored)).hasToString("17");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {"'Sprint 3'", "['Sprint 3']", "{'name':'Sprint 3'}", "{'name':'Sprint 3','value':'Sprint 3'}"})
    void a_sprints_name_that_jira_does_not_know_is_refused_with_what_to_give(String stored) {
        assertThatThrownBy(() -> sent(field("array", "json", SPRINT), stored))
                .isInstanceOf(NotAccepted.class)
                .hasMessage("nobody knows 'Sprint 3'; a sprint is given by its name or its number, as in its board's"
                        + " address");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "team;;    '36885b3c-1bf0-4f85-a357-c5b858c31de4'",
                "team;;    {'id':'36885b3c-1bf0-4f85-a357-c5b858c31de4','name':'Red team'}",
                "any;;     ['36885b3c-1bf0-4f85-a357-c5b858c31de4']",
                "any;;     {'id':'36885b3c-1bf0-4f85-a357-c5b858c31de4','title':'Red team'}",
            })
    void a_team_goes_out_as_its_id(String type, @org.jspecify.annotations.Nullable String items, String stored)
            throws Exception {
        assertThat(sent(field(type, items == null ? "" : items, CLOUD_TEAM), stored))
                .hasToString("\"36885b3c-1bf0-4f85-a357-c5b858c31de4\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {"'12'", "12", "{'id':12}", "{'id':'12','title':'Red'}"})
    void a_team_of_data_center_too(String stored) throws Exception {
        assertThat(sent(field("any", "", DATA_CENTER_TEAM), stored)).hasToString("\"12\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "['12','13'] ; takes one team, not 2",
                "'Blue team' ; nobody knows 'Blue team'; a team is given by its name or its id"
            })
    void what_is_no_single_id_is_refused(String stored, String why) {
        assertThatThrownBy(() -> sent(field("team", "", CLOUD_TEAM), stored))
                .isInstanceOf(NotAccepted.class)
                .hasMessageContaining(why);
    }
}

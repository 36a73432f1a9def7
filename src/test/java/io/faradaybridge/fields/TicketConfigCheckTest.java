package io.faradaybridge.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.IssueType;
import io.faradaybridge.jira.client.CreateMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From what somebody gives, by what Faraday stores, to what each Jira is sent. Single quotes stand for JSON's double ones. */
class TicketConfigCheckTest {

    private static final String RED_AND_BLUE = "[{'id':'1','value':'Red'},{'id':'2','value':'Blue'}]";
    private static final String NAMED = "[{'id':'4','name':'Web'},{'id':'5','name':'Mail'}]";
    private static final String CASCADE =
            "[{'id':'1','value':'A','children':[{'id':'2','value':'B'}]},{'id':'3','value':'C'}]";

    /** Knows Jane by two names, a group, a project and an issue. */
    private static Directory.Found known(Directory.Question question) {
        return Map.of(
                        "jane doe", "JANE",
                        "staff", "staff",
                        "OPS", "OPS",
                        "OPS-7", "OPS-7")
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(question.text()))
                .findFirst()
                .map(entry -> Directory.Found.known(entry.getValue()))
                .orElseGet(() -> Directory.Found.unknown("no " + question.kind() + " '" + question.text() + "'"));
    }

    @ParameterizedTest(name = "{0} of {1}: {3}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                // type; items; allowed; given; stored; sent to Data Center; sent to Cloud, where it differs
                "string;;            null;   'text';                    'text';           'text';",
                "string;;            null;   7;                         '7';              '7';",
                "number;;            null;   6.5;                       6.5;              6.5;",
                "number;;            null;   '6.5';                     '6.5';            6.5;",
                "date;;              null;   '2031-05-06';              '2031-05-06';     '2031-05-06';",
                "datetime;;          null;   '2031-05-06T07:08:09Z';    '2031-05-06T07:08:09Z'; '2031-05-06T07:08:09.000+0000';",
                "option;;            COLOUR; 'red';                     'Red';            {'id':'1'};",
                "option;;            COLOUR; {'value':'Blue'};          'Blue';           {'id':'2'};",
                "option;;            COLOUR; {'id':'2'};                'Blue';           {'id':'2'};",
                "option;;            null;   'Red';                     'Red';            {'value':'Red'};",
                "option;;            [{'id':7,'label':'Mail'}]; '7';    'Mail';           {'id':7};",
                "option;;            [{'id':'1','value':'X'},{'id':'2','value':'X'}]; '2'; '2'; {'id':'2'};",
                "option-with-child;; CASCADE; {'parent':'a','child':'b'}; {'parent':'A','child':'B'}; {'id':'1','child':{'id':'2'}};",
                "option-with-child;; CASCADE; {'value':'A','child':{'value':'B'}}; {'parent':'A','child':'B'}; {'id':'1','child':{'id':'2'}};",
                "option-with-child;; CASCADE; 'C';                      {'parent':'C','child':''}; {'id':'3'};",
                "priority;;          NAMED;  'web';                     'Web';            {'id':'4'};",
                "resolution;;        NAMED;  {'name':'Mail'};           'Mail';           {'id':'5'};",
                "securitylevel;;     NAMED;  '5';                       'Mail';           {'id':'5'};",
                "version;;           NAMED;  'Web';                     'Web';            {'id':'4'};",
                "component;;         NAMED;  'Web';                     'Web';            {'id':'4'};",
                "user;;              null;   'Jane Doe';                'JANE';           {'name':'JANE'}; {'accountId':'JANE'}",
                "group;;             null;   'staff';                   'staff';          {'name':'staff'};",
                "project;;           null;   'ops';                     'OPS';            {'key':'OPS'};",
                "project;;           [{'id':'7','key':'OPS','name':'Operations'}]; 'Operations'; 'OPS'; {'id':'7'};",
                "issuelink;;         null;   {'key':'ops-7'};           'OPS-7';          {'key':'OPS-7'};",
                "timetracking;;      null;   '2d 4h';                   '2d 4h';          {'originalEstimate':'2d 4h'};",
                "timetracking;;      null;   {'remainingEstimate':'1d'};{'remainingEstimate':'1d'}; {'remainingEstimate':'1d'};",
                "any;;               null;   {'deep':[1]};              {'deep':[1]};     {'deep':[1]};",
                "array;  string;     null;   'a';                       ['a'];            ['a'];",
                "array;  json;       null;   '12';                      '12';             '12';",
                "array;  sla;        null;   {'a':1};                   {'a':1};          {'a':1};",
                "array;  option;     COLOUR; [{'value':'red'},'2'];     ['Red','Blue'];   [{'id':'1'},{'id':'2'}];",
                "array;  component;  NAMED;  ['web'];                   ['Web'];          [{'id':'4'}];",
                "array;  version;    NAMED;  [{'name':'Mail'}];         ['Mail'];         [{'id':'5'}];",
                "array;  group;      null;   ['staff'];                 ['staff'];        [{'name':'staff'}];",
                "array;  user;       null;   [{'name':'jane doe'}];     ['JANE'];         [{'name':'JANE'}]; [{'accountId':'JANE'}]",
            })
    void is_stored_plainly_and_sent_as_each_jira_wants_it(
            String type, String items, String allowed, String given, String stored, String server, String cloud)
            throws Exception {
        CreateMetaField field = field("customfield_1", "Field", type, items, allowed);
        ObjectNode settings = object();
        settings.set("field", object().set("value", json(given)));

        for (boolean onCloud : List.of(false, true)) {
            TicketConfigCheck.Checked checked =
                    check(settings, onCloud, field).check(object(), TicketConfigCheckTest::known);

            assertThat(checked.problems()).isEmpty();
            JsonNode saved = checked.fields().path("Field");
            assertThat(saved.at("/schema/type").asText()).isEqualTo(type);
            assertThat(saved.at("/schema/items").asText()).isEqualTo(items == null ? "" : items.strip());
            assertThat(saved.path("value")).isEqualTo(json(stored));
            assertThat(FieldType.of(field).toJira(saved.path("value"), field, onCloud))
                    .hasToString(json(onCloud && cloud != null ? cloud : server).toString());
        }
    }

    @ParameterizedTest(name = "{0} of {1}: {3}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "user;;              null;    'nobody';           no USER 'nobody'",
                "array; user;        null;    ['x','y'];          `no USER 'x'; no USER 'y'`",
                "group;;             null;    'none';             no GROUP 'none'",
                "project;;           null;    '../x';             is not a project's key",
                "issuelink;;         null;    'soon';             write it as OPS-7",
                "version;;           [];      '1.0';              Jira offers nothing to choose from",
                "array; component;   [];      ['Web'];            Jira offers nothing to choose from",
                "option;;            COLOUR;  'Green';            allowed are Red, Blue",
                "array; option;      COLOUR;  ['Green','Grey'];   'Grey' is not allowed",
                "option-with-child;; CASCADE; {'parent':'A','child':'X'}; allowed are B",
                "number;;            null;    'many';             is not a number",
                "timetracking;;      null;    'soon';             write it as 2d 4h",
                "array; attachment;  null;    ['x.png'];          cannot be configured",
            })
    void says_by_field_what_jira_would_refuse(String type, String items, String allowed, String given, String message)
            throws Exception {
        ObjectNode settings = object();
        settings.set("Field", object().set("value", json(given)));

        Map<String, List<String>> problems = check(
                        settings, false, field("customfield_1", "Field", type, items, allowed))
                .check(object(), TicketConfigCheckTest::known)
                .problems();

        assertThat(problems).containsOnlyKeys("Field");
        assertThat(problems.get("Field").toString()).contains(message);
    }

    @Test
    void asks_jira_only_about_what_its_screen_does_not_list() throws Exception {
        ObjectNode settings = (ObjectNode)
                json(
                        "{'Owner': {'value': 'Jane Doe'}, 'Watchers': {'value': ['Jane Doe', 'bob']}, 'Colour': {'value': 'Red'}}");

        assertThat(check(
                                settings,
                                false,
                                field("1", "Owner", "user", null, "null"),
                                field("2", "Watchers", "array", "user", "null"),
                                field("3", "Colour", "option", null, "COLOUR"))
                        .questions())
                .containsExactly(
                        new Directory.Question(LookUp.USER, "Jane Doe"), new Directory.Question(LookUp.USER, "bob"));
    }

    @Test
    void a_template_is_stored_if_whoever_renders_it_has_nothing_against_it() throws Exception {
        ObjectNode settings = (ObjectNode) json("{'Zusammenfassung': {'value': '{{ vuln.name }}'}}");
        CreateMetaField summary =
                new CreateMetaField("summary", "Zusammenfassung", true, false, "string", "", "summary", "", List.of());
        CreateMeta meta = new CreateMeta(new IssueType("1", "Bug", false), List.of(summary));
        TemplateCheck fine = TemplateCheck.NONE;
        TemplateCheck broken = (system, template) -> Optional.of(new TemplateCheck.Problem(3, "lacks an endif"));

        TicketConfigCheck.Checked stored =
                new TicketConfigCheck("SEC", meta, false, fine, settings).check(object(), TicketConfigCheckTest::known);
        TicketConfigCheck.Checked refused = new TicketConfigCheck("SEC", meta, false, broken, settings)
                .check(object(), TicketConfigCheckTest::known);

        assertThat(stored.problems()).isEmpty();
        assertThat(stored.fields().at("/Summary/value").asText()).isEqualTo("{{ vuln.name }}");
        assertThat(refused.problems()).isEqualTo(Map.of("Zusammenfassung", List.of("line 3: lacks an endif")));
    }

    private static TicketConfigCheck check(JsonNode settings, boolean cloud, CreateMetaField... screen) {
        return new TicketConfigCheck(
                "SEC",
                new CreateMeta(new IssueType("1", "Bug", false), List.of(screen)),
                cloud,
                TemplateCheck.NONE,
                settings);
    }

    /** @param allowed {@code null}: Jira lists none */
    private static CreateMetaField field(String id, String name, String type, String items, String allowed)
            throws JsonProcessingException {
        JsonNode listed = json(
                switch (allowed) {
                    case "COLOUR" -> RED_AND_BLUE;
                    case "NAMED" -> NAMED;
                    case "CASCADE" -> CASCADE;
                    default -> allowed;
                });
        List<JsonNode> values = new ArrayList<>();
        listed.forEach(values::add);
        return new CreateMetaField(
                id,
                name,
                false,
                false,
                type,
                items == null ? "" : items.strip(),
                "",
                "",
                values,
                listed.isArray(),
                List.of("set"),
                MissingNode.getInstance(),
                false);
    }

    private static ObjectNode object() {
        return new ObjectMapper().createObjectNode();
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}

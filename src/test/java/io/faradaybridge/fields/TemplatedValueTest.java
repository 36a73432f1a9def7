package io.faradaybridge.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.faradaybridge.configuration.FieldSetting;
import io.faradaybridge.fields.UsedValue.Source;
import io.faradaybridge.jinja2.api.TemplateException;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.template.JinjaTexts;
import io.faradaybridge.template.TemplateSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the text that a template makes to what Jira gets. Single quotes stand for JSON's double ones. */
class TemplatedValueTest {

    private static final Map<String, Object> MODEL = Map.of("severity_name", "critical", "name", "SQL injection");

    private static Directory.Found known(Directory.Question question) {
        return question.text().equalsIgnoreCase("jane@example.com")
                ? Directory.Found.known("jane")
                : Directory.Found.unknown("Jira has no '" + question.text() + "'");
    }

    @ParameterizedTest(name = "{0} of {1}: {3}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                // type; items; allowed; text, with / for a new line; what Jira gets
                "string;;            [];  SQL injection ;                  'SQL injection'",
                "number;;            [];  ` 9.8/`;                         9.8",
                "date;;              [];  2026-12-22;                      '2026-12-22'",
                "date;;              [];  2026-12-22T14:39:00.123456+00:00;'2026-12-22'",
                "datetime;;          [];  2026-12-22T14:39:00.123456+00:00;'2026-12-22T14:39:00.123+0000'",
                "datetime;;          [];  2026-12-22T14:39:00+00:00;       '2026-12-22T14:39:00.000+0000'",
                "datetime;;          [];  2026-12-22;                      '2026-12-22T00:00:00.000+0000'",
                "priority;;          [{'id':'1','name':'Highest'}]; highest; {'id':'1'}",
                "option;;            [{'id':'7','value':'Red'}];    Red;   {'id':'7'}",
                "array; option;      [{'id':'7','value':'Red'},{'id':'8','value':'Blue'}]; ` Red // Blue/`;"
                        + " [{'id':'7'},{'id':'8'}]",
                "array; component;   [{'id':'4','name':'Web'}]; `Web/`;      [{'id':'4'}]",
                "array; string;      [];  `CVE-2021-44228/Burp Suite//Burp Suite/`;"
                        + " ['CVE-2021-44228','Burp-Suite']",
                "option-with-child;; [{'id':'1','value':'A','children':[{'id':'2','value':'B'}]}]; A > B;"
                        + " {'id':'1','child':{'id':'2'}}",
                "option-with-child;; [{'id':'1','value':'A'}]; A;           {'id':'1'}",
                "user;;              [];  jane@example.com;                {'name':'jane'}",
                "array; user;        [];  `jane@example.com/`;             [{'name':'jane'}]",
                "timetracking;;      [];  2d 4h;                           {'originalEstimate':'2d 4h'}",
                "any;;               [];  EPIC-1;                          'EPIC-1'",
                "sd-app;;            [];  `{\"key\": [1]}`;                  {'key':[1]}",
                "array; json;        [];  `[{\"a\": 1}]`;                    [{'a':1}]",
            })
    void a_text_is_read_as_its_type_wants_it(
            String type, @Nullable String items, String allowed, String text, String sent) throws Exception {
        ValueSources.Chosen chosen =
                choose(FieldTypeTest.field(type, items, allowed), text.replace("/", "\n"), Map.of(), null);

        assertThat(chosen.used()).isEqualTo(new UsedValue("Field", Source.TEMPLATE, ""));
        assertThat(chosen.value()).hasToString(FieldTypeTest.json(sent).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "priority;  Urgent;                  'Urgent' is not allowed; allowed are High, Low",
                "priority;  `{{ ' ' }}`;             the template gives nothing",
                "priority;  `{{ none }}`;            the template gives nothing",
                "priority;  `{{ 1 / 0 }}`;           the template cannot be rendered: line 1: division by zero",
                "number;    many;                    'many' is not a number",
                "date;      `{{ name }}`;            'SQL injection' is not a date",
                "user;      nobody;                  Jira has no 'nobody'",
            })
    void the_fixed_value_is_used_where_the_template_gives_nothing_that_jira_takes(
            String type, String template, String why) throws Exception {
        CreateMetaField field = FieldTypeTest.field(
                type, null, type.equals("priority") ? "[{'id':'2','name':'High'},{'id':'4','name':'Low'}]" : "[]");

        ValueSources.Chosen chosen = choose(field, template, Map.of(), FieldTypeTest.json("{'id':'4'}"));

        assertThat(chosen.value()).hasToString("{\"id\":\"4\"}");
        assertThat(chosen.used().from()).isEqualTo(Source.VALUE);
        assertThat(chosen.used().why()).contains(why);
        assertThat(chosen.used().remark()).startsWith("Field: ").endsWith(", so the fixed value was sent");
    }

    @Test
    void the_value_of_the_severity_comes_between_both() throws Exception {
        CreateMetaField field =
                FieldTypeTest.field("priority", null, "[{'id':'2','name':'High'},{'id':'4','name':'Low'}]");
        Map<String, JsonNode> high = Map.of("critical", FieldTypeTest.json("'High'"));

        assertThat(choose(field, "", high, null).value()).hasToString("{\"id\":\"2\"}");
        assertThat(choose(field, "", Map.of("low", FieldTypeTest.json("'High'")), null)
                        .used())
                .isEqualTo(new UsedValue("Field", Source.NOTHING, ""));
        assertThat(choose(field, "Urgent", high, FieldTypeTest.json("{}"))
                        .used()
                        .from())
                .isEqualTo(Source.BY_SEVERITY);
        assertThat(choose(field, "", Map.of("critical", FieldTypeTest.json("'Urgent'")), FieldTypeTest.json("{}"))
                        .used()
                        .why())
                .contains("'Urgent' is not allowed");
    }

    @Test
    void a_reason_is_not_longer_than_people_read() throws Exception {
        UsedValue used = choose(
                        FieldTypeTest.field("number", null, "[]"), "x".repeat(90) + " ".repeat(3) + "y", Map.of(), null)
                .used();

        assertThat(used.why()).hasSizeLessThan(310);
    }

    private static ValueSources.Chosen choose(
            CreateMetaField field, String template, Map<String, JsonNode> bySeverity, @Nullable JsonNode fixed)
            throws TemplateException {
        FieldSetting setting = new FieldSetting("", null, NullNode.getInstance(), false, template, bySeverity);
        JinjaTexts texts = new JinjaTexts(new TemplateSettings(Duration.ofSeconds(1)));
        return new ValueSources("Field", field, setting, fixed, false)
                .choose(MODEL, (source, raw) -> texts.render(source, MODEL, raw), TemplatedValueTest::known);
    }
}

package io.faradaybridge.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single quotes stand for JSON's double ones. */
class FieldTypeTest {

    private static final String NO_LIST = "[]";

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                // type; items; stored; what Jira gets
                "string;;            'text';                             'text'",
                "string;;            7;                                  '7'",
                "option;;            'Red';                              {'value':'Red'}",
                "option;;            {'value':'Red'};                    {'value':'Red'}",
                "option;;            {'id':'10'};                        {'id':'10'}",
                "array; string;      ['a','b'];                          ['a','b']",
                "array; string;      'a';                                ['a']",
                "array; string;      [{'value':'a'}];                    ['a']",
                "array; option;      ['Red','Blue'];                     [{'value':'Red'},{'value':'Blue'}]",
                "array; component;   ['Web'];                            [{'name':'Web'}]",
                "array; version;     ['1.0'];                            [{'name':'1.0'}]",
                "array; group;       ['staff'];                          [{'name':'staff'}]",
                "array; user;        ['jsmith'];                         [{'name':'jsmith'}]",
                "array; json;        [{'a':1}];                          [{'a':1}]",
                "array; json;        '12';                               '12'",
                "array; any;         {'a':[1]};                          {'a':[1]}",
                "array; sla;         7;                                  7",
                "option-with-child;; {'parent':'A','child':'B'};         {'value':'A','child':{'value':'B'}}",
                "option-with-child;; {'parent':'A','child':''};          {'value':'A'}",
                "option-with-child;; {'value':'A','child':{'value':'B'}};{'value':'A','child':{'value':'B'}}",
                "option-with-child;; 'A';                                {'value':'A'}",
                "priority;;          'High';                             {'name':'High'}",
                "version;;           '1.0';                              {'name':'1.0'}",
                "user;;              'jsmith';                           {'name':'jsmith'}",
                "securitylevel;;     'Internal';                         {'name':'Internal'}",
                "group;;             'staff';                            {'name':'staff'}",
                "component;;         'Web';                              {'name':'Web'}",
                "resolution;;        'Fixed';                            {'name':'Fixed'}",
                "project;;           'OPS';                              {'key':'OPS'}",
                "number;;            '6.5';                              6.5",
                "number;;            666;                                666",
                "date;;              '2026-11-22';                       '2026-11-22'",
                "datetime;;          '2026-11-22T14:39:00.000+0000';     '2026-11-22T14:39:00.000+0000'",
                "datetime;;          '2026-11-22T14:39:05+01:00';        '2026-11-22T14:39:05.000+0100'",
                "datetime;;          '2026-11-22T14:39';                 '2026-11-22T14:39:00.000+0000'",
                "issuelink;;         'OPS-7';                            {'key':'OPS-7'}",
                "issuelink;;         '10007';                            {'id':'10007'}",
                "timetracking;;      '2d';                               {'originalEstimate':'2d'}",
                "timetracking;;      '1w 2.5d 4 hours';                  {'originalEstimate':'1w 2.5d 4 hours'}",
                "timetracking;;      {'remainingEstimate':'1d'};         {'remainingEstimate':'1d'}",
                "any;;               'EPIC-1';                           'EPIC-1'",
                "any;;               {'deep':[1]};                       {'deep':[1]}",
                "sd-approvals;;      12;                                 12",
            })
    void is_written_as_its_type_wants_it(String type, String items, String stored, String sent) throws Exception {
        assertThat(of(type, items, NO_LIST, stored)).hasToString(json(sent).toString());
    }

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "option;;          'red';    [{'id':'1','value':'Red'}];                       {'id':'1'}",
                "option;;          '1';      [{'id':'1','value':'Red'}];                       {'id':'1'}",
                "option;;          '1';      [{'id':'1','value':'Red'},{'id':'2','value':'1'}];{'id':'2'}",
                "option;;          'Red';    [{'id':'2','value':'red'},{'id':'1','value':'Red'}];{'id':'1'}",
                "option;;          'Red';    [{'id':3,'label':'Red'}];                         {'id':3}",
                "option;;          'Red';    [{'value':'Red'}];                                {'value':'Red'}",
                "priority;;        'High';   [{'id':'2','name':'High','self':'x'}];            {'id':'2'}",
                "securitylevel;;   'Secret'; [{'id':'9','name':'Secret'}];                     {'id':'9'}",
                "project;;         'OPS';    [{'id':'7','key':'OPS','name':'Operations'}];     {'id':'7'}",
                "any;;             'Red';    [{'id':'1','label':'Red'}];                       {'id':'1'}",
                "array; component; ['Web'];  [{'id':'4','name':'Web'}];                        [{'id':'4'}]",
                "array; version;   ['1.0'];  [{'id':'5','name':'1.0'}];                        [{'id':'5'}]",
                "array; option;    ['a'];    [{'id':'6','value':'a'}];                         [{'id':'6'}]",
                "option-with-child;; {'parent':'A','child':'B'};"
                        + " [{'id':'1','value':'A','children':[{'id':'2','value':'B'}]}]; {'id':'1','child':{'id':'2'}}",
            })
    void goes_out_by_the_id_of_what_jira_allows(String type, String items, String stored, String allowed, String sent)
            throws Exception {
        assertThat(of(type, items, allowed, stored)).hasToString(json(sent).toString());
    }

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "option||        'Blue'|      [{'id':'1','value':'Red'}]|  'Blue' is not allowed; allowed are Red",
                "priority||      'Urgent'|    [{'id':'1','name':'High'},{'id':'2','name':'Low'}]|"
                        + " 'Urgent' is not allowed; allowed are High, Low",
                "array| option|  ['a','x']|   [{'id':'1','value':'a'}]|    'x' is not allowed; allowed are a",
                "option-with-child|| {'parent':'A','child':'X'}|"
                        + " [{'id':'1','value':'A','children':[{'id':'2','value':'B'}]}]| 'X' is not allowed; allowed are"
                        + " B",
                "option-with-child|| {'parent':'A','child':'X'}| [{'id':'1','value':'A'}]|"
                        + " 'A' has no second level, so not 'X' either",
                "number||        'many'|      []|  'many' is not a number",
                "number||        '1e999999999'| []| '1e999999999' is beyond Jira's numbers",
                "timetracking||  'soon'|      []|  'soon' is not a span of time; write it as 2d 4h",
                "timetracking||  '2d 4h!'|    []|  '2d 4h!' is not a span of time; write it as 2d 4h",
                "date||          '22.11.26'|  []|  '22.11.26' is not a date; write it as 2026-11-22",
                "datetime||      'noon'|      []|  'noon' is not a time; write it as 2026-11-22T14:39:00Z",
                "array| string|  ['two words']|[]| 'two words' holds a blank, which Jira does not take in a label",
                "priority||      ['High']|    []|  its stored value ['High'] cannot be read; configure it again",
            })
    void explains_what_jira_would_not_accept(String type, String items, String stored, String allowed, String problem) {
        assertThatThrownBy(() -> of(type, items, allowed, stored))
                .isInstanceOf(NotAccepted.class)
                .hasMessage(problem.replace("['High']", "[\"High\"]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.1 ", "2d", "1,5w ", "9"})
    void a_span_of_time_is_judged_at_once_however_long(String part) {
        String text = part.repeat(2_000_000 / part.length()) + "!";

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThatThrownBy(() -> FieldType.TIME_TRACKING.toJira(
                        TextNode.valueOf(text), field("timetracking", "", NO_LIST), false))
                .isInstanceOf(NotAccepted.class)
                .hasMessageContaining("at most 100 characters")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200)));
    }

    @ParameterizedTest
    @CsvSource({"true, accountId", "false, name"})
    void a_user_is_named_as_the_kind_of_jira_wants_it(boolean cloud, String key) throws Exception {
        assertThat(FieldType.USER.toJira(json("'5b10'"), field("user", "", NO_LIST), cloud))
                .isEqualTo(json("{'" + key + "':'5b10'}"));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "string,, FULL",
        "array, string, FULL",
        "array, user, FULL",
        "option-with-child,, FULL",
        "team,, FULL",
        "any,, FULL",
        "array, number, AS_STORED",
        "array, json, AS_STORED",
        "sd-approvals,, AS_STORED",
        "array, attachment, NONE",
        "comments-page,, NONE",
        "votes,, NONE",
    })
    void says_whether_the_bridge_supports_it(String type, String items, FieldSupport.Level level) throws Exception {
        assertThat(FieldSupport.of(field(type, items, NO_LIST)).level()).isEqualTo(level);
    }

    private static JsonNode of(String type, String items, String allowed, String stored) throws Exception {
        CreateMetaField field = field(type, items, allowed);
        return FieldType.of(field).toJira(json(stored), field, false);
    }

    static CreateMetaField field(String type, @Nullable String items, String allowed) throws JsonProcessingException {
        List<JsonNode> values = new ArrayList<>();
        json(allowed).forEach(values::add);
        String system = "string".equals(items) ? "labels" : "";
        return new CreateMetaField(
                "customfield_1", "Field", false, false, type, items == null ? "" : items, system, "", values);
    }

    static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
